"""Each read of this room: the inbox, and escalations. Words of escalations leave by disclosure, as own facts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agreements.models import Agency
from cases.casework.pending import Pending
from cases.casework.purpose import Session
from cases.disclosure.answer import Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import words_rows
from cases.inbox import changes
from cases.inbox.models import Escalation, EscalationState
from cases.inbox.pending import is_late
from cases.inbox.rights import escalation_for, escalations_for, may_decide
from cases.inbox.waiting import waiting_for
from cases.requests.commands.asking import askable
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What waits for the reader, and what changed in their cases. at: the moment it was made."""

    at: datetime
    waiting: tuple[Pending, ...]
    news: changes.NewsPage


def inbox(reading: Reading, session: Session | None, *, after: str = "") -> Inbox:
    """The reader's inbox. Raises Invalid for a cursor that is not ours."""
    return Inbox(
        at=reading.at, waiting=waiting_for(reading), news=changes.news(reading, session, after=after)
    )  # fmt: skip


def fresh(reading: Reading, session: Session | None, *, since: datetime) -> int:
    """How much came after `since` that this reader may know of."""
    # A line that does not know since when it waits says "now": that is no news.
    waiting = sum(since < line.since < reading.at for line in waiting_for(reading))
    return waiting + changes.count_since(reading, session, since=since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """An escalation as its asker and the own leadership read it. late: its day passed without a decision."""

    uid: UUID
    number: str
    question: str
    decision: str
    state: str
    level: int
    late: bool
    asked_at: datetime
    answer_by: date
    seen_at: datetime | None
    decided_at: datetime | None
    raised_at: datetime | None
    blocked_by: Source | None
    asker: str
    answerer: str
    is_mine: bool
    may_decide: bool


def one_escalation(reading: Reading, uid: UUID) -> Escalated:
    """One escalation. Raises NotFound."""
    return _opened(reading, [escalation_for(reading, uid)])[0]


def my_escalations(reading: Reading, *, number: str = "") -> tuple[Escalated, ...]:
    """The escalations that this reader may read, newest first; of one case when it is named."""
    found = escalations_for(reading)
    return _opened(reading, list(found.filter(case__number=number) if number else found[:100]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToEscalate:
    """The form for asking the own leadership: who may stand in the way, and what was asked in this case before."""

    number: str
    agencies: tuple[Source, ...]
    earlier: tuple[Escalated, ...]


def to_escalate(reading: Reading, number: str) -> ToEscalate:
    """What the form needs. Raises NotYourCase (journalled)."""
    case = case_for(reading, number).case
    return ToEscalate(
        number=case.number,
        agencies=tuple(_source(agency) for agency in askable(reading, case)),
        earlier=my_escalations(reading, number=case.number),
    )


def _opened(reading: Reading, found: list[Escalation]) -> tuple[Escalated, ...]:
    openings = []
    for escalation in found:
        answer = getattr(escalation, "answer", None)
        rows = words_rows([escalation, *([answer] if answer else [])])
        # Own words need no purpose of the covenants; the entry names the one that the case was opened for.
        openings.append(Opening(case=escalation.case, purpose=escalation.case.purpose, rows=rows))
    facts: dict[str, str] = {}
    for told in disclose(reading, openings):
        facts |= {fact.contribution: str(fact.value) for person in told.disclosures for fact in person.facts}
    return tuple(_shown(reading, escalation, facts) for escalation in found)


def _shown(reading: Reading, found: Escalation, facts: dict[str, str]) -> Escalated:
    answer = getattr(found, "answer", None)
    late = is_late(found)
    asker, answerer = found.entered_by, answer.entered_by if answer else None
    return Escalated(
        uid=found.uid, number=found.case.number,
        question=facts.get(str(found.uid), ""),
        decision=facts.get(str(answer.uid), "") if answer else "",
        state=str(EscalationState.UNANSWERED if late else found.state), level=found.level, late=late,
        asked_at=found.given_at.astimezone(clock.AMSTERDAM), answer_by=found.answer_by, seen_at=found.seen_at,
        decided_at=found.decided_at, raised_at=found.raised_at,
        blocked_by=_source(found.blocked_by) if found.blocked_by else None,
        asker=asker.name if asker else "", answerer=answerer.name if answerer else "",
        is_mine=found.entered_by_id == reading.visit.professional_id, may_decide=may_decide(reading, found),
    )  # fmt: skip


def _source(agency: Agency) -> Source:
    return Source(code=agency.code, type=agency.type, name=agency.name)
