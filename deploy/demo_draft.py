"""The draft of the demo: a covenant that ends soon is being renewed, and a partner has remarked on it."""

from datetime import timedelta
from functools import partial

from agreements.covenants.models import CovenantVersion
from agreements.drafting import commands, editing
from agreements.drafting.models import Draft
from agreements.parties.reader import Visit, visit_of
from agreements.parties.tokens import membership_for
from foundation.clock import AMSTERDAM

CODE = "NAZORG-MD"
REMARK = "Kan de reclassering ook de einddatum van het toezicht lezen? Nu bellen wij daar elke keer over."


def start_demo_draft() -> None:
    """Begin the renewal of NAZORG-MD as counsel of the municipality would; nothing when it has begun."""
    last = CovenantVersion.objects.filter(covenant__code=CODE).order_by("number").last()
    if last is None or last.ends is None or Draft.objects.filter(code=CODE).exists():
        return
    lieke = _visit("lieke")
    draft = commands.start_draft(lieke, from_version=(CODE, last.number))
    # The day after the last one of the version that ends.
    first = last.ends.astimezone(AMSTERDAM).date()
    term = {"from": first.isoformat(), "until": (first + timedelta(days=3 * 365)).isoformat()}
    commands.edit(
        lieke,
        draft.uid,
        operation=partial(editing.set_head, changes={"term": term}),
        base_revision=draft.revision,
    )
    commands.open_consultation(lieke, draft.uid)
    commands.add_remark(_visit("carla"), draft.uid, article="", text=REMARK)


def _visit(persona: str) -> Visit:
    return visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
