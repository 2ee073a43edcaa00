"""Each read of this room. Words leave as answers of disclosure; what came of a question, as far as one may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agreements.models import Agency
from agreements.policy.question import Delivery
from audit.journal.apart import append_apart
from cases.casework import queries as casework
from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer, Fact, Source
from cases.disclosure.audience import audience
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading, codes
from cases.disclosure.refusals import case_for, partner_for
from cases.disclosure.rows import WORDS_RELATIONS, Row, standing_rows, words_rows
from cases.records.models import Case
from cases.requests import foresight
from cases.requests.commands.answering import given_since
from cases.requests.commands.asking import askable, asked_agency, person_of
from cases.requests.models import Note, Reply, Request, RequestState
from cases.requests.rights import request_for, requests_of
from foundation import clock
from foundation.masks import from_hex

WORDS = ("request_text", "case_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as this reader may know it.

    why, reply: words that disclosure gave, or None. state, given: what came of it, counted over the fields of which
    this reader may know that they are held; for the agency that was asked, as it is. ground: "" unless its words
    may be read. closed: settled in a way that this reader may not know.
    """

    uid: UUID
    by: str
    asker: Source
    asked: Source
    subject: str | None
    fields: tuple[str, ...]
    given: tuple[str, ...]
    due_on: date
    asked_at: datetime
    settled_at: datetime | None
    state: str
    closed: bool
    is_mine: bool
    for_me: bool
    why: Fact | None
    reply: Fact | None
    ground: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note that this reader may read."""

    fact: Fact
    own_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The questions and notes of one case, with the head of its pages; who_reads: types that would read a new note."""

    opened: casework.Opened
    requests: tuple[Asked, ...]
    notes: tuple[Noted, ...]
    who_reads: tuple[str, ...]


def case_requests(reading: Reading, number: str, session: Session | None) -> Shown:
    """The questions and notes of case `number` that this reader may know. Raises NotYourCase (journalled).

    Without a declared purpose both are empty.
    """
    opened = casework.open_head(reading, number, session)
    case, purpose = opened.case, opened.answer.purpose
    if not purpose:
        return Shown(opened=opened, requests=(), notes=(), who_reads=())
    found = list(requests_of(reading, case))
    notes = list(Note.objects.filter(case=case).select_related(*WORDS_RELATIONS).order_by("-given_at", "-id"))
    told = _told(reading, case, found, purpose=purpose, more=words_rows(notes))
    return Shown(
        opened=opened,
        requests=tuple(_asked(reading, case, request, told, purpose=purpose) for request in found),
        notes=tuple(
            Noted(fact=fact, own_only=codes(note.heard) == {reading.visit.agency.code})
            for note in notes
            if (fact := told.facts.get(str(note.uid)))
        ),
        who_reads=_who_reads(reading, case),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """One request on a page of its own. partner: the reader is a third party. given: what it gave so far."""

    case: Case
    request: Asked
    partner: bool
    given_so_far: tuple[str, ...]
    answer: Answer


def one_request(reading: Reading, number: str, uid: UUID, session: Session | None) -> ToAnswer:
    """One request as its asker or who is asked may know it. Raises NotYourCase (journalled), NotFound."""
    partner = partner_for(reading, number)
    request = request_for(reading, number, uid)
    case = partner or case_for(reading, number).case
    purpose = declared(reading, case, session) or case.purpose
    via = Delivery.EXTRACT if partner else Delivery.LIVE
    told = _told(reading, case, [request], purpose=purpose, via=via)
    so_far: tuple[str, ...] = ()
    if request.asked_agency_id == reading.visit.agency.id and request.state == RequestState.OPEN:
        so_far = _codes(reading, given_since(request)[0])
    return ToAnswer(
        case=case,
        request=_asked(reading, case, request, told, purpose=purpose),
        partner=partner is not None,
        given_so_far=so_far,
        answer=told.answer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """Whom one may ask in a case, and what an answer of the chosen one would show to whom.

    reads_why: codes of the agencies among asker, asked and lead that would read the words of the question.
    """

    place: casework.Place
    purpose: str
    agencies: tuple[Source, ...]
    chosen: Source | None
    fields: tuple[foresight.Foreseen, ...]
    reads_why: frozenset[str]


def whom_to_ask(
    reading: Reading, number: str, session: Session | None, *, agency: str = "", person: UUID | None = None
) -> Askable:
    """The form for asking, before anything is typed: rules, and the names of the persons (journalled).

    Raises NotYourCase, Invalid for a person who is not in the case.
    """
    case = case_for(reading, number).case
    purpose = declared(reading, case, session)
    others = askable(reading, case)
    chosen = next((found for found in others if found.code == agency), None)
    about = person_of(case, person)
    fields: list[foresight.Foreseen] = []
    reads: frozenset[str] = frozenset()
    if chosen is not None:
        fields = foresight.foreseen(reading, case, chosen, purpose=purpose, about=about)
        reads = foresight.words_readers(reading, case, "request_text", (chosen, case.lead), about=about)
    return Askable(
        # Names are opened when they are shown: once it is clear whom one asks.
        place=casework.place_with_people(reading, number, session) if chosen else casework.place_of(reading, number),
        purpose=purpose,
        agencies=tuple(_source(found) for found in others),
        chosen=_source(chosen) if chosen else None,
        fields=tuple(fields),
        reads_why=reads,
    )


def fields_to_ask(
    reading: Reading, number: str, session: Session | None, *, agency: str, person: UUID | None = None
) -> tuple[foresight.Foreseen, ...]:
    """What an answer of one agency would show to whom: rules alone, journalled as asked.

    Raises NotYourCase, Invalid for an agency that takes no part or a person who is not in the case.
    """
    case = case_for(reading, number).case
    asked, about = asked_agency(reading, case, agency), person_of(case, person)
    purpose = declared(reading, case, session)
    found = foresight.foreseen(reading, case, asked, purpose=purpose, about=about)
    append_apart([reading.entry(case_ref=case.ref, purpose=purpose, detail={"asked": asked.code})])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    """What disclosure gave: words by the uid of their row, and announced fields by contribution."""

    answer: Answer
    facts: dict[str, Fact]
    held: dict[str, int]


def _told(
    reading: Reading,
    case: Case,
    requests: list[Request],
    *,
    purpose: str,
    more: tuple[Row, ...] = (),
    via: Delivery = Delivery.LIVE,
) -> _Told:
    """Words of these requests and their replies opened; the fields that answered them only told, unopened."""
    replies = Reply.objects.filter(request__in=requests).select_related(*WORDS_RELATIONS)
    rows = words_rows([*requests, *replies]) + more + _answers(reading, case, requests)
    asked = 0
    for request in requests:
        asked |= from_hex(request.fields)
    words = reading.policy.catalogue.mask(WORDS)
    opening = Opening(case=case, purpose=purpose, rows=rows, via=via)
    return _sorted_out(disclose(reading, [opening], wanted=words, named=asked)[0])


def _answers(reading: Reading, case: Case, requests: Iterable[Request]) -> tuple[Row, ...]:
    named = {uid for request in requests for uid in request.answers}
    if not named:
        return ()
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    return tuple(row for row in standing_rows([case.pk], day=day)[case.pk] if str(row.uid) in named)


def _sorted_out(answer: Answer) -> _Told:
    facts: dict[str, Fact] = {}
    held: dict[str, int] = {}
    for person in answer.disclosures:
        facts |= {fact.contribution: fact for fact in person.facts}
        for told in person.announcements:
            held[told.contribution] = held.get(told.contribution, 0) | 1 << told.bit
    return _Told(answer, facts, held)


def _asked(reading: Reading, case: Case, request: Request, told: _Told, *, purpose: str) -> Asked:
    own = reading.visit.agency.id
    for_me = request.asked_agency_id == own
    asked = known = from_hex(request.fields)
    if for_me:
        given = from_hex(request.given)
    else:
        known = asked & foresight.knowable(reading, case, request.asked_agency, purpose=purpose, about=request.about)
        given = known & _held(told, request)
    state, closed = _state_for(request, known=known, given=given)
    reply = getattr(request, "reply", None)
    reply_fact = told.facts.get(str(reply.uid)) if reply else None
    shows_ground = bool(reply_fact) and state != RequestState.ANSWERED
    return Asked(
        uid=request.uid, by=request.entered_by.name if request.entered_by else "",
        asker=_source(request.source), asked=_source(request.asked_agency),
        subject=str(request.about.subject.uid) if request.about else None,
        fields=_codes(reading, asked), given=_codes(reading, given),
        due_on=request.due_on, asked_at=request.given_at, settled_at=request.settled_at,
        state=state, closed=closed,
        is_mine=request.source_id == own, for_me=for_me,
        why=told.facts.get(str(request.uid)),
        reply=reply_fact if reply and reply.in_own_words else None,
        ground=str(reply.ground) if reply and shows_ground else "",
        overdue=request.state == RequestState.OPEN and request.due_on < clock.today(),
    )  # fmt: skip


def _held(told: _Told, request: Request) -> int:
    mask = 0
    for uid in request.answers:
        mask |= told.held.get(uid, 0)
    return mask & from_hex(request.given)


def _state_for(request: Request, *, known: int, given: int) -> tuple[str, bool]:
    """The state as this reader may know it, and whether it only learns that the question is closed.

    Counted over `known` alone: whether a field that one may not know of was given must not show in the state.
    """
    if request.state in (RequestState.OPEN, RequestState.WITHDRAWN):
        return str(request.state), False
    if not known:
        return "", True
    if given == known:
        return str(RequestState.ANSWERED), False
    return str(RequestState.PARTLY if given else RequestState.REFUSED), False


def _who_reads(reading: Reading, case: Case) -> tuple[str, ...]:
    under = casework.place_of(reading, case.number).under
    bit = reading.policy.catalogue.by_code["case_note"].bit
    return audience(reading, case, under=under).get(bit, ())


def _codes(reading: Reading, mask: int) -> tuple[str, ...]:
    return tuple(field.code for field in reading.policy.catalogue.fields if mask >> field.bit & 1)


def _source(agency: Agency) -> Source:
    return Source(code=agency.code, type=agency.type, name=agency.name)
