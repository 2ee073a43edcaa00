"""Each read of this room. Relations and places leave as facts of an Answer, never as models."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from cases.casework import queries as casework
from cases.casework.purpose import Session, declared
from cases.casework.queries import Opened
from cases.disclosure.answer import Announcement, Answer, Fact
from cases.disclosure.audience import audience
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import WORDS_RELATIONS, Row, between, words_rows
from cases.records.models import Case
from cases.relations.commands import own_relation
from cases.relations.kinds import FIELDS, TYPE, Kind, kind_of
from cases.relations.models import Relation
from cases.relations.people import NAMES, people_in
from cases.relations.places import place_rows
from foundation.errors import NotFound

ADDRESSES = ("brp_address", "actual_residence")
AREA_PLACES = ("area_unit", "hotspot_note")
SIGNAL_PLACE = "signal_place"
PLACES = (*ADDRESSES, *AREA_PLACES, SIGNAL_PLACE)
"""What is put on the map. A secret address is none of these, so no right whatsoever brings it there."""
SCORES = "zrm_scores"
HOUSEHOLD = "household_member"
NETWORK = (HOUSEHOLD, *FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation that this reader may see: `about` (uuid) is `kind` of `other`. by_room: given as a relation here."""

    about: str
    other: str
    kind: Kind
    fact: Fact
    by_room: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A fact about one person that is no line: the household, a free text; or an announced one (fact is None)."""

    subject: str | None
    fact: Fact | None
    told: Announcement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that this reader may know: an address of somebody, or a place in the area. subject: uuid, or None."""

    subject: str | None
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What the pictures of one case may be made of, for this reader."""

    opened: Opened
    ties: tuple[Tie, ...]
    said: tuple[Said, ...]
    spots: tuple[Spot, ...]
    main: str
    may_add: bool

    @property
    def answer(self) -> Answer:
        """The persons and facts of the case, without the words of rooms."""
        return self.opened.answer


def pictures(reading: Reading, number: str, session: Session | None) -> Pictures:
    """People, relations, places and life domains of case `number`. Raises NotYourCase (journalled).

    Without a declared purpose there is nothing.
    """
    return _look(reading, number, session, wanted=(*NAMES, *NETWORK, *ADDRESSES, *AREA_PLACES, SCORES), signals=True)


def relations(reading: Reading, number: str, session: Session | None) -> Pictures:
    """As pictures, for people and relations alone: nothing else is opened."""
    return _look(reading, number, session, wanted=(*NAMES, *NETWORK), signals=False)


def places(reading: Reading, number: str, session: Session | None) -> Pictures:
    """As pictures, for places alone: nothing else is opened, so nobody is named."""
    return _look(reading, number, session, wanted=(*ADDRESSES, *AREA_PLACES), signals=True)


def _look(
    reading: Reading, number: str, session: Session | None, *, wanted: tuple[str, ...], signals: bool
) -> Pictures:  # fmt: skip
    taking = case_for(reading, number)
    case, purpose = taking.case, declared(reading, taking.case, session)
    opening = Opening(case=case, purpose=purpose, seen=taking.seen, by=taking.by)
    mask = reading.policy.catalogue.mask(wanted) if purpose else 0
    # Whom one sees follows from all that is known of them; for places alone nobody is needed.
    named = ALL if purpose and TYPE in wanted else 0
    answer = disclose(reading, [opening], wanted=mask, named=named)[0]
    rows: tuple[Row, ...] = ()
    ends: dict[str, str] = {}
    if purpose and TYPE in wanted:
        rows, ends = _relation_rows(case, {person.subject for person in answer.disclosures})
    words_mask = reading.policy.catalogue.mask(FIELDS)
    if purpose and signals:
        rows += place_rows(case)
        words_mask |= reading.policy.catalogue.mask([SIGNAL_PLACE])
    # Nothing to read, nothing to journal: the first reading stands in the journal already.
    words = disclose(reading, [replace(opening, rows=rows)], wanted=words_mask, named=words_mask) if rows else ()
    main = _main(case, answer)
    ties, said = _ties(answer, words[0] if words else None, ends, main=main)
    return Pictures(
        opened=Opened(answer=answer, case=case),
        ties=ties, said=said, main=main,
        spots=tuple(_spots([answer, *words])),
        may_add=len([person for person in answer.disclosures if person.subject]) > 1 and _may_add(reading),
    )  # fmt: skip


def _relation_rows(case: Case, seen: set[str | None]) -> tuple[tuple[Row, ...], dict[str, str]]:
    """The relations between two persons whom the reader sees, sealed, and per row the other person's uuid.

    One with a hidden end is left out before it is opened: neither page nor journal tells that it is there.
    """
    found = Relation.objects.filter(case=case, withdrawn_at=None).select_related(*WORDS_RELATIONS, "other__subject")
    shown = seen_between(found.order_by("given_at", "id"), seen)
    rows = tuple(between(row, shown[n].other) for n, row in enumerate(words_rows(shown)))
    return rows, {str(relation.uid): str(relation.other.subject.uid) for relation in shown}


def seen_between(relations: Iterable[Relation], seen: Collection[str | None]) -> list[Relation]:
    """Those of `relations` between two persons whom the reader sees; `seen`: their uuids."""
    return [
        relation
        for relation in relations
        if relation.about and str(relation.about.subject.uid) in seen and str(relation.other.subject.uid) in seen
    ]


def _main(case: Case, answer: Answer) -> str:
    """The person a `relationship_type` without another end refers to, if this reader sees them."""
    first = case.case_subjects.select_related("subject").order_by("position").first()
    uid = str(first.subject.uid) if first else ""
    return uid if any(person.subject == uid for person in answer.disclosures) else ""


def _ties(
    answer: Answer, words: Answer | None, ends: dict[str, str], *, main: str
) -> tuple[tuple[Tie, ...], tuple[Said, ...]]:
    ties: list[Tie] = []
    said: list[Said] = []
    for person in answer.disclosures:
        uid = person.subject
        for fact in person.facts:
            if fact.code not in NETWORK:
                continue
            # The catalogue says it: what this person is to the main person of the case.
            if fact.code == TYPE and uid and main and uid != main:
                ties.append(
                    Tie(about=uid, other=main, kind=kind_of(TYPE, fact.value), fact=fact, by_room=False)
                )  # fmt: skip
            else:
                said.append(Said(subject=uid, fact=fact, told=None))
        said.extend(Said(subject=uid, fact=None, told=told) for told in person.announcements if told.code in NETWORK)
    for person in words.disclosures if words else ():
        for fact in person.facts:
            if person.subject and (other := ends.get(fact.contribution)):
                ties.append(
                    Tie(about=person.subject, other=other, kind=kind_of(fact.code, fact.value), fact=fact, by_room=True)
                )
        # That a relation is held may be known; between which two would tell what it is.
        said.extend(
            Said(subject=person.subject, fact=None, told=told) for told in person.announcements if told.code in FIELDS
        )
    return tuple(ties), tuple(said)


def _spots(answers: Iterable[Answer]) -> Iterable[Spot]:
    for answer in answers:
        for person in answer.disclosures:
            for fact in person.facts:
                if fact.code in PLACES:
                    yield Spot(subject=person.subject, fact=fact)


def _may_add(reading: Reading) -> bool:
    return any(reading.visit.agency.type in reading.policy.catalogue.by_code[code].sources for code in FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """The form for a relation, before anything is typed. readers: per field the agency types that would read it."""

    place: casework.Place
    people: Answer
    fields: tuple[str, ...]
    readers: dict[str, tuple[str, ...]]


def before_adding(reading: Reading, number: str, session: Session | None) -> Adding:
    """Whom a relation may be between, which fields this agency may give, and who would read each (journalled).

    Raises NotYourCase; NotFound for a case without two people or an agency that is the source of no relation.
    """
    place = casework.place_of(reading, number)
    case = case_for(reading, number).case
    catalogue = reading.policy.catalogue
    fields = tuple(code for code in FIELDS if reading.visit.agency.type in catalogue.by_code[code].sources)
    seen = people_in(reading, case, session) if fields else None
    if seen is None or (seen.purpose and len([person for person in seen.disclosures if person.subject]) < 2):
        raise NotFound(
            _("Hier kunt u geen relatie vastleggen."),
            remedy=_("Dat kan als u twee mensen in de casus ziet en uw organisatie de bron is."),
        )
    people = people_in(reading, case, session, fields=NAMES)
    told = audience(reading, case, under=place.under)
    readers = {code: told.get(catalogue.by_code[code].bit, ()) for code in fields}
    return Adding(place=place, people=people, fields=fields, readers=readers)


def before_withdrawing(reading: Reading, number: str, uid: UUID) -> Case:
    """The case of an own relation that may be withdrawn. Raises NotYourCase, NotFound."""
    case = case_for(reading, number).case
    own_relation(reading, case, uid)
    return case
