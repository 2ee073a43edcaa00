"""Who looked at one person's data: the look-ups by one agency, for the answer to that person. Each gathering is a look.

Who may ask, and whether readers are named, is decided by the room that answers requests (cases.subject_requests).
Source: AVG art. 15(1)(c); CJEU C-579/21 (dates and purposes, names of staff only after weighing).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit import ports
from audit.journal import models
from audit.journal.appender import append
from audit.journal.commitments import pseudonym
from audit.journal.entry import Action, Outcome
from audit.journal.evidence import body_value
from audit.journal.filters import Filter, matching
from audit.journal.reading import Officer, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One time that somebody of an agency got data of the person to see. uid: of the entry, 32 hex digits.

    roles: those in which the reader acted; event_type: its code. No case and no field: those are not the person's to
    know from a log line. actor_ref: who it was, only for whom the controller decided to name its staff; else "".
    """

    uid: str
    at: datetime
    event_type: str
    roles: tuple[str, ...]
    purpose: str
    legal_basis: tuple[str, ...]
    articles: tuple[str, ...]
    break_glass: bool
    actor_ref: str


def lookups_about(
    visitor: ports.Visitor, subjects: tuple[str, ...], *, route: str, event: str, detail: Mapping[str, str | int],
    names_staff: bool = False,
) -> tuple[Lookup, ...]:  # fmt: skip
    """Every look-up of these persons ("subject:<uid>") by the visitor's own agency, oldest first.

    Included if, and only if, the entry is of that agency, names one of them, went well, and is a read or let fields
    out. names_staff: with who it was. The gathering is journalled as `event` with `detail`, once per person.
    Raises JournalUnavailable.
    """
    officer = Officer(visitor=visitor, scope=visitor.agency_ref, route=route)
    if not subjects:
        return ()
    rows = matching(Filter(subjects=subjects, outcome=Outcome.OK.value), scope_agency_ref=officer.scope)
    found = tuple(_lookup(row, names_staff=names_staff) for row in rows.order_by("uid") if _showed(row))
    with transaction.atomic():
        counted = {**detail, "lines": len(found), "names": int(names_staff)}
        append([look(officer, counted, subject=subject, event=event) for subject in subjects])
    return found


def with_entries(subjects: Iterable[str], *, agency_ref: str) -> frozenset[str]:
    """Those of these persons of whom this agency's part of the journal speaks at all; nothing is read out of it."""
    wanted = {pseudonym(subject, agency_ref=agency_ref): subject for subject in subjects}
    found = models.Part.objects.filter(pseudonym__in=list(wanted)).values_list("pseudonym", flat=True).distinct()
    return frozenset(wanted[bytes(one)] for one in found if one is not None)


def _showed(row: models.Entry) -> bool:
    return row.action == Action.READ or bool(row.fields_0 | row.fields_1 | row.fields_2)


def _lookup(row: models.Entry, *, names_staff: bool) -> Lookup:
    body = body_value(row)
    act, matter = body.get("act", {}), body.get("matter", {})
    return Lookup(
        uid=row.uid.hex, at=row.recorded_at, event_type=row.event_type, roles=tuple(act.get("roles", ())),
        purpose=row.purpose, legal_basis=tuple(act.get("legal_basis", ())),
        articles=tuple(matter.get("articles", ())), break_glass=row.break_glass,
        actor_ref=row.actor_ref if names_staff else "",
    )  # fmt: skip
