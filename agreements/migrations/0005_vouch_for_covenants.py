"""Covenants that stand already come under the journal: one entry each vouches for their rows as they are now."""

from collections import defaultdict
from typing import Any

from django.db import migrations

_COVENANT_OF = {
    "agreements_covenantversion": ("covenantversion", "covenant__code"),
    "agreements_signature": ("signature", "version__covenant__code"),
    "agreements_party": ("party", "covenant__code"),
    "agreements_suspension": ("suspension", "covenant__code"),
}


def vouch(apps: Any, schema_editor: Any) -> None:
    """An entry per covenant; nothing in a store without covenants."""
    from agreements.covenants.rules import operator
    from agreements.covenants.vouching import contents_of
    from audit.journal.appender import append
    from audit.journal.entry import Action, Entry, HistoryRef, Outcome

    rows = defaultdict(list)
    for table, (model, code) in _COVENANT_OF.items():
        for pk, covenant in apps.get_model("agreements", model).objects.order_by("pk").values_list("pk", code):
            rows[covenant].append((table, pk))
    by = operator("migrate")
    for covenant, wanted in sorted(rows.items()):
        contents = contents_of(wanted, apps)
        append([
            Entry(
                event_type="covenant.vouched", action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, detail={"covenant": covenant},
                history=tuple(
                    HistoryRef(table=row[0], history_id=row[1], content=contents[row], standing=True) for row in wanted
                ),
            )
        ])  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_guards"), ("audit", "0008_integrity")]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
