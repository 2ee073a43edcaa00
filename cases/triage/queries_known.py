"""Known-checks as the agencies that are asked see them: a code and a term, and no case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from agreements.parties.reader import current_memberships
from audit.journal.apart import append_apart
from audit.journal.entry import Action
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import own_rows
from cases.intake.queries import report_rows
from cases.triage.checks import ANSWERING, check_for, is_over, is_running, not_over, visible_checks
from cases.triage.models import KnownCheck
from cases.triage.pseudonym import code_of
from cases.triage.queries import source_of
from foundation import clock

IDENTIFY, ANSWER, OVER = "identify", "answer", "over"
WHO = ("full_name", "date_of_birth", "bsn", "signal_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """A check as one agency sees it. todo: identify, answer or over; answer: its own; place: the case, for who
    reported it (it knows that case), else "".
    """

    uid: UUID
    code: str
    todo: str
    asked_by: Source
    asked_at: datetime
    deadline: datetime | None
    answer: str
    tries_left: int
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """One check. own: what this agency itself gave about the person, for who reported; None for others.

    colleagues: uuid and name of who can be contact person.
    """

    line: KnownLine
    own: Answer | None
    colleagues: tuple[tuple[str, str], ...]


def known_list(reading: Reading) -> tuple[KnownLine, ...]:
    """The checks that wait for the reader's agency, then the others, newest first."""
    return tuple(sorted(_lines(reading, visible_checks(reading)), key=lambda line: line.todo == OVER))


def waiting_checks(reading: Reading) -> tuple[KnownLine, ...]:
    """Those that wait for the reader's agency, newest first. Journals nothing, shows no case."""
    return tuple(line for line in _lines(reading, not_over(reading)) if line.todo != OVER)


def _lines(reading: Reading, checks: QuerySet[KnownCheck]) -> Iterator[KnownLine]:
    for check in checks.prefetch_related("answers").order_by("-asked_at", "-id"):
        yield _line(reading, check)


def journal_list(reading: Reading) -> None:
    """Journal that the list was read, which shows no case."""
    append_apart([reading.entry(action=Action.READ)])


def known_page(reading: Reading, uid: UUID) -> KnownPage:
    """One check for an agency that was asked, or that must say whom it is about. Journalled.

    Raises NotYourCheck (journalled).
    """
    check = check_for(reading, uid)
    line = _line(reading, check)
    own = None
    if line.todo == IDENTIFY:
        own = _own(reading, check)
    else:
        append_apart([reading.entry(case_ref=check.triage.case.ref, detail={"check": str(uid)})])
    return KnownPage(line=line, own=own, colleagues=_colleagues(reading) if line.todo == ANSWER else ())


def own_identity(own: Answer) -> dict[str, Any]:
    """What the agency itself gave about the person, for the form: the first of each, and how it named them."""
    found: dict[str, Any] = {}
    names = {"full_name": "name", "date_of_birth": "born_on", "bsn": "bsn", "signal_person": "reported"}
    for person in own.disclosures:
        for fact in person.facts:
            value = date.fromisoformat(fact.value) if fact.code == "date_of_birth" else fact.value
            found.setdefault(names[fact.code], value)
    return found


def known_alone(reading: Reading, uid: UUID) -> KnownLine:
    """As known_page, without anything that this agency gave itself."""
    check = check_for(reading, uid)
    append_apart([reading.entry(case_ref=check.triage.case.ref, detail={"check": str(uid)})])
    return _line(reading, check)


def _line(reading: Reading, check: KnownCheck) -> KnownLine:
    own = reading.visit.agency.id
    mine = next((row for row in check.answers.all() if row.agency_id == own), None)
    case = check.triage.case
    return KnownLine(
        uid=check.uid, code=code_of(check.uid), todo=_todo(reading, check, invited=mine is not None),
        asked_by=source_of(case.lead), asked_at=check.asked_at, deadline=check.deadline,
        answer=mine.answer if mine else "",
        tries_left=max(settings.KNOWN_CHECK_TRIES - mine.tries, 0) if mine else 0,
        place=case.number if check.identifier_id == own else "",
    )  # fmt: skip


def _todo(reading: Reading, check: KnownCheck, *, invited: bool) -> str:
    if check.identifier_id == reading.visit.agency.id and check.started_at is None and not is_over(reading, check):
        return IDENTIFY
    return ANSWER if invited and is_running(reading, check) else OVER


def _own(reading: Reading, check: KnownCheck) -> Answer:
    """What the agency that reported gave itself, so that nobody types it over."""
    case = check.triage.case
    agency, day = reading.visit.agency.id, reading.at.astimezone(clock.AMSTERDAM).date()
    rows = own_rows(case.pk, agency_id=agency, day=day)
    rows += tuple(row for row in report_rows(case) if row.source_id == agency)
    rows = tuple(row for row in rows if row.about_id in (None, check.about_id))
    wanted = reading.policy.catalogue.mask(WHO)
    return disclose(reading, [Opening(case=case, purpose=case.purpose, rows=rows)], wanted=wanted, named=0)[0]


def _colleagues(reading: Reading) -> tuple[tuple[str, str], ...]:
    mine = current_memberships().filter(agency_id=reading.visit.agency.id).order_by("professional__name")
    people = {str(found.professional.uuid): found.professional.name for found in mine if set(found.roles) & ANSWERING}
    return tuple(people.items())
