"""The journal for partner systems of privacy officers: the same right, reading and entry as the pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from audit.journal import fieldset, queries, reading
from audit.journal.entry import Outcome
from audit.journal.filters import Filter
from foundation import masks
from foundation.errors import Invalid
from foundation.routes import Shows, route

router = Router(tags=["journal"])


class Asked(Schema):
    """Narrowing by reference. `before` is the `older` of the page before; `field` is a catalogue code."""

    subject_ref: str = ""
    case_ref: str = ""
    actor_ref: str = ""
    agency_ref: str = ""
    field: str = ""
    event_type: str = ""
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    break_glass: bool | None = None
    before: str = ""
    limit: int = Field(default=queries.PAGE, ge=1, le=200)


class LineOut(Schema):
    """One entry in the list."""

    uid: str
    recorded_at: datetime
    event_type: str
    action: str
    outcome: str
    agency_ref: str
    actor_ref: str
    case_ref: str
    purpose: str
    break_glass: bool
    fields: list[str] = Field(description="catalogue codes of the fields that left")


class PageOut(Schema):
    """Lines, newest first; `older` is the cursor of the next page, empty at the end."""

    lines: list[LineOut]
    older: str


class PartOut(Schema):
    """A personal part: bound to its commitment, erased, or broken."""

    kind: str
    state: str
    text: str
    commitment: str


class EntryOut(Schema):
    """One entry with its evidence: `body` is what was hashed."""

    uid: str
    body: dict[str, Any]
    leaf_hash: str
    hash_fits: bool
    differing: list[str]
    fields: list[str]
    announced: list[str]
    parts: list[PartOut]


@router.get("/journal/entries", response=PageOut, operation_id="journal_list", summary="The journal, newest first")
@route("api:journal_list", shows=Shows.JOURNAL)
def journal_list(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """A page of the entries that this privacy officer oversees. Reading it is itself an entry."""
    officer = reading.admit(getattr(request, "visit", None), route="api:journal_list")
    page = reading.read_page(officer, _filter(asked), before=asked.before, limit=asked.limit)
    codes = {bit: row.field for bit, row in fieldset.labels().items()}
    return {"lines": [_line(line, codes) for line in page.lines], "older": page.older}


@router.get("/journal/entries/{uid}", response=EntryOut, operation_id="journal_entry", summary="One entry, checked")
@route("api:journal_entry", shows=Shows.JOURNAL)
def journal_entry(request: HttpRequest, uid: str) -> dict[str, Any]:
    """Body, hash and personal parts of one entry. Reading it is itself an entry."""
    officer = reading.admit(getattr(request, "visit", None), route="api:journal_entry")
    found = reading.read_entry(officer, uid)
    return {
        "uid": found.line.uid,
        "body": found.body,
        "leaf_hash": found.leaf_hash,
        "hash_fits": found.agreement.hash_fits,
        "differing": list(found.agreement.differing),
        "fields": [row.field for row in found.fields],
        "announced": [row.field for row in found.announced],
        "parts": [{"kind": p.kind, "state": p.state, "text": p.text, "commitment": p.commitment} for p in found.parts],
    }


def _filter(asked: Asked) -> Filter:
    return Filter(
        subjects=_one(asked.subject_ref),
        cases=_one(asked.case_ref),
        readers=_one(asked.actor_ref),
        agencies=_one(asked.agency_ref),
        field=_bit(asked.field) if asked.field else None,
        event_type=asked.event_type,
        outcome=asked.outcome.value if asked.outcome else "",
        since=_aware(asked.since, "since"),
        until=_aware(asked.until, "until"),
        break_glass=asked.break_glass,
    )


def _one(reference: str) -> tuple[str, ...] | None:
    return (reference,) if reference else None


def _bit(code: str) -> int:
    for bit, row in fieldset.labels().items():
        if row.field == code:
            return bit
    sentence, remedy = _("Dit veld staat niet in de catalogus."), _("Gebruik een code uit de catalogus.")
    raise Invalid(sentence, remedy=remedy, field="field")


def _aware(moment: datetime | None, name: str) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        sentence, remedy = _("Dit tijdstip heeft geen tijdzone."), _("Geef het als 2026-11-24T09:00:00Z.")
        raise Invalid(sentence, remedy=remedy, field=name)
    return moment


def _line(line: queries.Line, codes: dict[int, str]) -> dict[str, Any]:
    plain = set(LineOut.model_fields) - {"fields"}
    return {
        **{name: getattr(line, name) for name in plain},
        "fields": [codes.get(bit, f"bit_{bit}") for bit in masks.bits(line.fields)],
    }
