"""What changed in a reader's cases since they last looked, as far as they may know: counts, never values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from cases.attachments.models import Attachment
from cases.casework import queries as casework
from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.disclosure.visibility import live_participations, with_last_visit
from cases.meetings.models import Decision
from cases.plans.models import Action, Closing, Goal
from cases.records.models import Case, Contribution, Participation, PhaseChange, SealedWords
from cases.requests.models import Note, Request, RequestState

WORDS: dict[str, type[SealedWords]] = {
    "note": Note, "decision": Decision, "goal": Goal, "action": Action, "closing": Closing, "attachment": Attachment,
}  # fmt: skip
"""Words that are news when somebody else wrote them, by the kind of change."""
MOST = 50
"""Cases looked at for one answer to "is there anything new"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened in a case. kind: facts, joined, phase, taking, left, settled, or one of WORDS."""

    kind: str
    when: datetime | None
    n: int = 1
    phase: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """A case with what changed in it since `seen` (None: never opened)."""

    answer: Answer
    seen: datetime | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPage:
    """Cases with changes, most urgent first; `cursor` is empty at the end. looked: all cases of this page."""

    cases: tuple[CaseNews, ...]
    looked: tuple[Answer, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class _Taken:
    case: Case
    seen: datetime | None
    starts: datetime
    purpose: str


def news(reading: Reading, session: Session | None, *, after: str = "", size: int = MOST) -> NewsPage:
    """The changes in a page of the reader's cases, in the order of the worklist; one without changes is left out.

    Raises Invalid for a cursor that is not ours.
    """
    # The API (no session) gives numbers of cases, no names.
    page = casework.worklist(reading, session, after=after, size=size, named=session is not None)
    numbers = [answer.head.number for answer in page.answers]
    taken = {found.case.number: found for found in _taken(reading, session, Q(case__number__in=numbers))}
    changes = _changes(reading, list(taken.values()))
    found = []
    for answer in page.answers:
        mine = taken.get(answer.head.number)
        if mine is not None and (here := _with_facts(answer, changes.get(mine.case.pk, []))):
            found.append(CaseNews(answer=answer, seen=mine.seen, changes=tuple(here)))
    return NewsPage(cases=tuple(found), looked=page.answers, cursor=page.cursor)


def count_since(reading: Reading, session: Session | None, *, since: datetime) -> int:
    """How many changes came after `since` that this reader may know of; looks only where something was written."""
    few = _taken(reading, session, Q(case_id__in=_touched(since)), most=MOST)
    taken = [_Taken(found.case, since, found.starts, found.purpose) for found in few]
    openings = [Opening(case=found.case, purpose=found.purpose, seen=since) for found in taken]
    answers = disclose(reading, openings, wanted=0, named=0, news=True)
    changes = _changes(reading, taken)
    return sum(answer.n_news for answer in answers) + sum(change.n for here in changes.values() for change in here)


def _touched(since: datetime) -> list[int]:
    """The cases (row numbers) in which something was written after `since`, of whomever: each table by its day."""
    moments: list[tuple[Any, str]] = [(Request, "settled_at"), (PhaseChange, "starts")]
    moments += [(Participation, "starts"), (Participation, "ends")]
    moments += [(table, "given_at") for table in (Contribution, *WORDS.values(), Request)]
    written = [
        table._default_manager.filter(**{f"{moment}__gt": since}).order_by().values_list("case_id")
        for table, moment in moments
    ]
    return [case_id for (case_id,) in written[0].union(*written[1:])]


def _taken(reading: Reading, session: Session | None, cases: Q, *, most: int | None = None) -> list[_Taken]:
    found = with_last_visit(live_participations(reading.visit, at=reading.at).filter(cases), reading.visit)
    first = found.order_by("case_id")[:most]
    return [_Taken(p.case, p.seen, p.starts, declared(reading, p.case, session)) for p in first]


def _with_facts(answer: Answer, changes: list[Change]) -> list[Change]:
    if not answer.n_news:
        return changes
    return [Change(kind="facts", when=None, n=answer.n_news, sources=answer.news_from), *changes]


def _changes(reading: Reading, taken: Sequence[_Taken]) -> dict[int, list[Change]]:
    """Per case what changed besides facts, newest first."""
    found: dict[int, list[Change]] = {of.case.pk: [] for of in taken}
    for of in taken:
        if of.seen is None:
            found[of.case.pk].append(Change(kind="joined", when=of.starts))
    looked = {of.case.pk: of.seen for of in taken if of.seen is not None}
    if looked:
        for case_id, change in (*_moves(reading, looked), *_settled(reading, looked)):
            found[case_id].append(change)
        for case_id, change in _words(reading, [of for of in taken if of.seen is not None]):
            found[case_id].append(change)
    for here in found.values():
        here.sort(key=lambda change: str(change.when or ""), reverse=True)
    return found


def _moves(reading: Reading, looked: dict[int, datetime]) -> Iterable[tuple[int, Change]]:
    """Phases and participants: known to every live participant."""
    own, oldest = reading.visit.agency.id, min(looked.values())
    phases = PhaseChange.objects.filter(case_id__in=looked, starts__gt=oldest, starts__lte=reading.at)
    for phase in phases.exclude(by_id=own).select_related("by"):
        if phase.starts > looked[phase.case_id]:
            yield phase.case_id, Change(kind="phase", when=phase.starts, phase=phase.phase, sources=(_of(phase.by),))
    takings = Participation.objects.filter(Q(starts__gt=oldest) | Q(ends__gt=oldest), case_id__in=looked)
    for taking in takings.exclude(agency_id=own).select_related("agency"):
        seen, who = looked[taking.case_id], (_of(taking.agency),)
        if seen < taking.starts <= reading.at:
            yield taking.case_id, Change(kind="taking", when=taking.starts, sources=who)
        if taking.ends is not None and seen < taking.ends <= reading.at:
            yield taking.case_id, Change(kind="left", when=taking.ends, sources=who)


def _settled(reading: Reading, looked: dict[int, datetime]) -> Iterable[tuple[int, Change]]:
    """Own questions that were rounded off."""
    found = Request.objects.filter(
        source_id=reading.visit.agency.id, case_id__in=looked, settled_at__gt=min(looked.values())
    )
    for request in found.exclude(state=RequestState.WITHDRAWN).select_related("asked_agency"):
        if request.settled_at is not None and request.settled_at > looked[request.case_id]:
            who = (_of(request.asked_agency),)
            yield request.case_id, Change(kind="settled", when=request.settled_at, sources=who)


def _words(reading: Reading, taken: Sequence[_Taken]) -> list[tuple[int, Change]]:
    """Words of others since the last visit, as far as disclosure tells of them; counted, not opened."""
    rows: dict[int, list[SealedWords]] = {}
    kinds: dict[str, tuple[str, SealedWords]] = {}
    looked = {of.case.pk: of.seen for of in taken if of.seen is not None}
    for kind, table in WORDS.items():
        for words in _new_words(table, reading, looked):
            rows.setdefault(words.case_id, []).append(words)
            kinds[str(words.uid)] = (kind, words)
    touched = [of for of in taken if of.case.pk in rows]
    openings = [Opening(case=of.case, purpose=of.purpose, rows=words_rows(rows[of.case.pk])) for of in touched]
    if not openings:
        return []
    told: dict[tuple[int, str], list[SealedWords]] = {}
    for answer in disclose(reading, openings, wanted=0, named=ALL):
        for uid in {item.contribution for person in answer.disclosures for item in person.announcements}:
            kind, words = kinds[uid]
            told.setdefault((words.case_id, kind), []).append(words)
    return [(case_id, _told(kind, words)) for (case_id, kind), words in told.items()]


def _new_words(table: type[SealedWords], reading: Reading, looked: dict[int, datetime]) -> list[SealedWords]:
    found = table.objects.filter(case_id__in=looked, given_at__gt=min(looked.values()), withdrawn_at=None)  # type: ignore[attr-defined]
    others = found.exclude(source_id=reading.visit.agency.id).select_related(*WORDS_RELATIONS)
    return [words for words in others if words.given_at > looked[words.case_id]]


def _told(kind: str, words: list[SealedWords]) -> Change:
    sources = {found.source.code: _of(found.source) for found in sorted(words, key=lambda found: found.given_at)}
    return Change(kind=kind, when=max(found.given_at for found in words), n=len(words), sources=tuple(sources.values()))


def _of(agency: Any) -> Source:
    return Source(code=agency.code, type=agency.type, name=agency.name)
