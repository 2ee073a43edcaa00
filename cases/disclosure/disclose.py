"""Opens what the covenants in force grant this reader, journals it, and returns frozen answers.

This is the only module that calls the opener. What a page shows beside an answer (labels, sentences)
is made elsewhere from the answer alone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from agreements.policy.decide import Decision
from agreements.policy.question import Delivery, Reader
from agreements.policy.together import minimum
from audit.journal.apart import keep
from audit.journal.entry import Entry
from audit.journal.reasons import with_reasons
from cases.disclosure._opener import open_facts
from cases.disclosure.answer import Announcement, Answer, CaseHead, Disclosure, Fact, Source
from cases.disclosure.circumstances import NOTHING_RECORDED, Circumstances, circumstances_of
from cases.disclosure.deciding import deciding
from cases.disclosure.entries import entries_of
from cases.disclosure.gathering import Person, Tally, given_by
from cases.disclosure.opening import Emergency, Opening
from cases.disclosure.reading import (
    Reading,
    head_of,
    may_read_step,
    partner_head,
    setting_of,
)
from cases.disclosure.rows import End, Row, standing_rows
from cases.disclosure.small_numbers import shielded
from cases.records.models import CaseSubject
from foundation import clock
from foundation.masks import bits, from_hex

ALL = -1
"""Every field: all bits set."""


def disclose(
    reading: Reading,
    openings: Sequence[Opening],
    *,
    wanted: int = ALL,
    named: int = ALL,
    news: bool = False,
    titles: bool = False,
    tally: bool = False,
    also: Sequence[Entry] = (),
) -> tuple[Answer, ...]:
    """What `reading` may know of each case, in the order given; journalled before it is returned.

    wanted: fields whose values the face will show; others are not opened.
    named: fields that the face will show as announced; a visible field that is not `wanted` is then
        told as an announcement, unopened (a timeline names fields without their values).
    news: also count what came since the reader's last visit, without opening it (lists do).
    titles: the face shows only who the case is about, so values of the direct circle stay closed.
    tally: also count what the reader may see and the lenses of an opening may not, by agency.
    also: entries of the caller on the same reading, such as that it was searched; written with these, or none is.
    Raises JournalUnavailable: then nothing was opened that anybody will see.
    Source: design, section 3; AVG art. 5(1)(b), 5(2).
    """
    answers, entries = _read(
        reading, openings, wanted=wanted, named=named, news=news, titles=titles, tally=tally
    )  # fmt: skip
    _keep([*with_reasons(entries), *also])
    return answers


def disclose_together(
    parts: Sequence[tuple[Reading, Opening]], *, also: Sequence[Entry] = ()
) -> tuple[Answer, ...]:  # fmt: skip
    """What several readers may know, each of one opening, in the order given; journalled in one transaction before any
    of it is returned: what one moment tells everybody who listens.

    also: entries of the caller, written with these, or none is. Raises JournalUnavailable as `disclose` does.
    """
    answers: list[Answer] = []
    entries: list[Entry] = []
    for reading, opening in parts:
        told, written = _read(reading, [opening])
        answers.extend(told)
        entries.extend(written)
    _keep([*with_reasons(entries), *also])
    return tuple(answers)


def _keep(entries: Sequence[Entry]) -> None:
    # Not around the reading: on SQLite a transaction is the only writer, and others would wait for it.
    keep(entries)


def _read(
    reading: Reading,
    openings: Sequence[Opening],
    *,
    wanted: int = ALL,
    named: int = ALL,
    news: bool = False,
    titles: bool = False,
    tally: bool = False,
) -> tuple[tuple[Answer, ...], list[Entry]]:
    """The answers, and the entries without which they may not leave; see disclose."""
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    unread = [o.case.pk for o in openings if o.rows is None]
    standing = standing_rows(unread, day=day) if unread else {}
    unasked = [opening.case.pk for opening in openings if opening.recorded is None]
    recorded = circumstances_of(unasked, recipient=reading.visit.agency.id, at=reading.at) if unasked else {}
    answers: list[Answer] = []
    entries: list[Entry] = []
    for opening in openings:
        work = _CaseWork(
            reading,
            opening,
            opening.recorded or recorded.get(opening.case.pk, NOTHING_RECORDED),
            wanted=wanted,
            named=named,
            news=news,
            titles=titles,
            tally=tally,
        )
        for row in standing.get(opening.case.pk, ()) if opening.rows is None else opening.rows:
            work.take(row)
        answers.append(work.answer())
        entries.extend(entries_of(reading, opening, work.persons.values()))
    return tuple(answers), entries


class _CaseWork:
    """Reads one case's rows through masks and keeps the books of what it let out."""

    def __init__(
        self,
        reading: Reading,
        opening: Opening,
        recorded: Circumstances,
        *,
        wanted: int,
        named: int,
        news: bool,
        titles: bool,
        tally: bool,
    ) -> None:
        self.reading, self.opening = reading, opening
        self.wanted, self.named, self.news, self.titles = wanted, named, news, titles
        self.own = reading.visit.agency.code
        self.day = reading.at.astimezone(clock.AMSTERDAM).date()
        self.catalogue = reading.policy.catalogue
        self.mine = self._deciding(reading.reader(opening.purpose), recorded, opening.via, opening.emergency)
        self.theirs = [
            (lens.reader.agency.code, self._deciding(lens.reader, lens.recorded, lens.via)) for lens in opening.lenses
        ]
        self.tally = Tally() if tally else None
        self.persons: dict[int | None, Person] = {}
        self.n_news = 0
        self.news_from: dict[str, Source] = {}
        self.until: datetime | None = None

    def _deciding(
        self, reader: Reader, recorded: Circumstances, via: Delivery, emergency: Emergency | None = None
    ) -> Callable[[Row], Decision]:
        """The policy's word on one contribution, for one reader of this case."""
        act, grounds = (emergency.act, emergency.grounds) if emergency else (None, 0)
        here = self.reading.policy.prepare(reader, setting_of(self.opening.case), at=self.reading.at, via=via, act=act)
        code, involved = reader.agency.code, via is Delivery.LIVE
        return deciding(here.decide, recorded, code=code, day=self.day, involved=involved, grounds=grounds)

    def take(self, row: Row) -> None:
        """Add what may be known of one contribution; a silent one leaves no trace."""
        decision = self.mine(row)
        present = from_hex(row.present)
        wanted = 0 if self.titles and row.role == CaseSubject.Role.CIRCLE else self.wanted
        if self.theirs:
            theirs = [(code, decide(row)) for code, decide in self.theirs]
            if self.tally is not None:
                self.tally.take(decision.visible & wanted, theirs, present)
            decision = minimum((decision, *(told for _code, told in theirs)))
        visible = decision.visible & present & wanted
        announced = (decision.announced | decision.visible & ~wanted) & present & self.named
        fresh = self.opening.seen is not None and row.source_code != self.own and row.given_at > self.opening.seen
        new = (decision.visible | decision.announced) & present if fresh and self.news else 0
        if not (visible or announced or new):
            return
        person = self._person(row)
        person.visible |= visible
        # That a fact exists is knowledge too: news counts as announced in the journal.
        person.announced |= announced | (new & ~visible)
        person.obligations |= decision.obligations
        if decision.until and (self.until is None or decision.until < self.until):
            self.until = decision.until
        source = _source(row.source_code, row.source_type, row.source_name)
        if new:
            self.n_news += new.bit_count()
            self.news_from[source.code] = source
        if visible:
            self._open(person, row, decision, visible, source=source, fresh=fresh)
        for bit in bits(announced):
            self._announce(person, row, decision, bit, source=source, fresh=fresh)
        if row.other is not None:
            self._note(self._person(row.other), decision, visible, announced | (new & ~visible))

    def _note(self, other: Person, decision: Decision, visible: int, announced: int) -> None:
        """The second person of a row has no facts of it in the answer, but an entry in the journal like the first."""
        other.visible |= visible
        other.announced |= announced
        other.articles.update(given_by(decision, bit) for bit in bits(visible | announced))
        other.obligations |= decision.obligations

    def _person(self, row: Row | End) -> Person:
        person = self.persons.get(row.about_id)
        if person is None:
            subject = str(row.subject_uid) if row.subject_uid else None
            person = Person(subject=subject, role=row.role or "", position=row.position or 0)
            self.persons[row.about_id] = person
        return person

    def _open(self, person: Person, row: Row, decision: Decision, visible: int, *, source: Source, fresh: bool) -> None:
        # What others look along at is shown as they may see it, small counts hidden.
        own = row.source_code == self.own and not self.theirs
        facts, contested, _ = open_facts(row.values, visible, catalogue=self.catalogue)
        for code, value in facts.items():
            item = self.catalogue.by_code[code]
            bit = item.bit
            article = given_by(decision, bit)
            person.articles.add(article)
            person.facts.append(
                Fact(
                    code=code, bit=bit, value=value if own else shielded(item, value), source=source, article=article,
                    observed_on=row.observed_on, given_at=row.given_at, kind=row.kind,
                    reliability=row.reliability, contribution=str(row.uid),
                    contested=contested.get(code, ""), valid_until=row.valid_until,
                    is_own=own, is_new=fresh,
                )
            )  # fmt: skip

    def _announce(self, person: Person, row: Row, decision: Decision, bit: int, *, source: Source, fresh: bool) -> None:
        article = given_by(decision, bit)
        person.articles.add(article)
        person.announcements.append(
            Announcement(
                code=self.catalogue.by_bit[bit].code, bit=bit, source=source, article=article,
                contribution=str(row.uid), given_at=row.given_at, is_new=fresh,
                is_own=row.source_code == self.own,
            )
        )  # fmt: skip

    def answer(self) -> Answer:
        """The frozen answer for this case."""
        persons = sorted(self.persons.values(), key=lambda person: person.position)
        return Answer(
            head=self._head(),
            purpose=self.opening.purpose,
            at=self.reading.at,
            disclosures=tuple(
                Disclosure(
                    subject=person.subject,
                    role=person.role,
                    facts=tuple(person.facts),
                    announcements=tuple(person.announcements),
                )
                for person in persons
                if person.facts or person.announcements
            ),
            obligations=tuple(sorted(set().union(*(person.obligations for person in persons)))),
            until=self.until,
            n_news=self.n_news,
            news_from=tuple(self.news_from.values()),
            withheld=self.tally.withheld() if self.tally is not None else (),
        )

    def _head(self) -> CaseHead:
        case = self.opening.case
        if self.opening.via is not Delivery.LIVE:
            return partner_head(case)
        mine = may_read_step(case, self.reading.agency, agency_id=self.reading.visit.agency.id)
        theirs = all(may_read_step(case, of.reader.agency, agency_id=of.agency_id) for of in self.opening.lenses)
        return head_of(case, with_step=mine and theirs)


@lru_cache(maxsize=4096)
def _source(code: str, type_: str, name: str) -> Source:
    return Source(code=code, type=type_, name=name)
