"""Search for a purpose: hits only in cases the reader takes part in, only through what the reader may see there.

No totals, no suggestions, no ranking: each would tell of what is withheld. Two journal entries tell what happened:
that it was asked, and each case that was shown for it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.covenants.in_force import PurposeOption, purposes_for
from agreements.policy.question import Setting
from agreements.policy.vocabulary import CASE_KINDS, PHASES
from audit.journal.entry import Action, Entry
from cases.casework.rules import is_readable
from cases.disclosure.answer import Answer, Disclosure, Fact
from cases.disclosure.disclose import disclose
from cases.disclosure.files import File, files_of
from cases.disclosure.findable import cases_for, gives
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.reasons import of_list
from cases.disclosure.rows import Row
from cases.disclosure.visibility import CASE_ROLES, WORKLIST_ORDER, live_participations
from cases.disclosure.wordforms import Question, parts_of
from cases.records.models import CaseSubject, Participation
from cases.search.limits import count_search
from cases.search.matching import InCase, cursor_of, find
from cases.search.showing import Spot, spots_of
from foundation import clock
from foundation.errors import Invalid, Refused
from foundation.masks import from_hex, to_hex

PAGE_SIZE = 20
NAMES = ("full_name", "date_of_birth")
Spots = dict[tuple[int, UUID], Spot]
YEARS_BACK = 10
"""So many years of case numbers are tried for somebody who types only the last digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody searches, and for which purpose."""

    text: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A case in which something was found: what may be known of its names, and the facts in which it stood.

    facts: each with whom it is about; words: of rooms, with where they stand. Both empty when only the case number
    fits.
    """

    answer: Answer
    facts: tuple[tuple[Disclosure, Fact], ...]
    words: tuple["Said", ...]
    by_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a room in which it was found. room: what to call it; url: the page that shows them to this reader."""

    fact: Fact
    room: str
    url: str


def text_of(said: Said) -> str:
    """What was found as text: of a file its name and caption. What opens its bytes stays inside."""
    value = said.fact.value
    if not isinstance(value, dict):
        return str(value)
    return " · ".join(str(value[part]) for part in ("name", "caption") if value.get(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """A page of hits in the order of the worklist, and the cursor of the next one ("" at the end)."""

    hits: tuple[Hit, ...]
    cursor: str


def purpose_options(reading: Reading) -> tuple[PurposeOption, ...]:
    """The purposes for which this reader can search: those for which some article lets them read live cases.

    By rules alone: the same whatever cases there are. A token's pinned purpose is the only one.
    """
    covenants = sorted(reading.policy.index.versions)
    options = purposes_for(
        reading.policy, agency=reading.agency, roles=reading.visit.roles, covenants=covenants, at=reading.at
    )
    return tuple(option for option in options if _may_declare(reading, option.code))


def _may_declare(reading: Reading, purpose: str) -> bool:
    """Whether some article gives this reader a case of some kind to read for this purpose."""
    covenants = frozenset(reading.policy.index.versions)
    kinds = (Setting(kind=kind, phase=PHASES[0], covenants=covenants) for kind in CASE_KINDS)
    return any(gives(reading, kind, purpose) for kind in kinds)


def search(reading: Reading, asked: Asked, *, after: str = "", size: int = PAGE_SIZE) -> Hits:
    """The cases in which the reader may see that the question stands, journalled before they are returned.

    Raises Refused for a role that reads no cases, Invalid for a question or purpose that is none,
    TooManySearches, JournalUnavailable: then nothing is shown.
    Source: AVG art. 5(1)(b) and (c); WGS art. 1.5.
    """
    check_may_search(reading)
    parts = _parts(asked.text)
    _check_purpose(reading, asked.purpose)
    count_search(reading)
    numbered = _by_number(reading, asked) if not after and _NUMBER.fullmatch(asked.text.strip()) else ()
    named = {part.number: _numbers(reading, part.number) for part in parts if part.number}
    found = find(reading, parts, purpose=asked.purpose, after=after, size=size, numbers=named)
    numbers = {taking.case_id: taking.pk for taking in numbered}
    takings = numbers | {pk: here.taking for pk, here in found.cases.items() if pk not in numbers}
    wanted = list(takings)
    known = files_of(reading, wanted) if wanted else {}
    files = [known[pk] for pk in wanted if pk in known]
    note = _note(reading, asked, parts, shown=len(files), later=bool(after))
    hits = _opened(reading, asked.purpose, files, found.cases, numbers, takings, note)
    cursor = cursor_of(list(found.cases.values())[-1].place) if found.more else ""
    return Hits(hits=hits, cursor=cursor)


def check_may_search(reading: Reading) -> None:
    """Raises Refused for a role that reads no cases."""
    if not reading.visit.roles & CASE_ROLES:
        raise Refused(
            _("Uw rol leest geen casussen en zoekt er dus ook niet in."),
            remedy=_("Vraag een professional van uw organisatie om te zoeken."),
        )


def _parts(text: str) -> tuple[Question, ...]:
    if not is_readable(text):
        raise Invalid(_("Haal de onleesbare tekens weg."), field="q", remedy=_("Typ de zoekvraag opnieuw."))
    return parts_of(text)


def _check_purpose(reading: Reading, purpose: str) -> None:
    if not _may_declare(reading, purpose):
        raise Invalid(
            _("Kies waarvoor u zoekt."), field="doel", remedy=_("Een zoekvraag zonder doel uit een convenant mag niet.")
        )


# --- case numbers --------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[A-Za-z-]*\d[A-Za-z\d-]*", re.ASCII)
"""What can be a case number at all; nothing else is looked up as one."""
_DIGITS = re.compile(r"(?:(?P<year>\d{4})-)?(?P<last>\d{1,6})", re.ASCII)


def _by_number(reading: Reading, asked: Asked) -> tuple[Participation, ...]:
    """By which the reader comes to cases that bear the number as typed; the digits alone are enough."""
    text = asked.text.strip().upper().replace("\0", "\ufffd")
    mine = live_participations(reading.visit, at=reading.at).filter(case__number__in=_numbers(reading, text))
    ordered = list(mine.order_by(*WORKLIST_ORDER))
    given = {case.pk for case in cases_for(reading, asked.purpose, (taking.case for taking in ordered))}
    return tuple(taking for taking in ordered if taking.case_id in given)


def _numbers(reading: Reading, text: str) -> list[str]:
    """The numbers that a number as typed, in capitals, can stand for."""
    numbers = [text]
    if found := _DIGITS.fullmatch(text):
        this_year = reading.at.astimezone(clock.AMSTERDAM).year
        years = [int(found["year"])] if found["year"] else range(this_year, this_year - YEARS_BACK, -1)
        numbers += [f"{settings.CASE_PREFIX}-{year}-{int(found['last']):04d}" for year in years]
    return numbers


# --- what is shown -------------------------------------------------------------------------------------------


def _opened(
    reading: Reading,
    purpose: str,
    files: list[File],
    found: dict[int, InCase],
    numbered: Collection[int],
    takings: Mapping[int, int],
    note: Entry,
) -> tuple[Hit, ...]:
    """The cases as disclosure tells them: names for the title, and the fields and words that matched, nothing else.

    takings: by which participation the reader comes to each. note: that it was asked, written with what is shown.
    """
    masks: dict[int, int] = {}
    here = [found[file.case.pk] for file in files if file.case.pk in found]
    for match in (match for case in here for match in case.facts):
        masks[match.contribution_id] = masks.get(match.contribution_id, 0) | 1 << match.bit
    spots = spots_of(reading, purpose, [match for case in here for match in case.words])
    names = reading.policy.catalogue.mask(NAMES)
    openings = [
        Opening(
            case=file.case,
            purpose=purpose,
            rows=(
                *_narrowed(file.rows, masks, names),
                *(spot.row for (case_id, _uid), spot in spots.items() if case_id == file.case.pk),
            ),
            recorded=file.recorded,
            because=of_list(reading.event, takings[file.case.pk]),
        )
        for file in files
    ]
    found_in = {str(row.uid): masks.get(row.id, 0) for opening in openings for row in opening.rows or ()}
    answers = disclose(reading, openings, named=0, also=[note])
    hits = [
        Hit(
            answer=_without(answer, spots),
            facts=_matched(answer, found_in),
            words=tuple(_said(answer, opening.case.pk, spots)),
            by_number=opening.case.pk in numbered,
        )
        for opening, answer in zip(openings, answers, strict=True)
    ]
    return tuple(hit for hit in hits if hit.facts or hit.words or hit.by_number)


def _said(answer: Answer, case_id: int, spots: Spots) -> Iterator[Said]:
    """The words that disclosure opened, each with where it stands."""
    for fact in (fact for person in answer.disclosures for fact in person.facts):
        if spot := spots.get((case_id, UUID(fact.contribution))):
            yield Said(fact=fact, room=str(spot.room.label), url=spot.url)


def _without(answer: Answer, spots: Spots) -> Answer:
    """The same answer without words of rooms: they are no facts about a person."""
    words = {str(uid) for _case_id, uid in spots}
    if not words:
        return answer
    kept = (
        replace(person, facts=tuple(fact for fact in person.facts if fact.contribution not in words))
        for person in answer.disclosures
    )
    return replace(answer, disclosures=tuple(person for person in kept if person.facts or person.announcements))


def _narrowed(rows: Iterable[Row], masks: dict[int, int], names: int) -> Iterable[Row]:
    """The rows with only those fields present that are to be shown, so that no other one is opened or journalled."""
    for row in rows:
        wanted = masks.get(row.id, 0) | (names if row.role == CaseSubject.Role.SUBJECT else 0)
        if present := from_hex(row.present) & wanted:
            yield row._replace(present=to_hex(present))


def _matched(answer: Answer, found_in: dict[str, int]) -> tuple[tuple[Disclosure, Fact], ...]:
    return tuple(
        (person, fact)
        for person in answer.disclosures
        for fact in person.facts
        if found_in.get(fact.contribution, 0) >> fact.bit & 1
    )


def _note(reading: Reading, asked: Asked, parts: Sequence[Question], *, shown: int, later: bool) -> Entry:
    """That it was asked. The question may name somebody, so that it is a personal part: committed, and erasable."""
    kind = parts[0].kind if len(parts) == 1 else "combined"
    detail: dict[str, str | int] = {"kind": kind, "shown": shown}
    if later:
        detail["later_page"] = 1
    return reading.entry(
        event="search.asked", action=Action.READ, purpose=asked.purpose, reason=asked.text, detail=detail
    )
