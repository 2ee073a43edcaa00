"""Reading the journal: a page of lines, or one entry opened and checked. Who may, is in oversight.py."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit.journal import models
from audit.journal.commitments import open_part, verify
from audit.journal.entry import mask_of_columns
from audit.journal.evidence import Agreement, agreement_of, body_value
from audit.journal.fieldset import FieldLabel, named
from audit.journal.filters import Filter, matching
from foundation import masks
from foundation.errors import NotFound

PAGE = 50
_UID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in the list. fields: mask of what left (bit i = catalogue field i)."""

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
    fields: int
    n_fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Lines, newest first; `older` is the cursor of the next page, "" at the end."""

    lines: tuple[Line, ...]
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """A personal part as the officer sees it. state: bound, erased, or broken (misfits its commitment)."""

    kind: str
    state: str
    text: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One entry: its line, its body, the names of its fields, its personal parts, and whether all agree."""

    line: Line
    body: dict[str, Any]
    body_text: str
    leaf_hash: str
    fields: tuple[FieldLabel, ...]
    announced: tuple[FieldLabel, ...]
    parts: tuple[OpenPart, ...]
    agreement: Agreement

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles under which the fields left."""
        return tuple(self.body.get("matter", {}).get("articles", ()))


def newest(wanted: Filter, *, scope_agency_ref: str | None, before: str = "", limit: int = PAGE) -> Page:
    """A page of the journal in one query.

    scope_agency_ref: only entries of that agency's readers; None for all agencies (the bureau's officer).
    before: cursor of an earlier page. Raises Invalid when it is none.
    """
    found = matching(wanted, scope_agency_ref=scope_agency_ref, before=before).defer("body", "leaf_hash")
    rows = list(found[: limit + 1])
    lines = tuple(line_of(row) for row in rows[:limit])
    return Page(lines=lines, older=lines[-1].uid if len(rows) > limit else "")


def opened(uid: str, *, scope_agency_ref: str | None) -> Opened:
    """One entry with its evidence checked. Raises NotFound, also for another agency's entry."""
    overseen = matching(Filter(), scope_agency_ref=scope_agency_ref)
    row = overseen.filter(uid=uid).first() if _UID.fullmatch(uid) else None
    if row is None:
        raise NotFound(
            _("Deze logregel bestaat niet, of valt niet onder uw toezicht."),
            remedy=_("Ga terug naar het logboek."),
        )
    body = body_value(row)
    act, matter = body.get("act", {}), body.get("matter", {})
    catalogue = act.get("catalogue_hash", "")
    return Opened(
        line=line_of(row),
        body=body,
        body_text=bytes(row.body).decode(errors="replace"),
        leaf_hash=bytes(row.leaf_hash).hex(),
        fields=named(masks.from_hex(matter.get("fields", "")), catalogue_hash=catalogue),
        announced=named(masks.from_hex(matter.get("announced", "")), catalogue_hash=catalogue),
        parts=_open_parts(_commitments(act, matter)),
        agreement=agreement_of(row),
    )


def line_of(row: models.Entry) -> Line:
    """A stored entry as a line of the list."""
    mask = mask_of_columns((row.fields_0, row.fields_1, row.fields_2))
    return Line(
        uid=row.uid.hex, recorded_at=row.recorded_at, event_type=row.event_type, action=row.action,
        outcome=row.outcome, agency_ref=row.agency_ref, actor_ref=row.actor_ref, case_ref=row.case_ref,
        purpose=row.purpose, break_glass=row.break_glass, fields=mask, n_fields=mask.bit_count(),
    )  # fmt: skip


def _commitments(act: dict[str, Any], matter: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, commitment in hex) of every personal part a body commits to."""
    about = [("subject", matter["subject"])] if "subject" in matter else []
    versions = [("history", version["commitment"]) for version in matter.get("history", ())]
    return about + sorted(act.get("parts", {}).items()) + versions


def _open_parts(wanted: Iterable[tuple[str, str]]) -> tuple[OpenPart, ...]:
    wanted = list(wanted)
    keys = [bytes.fromhex(commitment) for _kind, commitment in wanted]
    rows = {bytes(row.commitment).hex(): row for row in models.Part.objects.filter(commitment__in=keys)}
    return tuple(_open_part(kind, commitment, rows.get(commitment)) for kind, commitment in wanted)


def _open_part(kind: str, commitment: str, row: models.Part | None) -> OpenPart:
    if row is None:
        return OpenPart(kind=kind, state="erased", text="", commitment=commitment)
    clear = open_part(row)
    if clear is None or not verify(bytes.fromhex(commitment), clear):
        return OpenPart(kind=kind, state="broken", text="", commitment=commitment)
    # A version is bound by its digest, which says nothing to a reader.
    text = clear.content.hex() if kind == models.PartKind.HISTORY else clear.content.decode(errors="replace")
    return OpenPart(kind=kind, state="bound", text=text, commitment=commitment)
