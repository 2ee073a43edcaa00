"""Makes the second of two stores: the same, but for the values that are withheld from one reader."""

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection

from agreements.models import Agency, Membership
from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.scope import write_scope
from cases.attachments.commands import sealed_file
from cases.attachments.kinds import TEXT, Checked
from cases.attachments.models import Attachment, AttachmentBytes
from cases.models import Contribution
from cases.records.models import SealedWords
from cases.records.sealed import SealedFacts
from cases.search.building import rebuild
from foundation.masks import from_hex, to_hex
from realtime.channels.models import Event
from tests.invariants.test_01_marker_crawl import _purpose
from tests.invariants.world import Marker, World, _entry

OTHER = "iets heel anders, en veel langer dan eerst"
KNOWN = frozenset({"admission", "request", "escalation", "escalationanswer", "extractproposal", "extractreason"})
"""Words that never stand alone: that the case was opened or something was asked is no secret, only its words are."""


def withheld(world: World, hat: Membership, purposes: Iterable[str] = ()) -> set[Marker]:
    """The markers silent to this reader, for all of these purposes and the one that pages take by themselves."""
    roles = frozenset(hat.roles)
    found = set()
    involved = {number: world.involved(number, hat.agency) for number in world.cases}
    read_for = {number: {_purpose(world, hat, number), *purposes} for number in world.cases}
    for marker in world.markers:
        if str(marker.value).startswith("extract:") or marker.source == hat.agency.code:
            continue
        if not involved[marker.case] or all(
            world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose, involved=True) == "silent"
            for purpose in read_for[marker.case]
        ):
            found.add(marker)
    return found


def rewrite(world: World, silent: set[Marker], change: str, *, reader: Agency) -> int:
    """Give every withheld field another value, or take it away with its contribution when that becomes empty.

    The index of search is made anew. Returns in how many words of rooms something changed.
    """
    catalogue = load_catalogue()
    values: dict[tuple[str, int | None, str, str], dict[str, object]] = {}
    for marker in world.markers:
        # Words of rooms stand in tables of their own, and are withheld there by the same decision.
        if not marker.is_fact or catalogue.by_code[marker.code].entry == "work":
            continue
        section = catalogue.by_code[marker.code].section
        kept = values.setdefault((marker.case, marker.person, marker.source, section), {})
        if marker not in silent:
            kept[marker.code] = marker.value
        elif change == "other":
            kept[marker.code] = OTHER
    with write_scope(reason="two stores"):
        for row in Contribution.objects.select_related("case", "source", "about"):
            person = row.about.position if row.about else None
            content = values[row.case.number, person, row.source.code, row.section]
            if content:
                present = to_hex(catalogue.mask(content))
                Contribution.objects.filter(pk=row.pk).update(values=SealedFacts.seal(content), present=present)
            else:
                _unindexed(row.pk)
                Contribution.objects.filter(pk=row.pk).delete()
        _rewrite_files(silent, change)
        changed = _rewrite_words(silent, change, reader)
        append([_entry()])
    rebuild(by="operator:tests")
    return changed


def _unindexed(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_searchrow WHERE contribution_id = %s", [pk])


def _rewrite_files(silent: set[Marker], change: str) -> None:
    """Give every withheld file another name, size and bytes, or take it away."""
    fields = {(marker.case, marker.source, marker.code) for marker in silent if marker.in_file}
    for row in Attachment.objects.select_related("case", "source"):
        (code,) = load_catalogue().codes(from_hex(row.present))
        if (row.case.number, row.source.code, code) not in fields:
            continue
        if change == "absent":
            Attachment.objects.filter(pk=row.pk).delete()
            continue
        file = Checked(name="iets heel anders.txt", type=TEXT, data=b"langer dan eerst " * 40, pages=0)
        value, locked = sealed_file(file, caption="Ook dit staat er nu", uid=row.uid)
        Attachment.objects.filter(pk=row.pk).update(values=SealedFacts.seal({code: value}))
        AttachmentBytes.objects.filter(attachment=row).update(locked=locked)


# --- words of rooms ------------------------------------------------------------------------------------------


def _rewrite_words(silent: set[Marker], change: str, reader: Agency) -> int:
    """Give all withheld words of rooms other words, or take them away where others do not hang from them.

    An action of the reader's own agency stays: that it has one is told to it, with or without the words.
    """
    hidden = {text for marker in silent for text in marker.texts}
    # A relation is about two persons, and a field of words may be silent for one of them alone.
    changed: list[Any] = []
    for model in _models():
        for row, facts in _opened(model):
            kept = {code: value for code, value in facts.items() if not _texts(value) & hidden}
            if kept == facts:
                continue
            changed.append(row)
            values = kept | {code: _other(value) for code, value in facts.items() if code not in kept}
            model._default_manager.filter(pk=row.pk).update(values=SealedFacts.seal(values))
            if change == "absent" and kept:
                present = to_hex(load_catalogue().mask(kept))
                model._default_manager.filter(pk=row.pk).update(values=SealedFacts.seal(kept), present=present)
            row.empty = not kept and getattr(row, "owner_agency", None) != reader
    if change == "absent":
        _take_away([row for row in changed if row.empty and row._meta.model_name not in KNOWN])
    return len(changed)


def _models() -> list[Any]:
    rooms = [
        model
        for model in apps.get_app_config("cases").get_models()
        if issubclass(model, SealedWords) and model is not Attachment
    ]
    return [*rooms, Event]


def _opened(model: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Rows with what they hold, read past every guard, as somebody with a database console could."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id, "values" FROM {model._meta.db_table}')
        held = {pk: json.loads(text)["facts"] for pk, text in cursor.fetchall()}
    return [(row, held[row.pk]) for row in model._default_manager.order_by("-pk")]


def _texts(value: Any) -> set[str]:
    return {str(part) for part in (value.values() if isinstance(value, dict) else (value,))}


def _other(value: Any) -> Any:
    return dict.fromkeys(value, 3) if isinstance(value, dict) else OTHER


def _take_away(rows: list[Any]) -> None:
    """Delete these rows, those that others hang from only when these go too. Wordless ones go along."""
    gone = {(type(row), row.pk) for row in rows}
    left = True
    while left:
        left = False
        for row in list(rows):
            if any((type(child), child.pk) not in gone and child.present != "0" for child in _children(row)):
                gone.discard((type(row), row.pk))
                rows.remove(row)
                left = True
    while rows:
        for row in [row for row in rows if all((type(child), child.pk) not in gone for child in _children(row))]:
            gone.discard((type(row), row.pk))
            rows.remove(row)
            row.delete()


def _children(row: Any) -> list[Any]:
    found = []
    for model in _models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is type(row):
                found += list(model._default_manager.filter(**{field.name: row}))
    return found
