"""Entries of a period as values for the formats, read in the order of recording, so many at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from audit.exports.kinds import Asked, Piece
from audit.journal import models
from audit.journal.commitments import open_part
from audit.journal.entry import mask_of_columns
from audit.journal.evidence import body_value
from audit.journal.uids import floor_of

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry. subject: pseudonym in hex; subject_ref, actor_name: only when the format opens personal parts.

    All three are "" when the part was erased, or when the entry names nobody. reason: why it was the reader's work.
    """

    uid: str
    at: datetime
    event_type: str
    action: str
    outcome: str
    agency_ref: str
    actor_ref: str
    case_ref: str
    purpose: str
    break_glass: bool
    route: str
    trace_id: str
    span_id: str
    fields: int
    articles: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    subject: str = ""
    subject_ref: str = ""
    actor_name: str = ""
    reason: str = ""


def entries(asked: Asked) -> "QuerySet[models.Entry]":
    """The entries of a period, in order."""
    found = models.Entry.objects.filter(uid__gte=floor_of(asked.since), uid__lt=floor_of(asked.until)).order_by("uid")
    return found.filter(agency_ref=asked.agency) if asked.agency else found


def total(asked: Asked) -> int:
    """How many entries there are."""
    return entries(asked).count()


def steps(write: Callable[[Sequence[Row]], bytes], *, opens: bool = False) -> Callable[[Asked, str], Piece | None]:
    """A Kind's `step` out of a writer of rows; the place is the uid of the last entry.

    opens: whether personal parts are opened for it.
    """

    def step(asked: Asked, place: str) -> Piece | None:
        found = entries(asked)
        rows = list((found.filter(uid__gt=UUID(place)) if place else found)[:CHUNK])
        if not rows:
            return None
        return Piece(content=write(_rows(rows, opens=opens)), place=rows[-1].uid.hex, n=len(rows))

    return step


def _rows(found: list[models.Entry], *, opens: bool) -> list[Row]:
    bodies = [body_value(row) for row in found]
    wanted = {c for body in bodies for c in _commitments(body, opens=opens)}
    parts = {bytes(part.commitment).hex(): part for part in models.Part.objects.filter(commitment__in=wanted)}
    return [_row(row, body, parts, opens=opens) for row, body in zip(found, bodies, strict=True)]


def _commitments(body: dict[str, Any], *, opens: bool) -> list[bytes]:
    subject = body.get("matter", {}).get("subject", "")
    actor = body.get("act", {}).get("parts", {}).get("actor", "") if opens else ""
    return [bytes.fromhex(text) for text in (subject, actor) if text]


def _row(row: models.Entry, body: dict[str, Any], parts: dict[str, models.Part], *, opens: bool) -> Row:
    act, matter = body.get("act", {}), body.get("matter", {})
    subject = parts.get(matter.get("subject", ""))
    return Row(
        uid=row.uid.hex, at=row.recorded_at, event_type=row.event_type, action=row.action, outcome=row.outcome,
        agency_ref=row.agency_ref, actor_ref=row.actor_ref, case_ref=row.case_ref, purpose=row.purpose,
        break_glass=row.break_glass, route=row.route, trace_id=row.trace_id, span_id=row.span_id,
        fields=mask_of_columns((row.fields_0, row.fields_1, row.fields_2)),
        articles=tuple(matter.get("articles", ())), legal_basis=tuple(act.get("legal_basis", ())),
        roles=tuple(act.get("roles", ())),
        subject=bytes(subject.pseudonym or b"").hex() if subject else "",
        subject_ref=_text(subject) if opens else "",
        actor_name=_text(parts.get(act.get("parts", {}).get("actor", ""))) if opens else "",
        reason=matter.get("because", {}).get("code", "") if opens else "",
    )  # fmt: skip


def _text(part: models.Part | None) -> str:
    clear = open_part(part) if part else None
    return clear.content.decode(errors="replace") if clear else ""
