"""What the API of this room takes and gives."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from cases.retention.models import Destruction
from cases.subject_requests.models import SubjectRequest
from cases.subject_requests.packs import PackLine
from cases.subject_requests.queries import ErasureView, Line, Placed, RequestView, SheetView, Withheld


class ReceiveIn(Schema):
    """As it came in. kind: access, rectification, erasure, restriction, objection. asker: person, representative."""

    kind: str
    received_on: date
    name: str
    born_on: date
    contact: str
    text: str = ""
    asker: str = "person"
    representative: str = ""


class IdentityIn(Schema):
    """how: desk, eid, known, questions."""

    how: str


class ReasonIn(Schema):
    reason: str


class PlaceIn(Schema):
    """Whether this person in this case is who asks."""

    case: UUID
    subject: UUID
    is_them: bool


class DecisionIn(Schema):
    """decision: give or withhold for access, erase or keep for erasure; the latter with a ground and a reason."""

    decision: str
    ground: str = ""
    reason: str = ""
    is_told: bool = False
    review_on: date | None = None


class LookupsIn(Schema):
    """names_staff: name who looked, with names_reason: why that outweighs their interest (CJEU C-579/21)."""

    decision: str
    ground: str = ""
    reason: str = ""
    names_staff: bool = False
    names_reason: str = ""


class CloseIn(Schema):
    """outcome, answer: for every kind but access. tells_recipients: who had what was mended (AVG art. 19)."""

    outcome: str = ""
    answer: str = ""
    tells_recipients: bool = False


class RequestLineOut(Schema):
    """sheet_open: the own agency has yet to decide. is_mine: taken in by the own agency."""

    uid: UUID
    number: str
    kind: str
    state: str
    name: str
    received_on: date
    due_on: date
    is_overdue: bool
    is_mine: bool
    sheet_open: bool


class PackOut(Schema):
    """percent: how far. files: what can be fetched."""

    state: str
    percent: int
    made_at: datetime | None
    gone_at: datetime
    is_stale: bool
    problem: str
    files: list[str]


class RequestOut(Schema):
    """n_sheets, n_closed: how many agencies were asked, and have decided; which of them know the person is not told."""

    uid: UUID
    number: str
    kind: str
    state: str
    person: dict[str, str]
    asker: str
    received_on: date
    due_on: date
    is_overdue: bool
    extension: str
    refusal: str
    identity_check: str
    identity_at: datetime | None
    n_sheets: int
    n_closed: int
    others: list[str]
    pack: PackOut | None


class FactOut(Schema):
    field: str
    value: Any
    contribution: UUID
    observed_on: date


class HoldOut(Schema):
    """contribution: the only one held; None is all that the agency gave on this person in this case."""

    uid: UUID
    contribution: UUID | None
    set_at: datetime
    lifted_at: datetime | None


class PlaceOut(Schema):
    """A person in a case. is_them: the agency's word; None while it has not spoken."""

    case: UUID
    number: str
    subject: UUID
    is_them: bool | None
    facts: list[FactOut]
    files: list[UUID]
    holds: list[HoldOut]


class ItemOut(Schema):
    contribution: UUID
    decision: str
    ground: str
    is_told: bool
    review_on: date | None


class ErasureLineOut(Schema):
    """What one case loses by the request. items: how many things. uid: of the destruction, for its certificate."""

    uid: UUID
    number: str
    items: int
    state: str
    done_at: datetime | None


class ErasureOut(Schema):
    """What waits for the second word of the agency: how much, never what."""

    sheet: UUID
    number: str
    agency: str
    due_on: date
    erasures: list[ErasureLineOut]


class SheetOut(Schema):
    """The own agency's sheet. lookups: how many by its own people. closed_at: None while it decides.

    held: number of a case -> why nothing of it may be erased.
    """

    request: UUID
    number: str
    kind: str
    person: dict[str, str]
    due_on: date
    places: list[PlaceOut]
    items: list[ItemOut]
    lookups: int
    lookups_decision: str
    names_staff: bool
    outcome: str
    answer: str
    erasures: list[ErasureLineOut]
    held: dict[str, str]
    closed_at: datetime | None


class WithheldOut(Schema):
    number: str
    name: str
    contribution: UUID
    ground: str
    reason: str
    is_told: bool
    review_on: date | None
    at: datetime


def line_out(line: Line) -> RequestLineOut:
    """A line of the list."""
    one = line.request
    return RequestLineOut(
        uid=one.uid, number=one.number, kind=one.kind, state=one.state, name=line.name, received_on=one.received_on,
        due_on=one.due_on, is_overdue=line.is_overdue, is_mine=line.is_mine, sheet_open=line.sheet_open,
    )  # fmt: skip


def pack_out(line: PackLine) -> PackOut:
    """How far a pack is."""
    return PackOut(
        state=line.state, percent=line.percent, made_at=line.made_at, gone_at=line.gone_at, is_stale=line.is_stale,
        problem=line.problem, files=["pdf", "json"] if line.is_done else [],
    )  # fmt: skip


def request_out(view: RequestView) -> RequestOut:
    """A request as its receiver sees it."""
    one = view.request
    return RequestOut(
        uid=one.uid, number=one.number, kind=one.kind, state=one.state, person=dict(view.person), asker=one.asker,
        received_on=one.received_on, due_on=one.due_on, is_overdue=view.is_overdue, extension=view.extension,
        refusal=view.refusal, identity_check=one.identity_check, identity_at=one.identity_at,
        n_sheets=view.n_sheets, n_closed=view.n_closed, others=list(view.others),
        pack=pack_out(view.pack) if view.pack else None,
    )  # fmt: skip


def step_out(one: SubjectRequest) -> dict[str, Any]:
    """What a step on a request answers with."""
    return {"uid": one.uid, "number": one.number, "state": one.state, "due_on": one.due_on}


class StepOut(Schema):
    uid: UUID
    number: str
    state: str
    due_on: date


def sheet_out(view: SheetView) -> SheetOut:
    """The own agency's sheet."""
    sheet = view.sheet
    return SheetOut(
        request=view.request.uid, number=view.request.number, kind=view.request.kind, person=dict(view.person),
        due_on=view.request.due_on, places=[_place(placed) for placed in view.places],
        items=[
            ItemOut(
                contribution=item.contribution, decision=item.decision, ground=item.ground, is_told=item.is_told,
                review_on=item.review_on,
            )
            for item in view.items.values()
        ],
        lookups=len(view.lookups), lookups_decision=sheet.lookups, names_staff=sheet.names_staff,
        outcome=sheet.outcome, answer=view.answer, erasures=[_erasure(one) for one in view.erasures],
        held=dict(view.held), closed_at=sheet.closed_at,
    )  # fmt: skip


def erasure_out(view: ErasureView) -> ErasureOut:
    """What waits for the second word."""
    return ErasureOut(
        sheet=view.sheet, number=view.number, agency=view.agency, due_on=view.due_on,
        erasures=[_erasure(one) for one in view.erasures],
    )  # fmt: skip


def _erasure(one: Destruction) -> ErasureLineOut:
    return ErasureLineOut(
        uid=one.uid, number=one.case.number, items=len(one.items), state=one.state, done_at=one.done_at
    )


def _place(placed: Placed) -> PlaceOut:
    one = placed.place
    return PlaceOut(
        case=one.case.uid, number=one.case.number, subject=one.about.subject.uid, is_them=one.said,
        facts=[
            FactOut(
                field=fact.code, value=fact.value, contribution=UUID(fact.contribution), observed_on=fact.observed_on
            )
            for person in (placed.answer.disclosures if placed.answer else ())
            for fact in person.facts
        ],
        files=[uid for uid, _given_at in one.files],
        holds=[
            HoldOut(uid=hold.uid, contribution=hold.contribution, set_at=hold.set_at, lifted_at=hold.lifted_at)
            for hold in placed.holds
        ],
    )  # fmt: skip


def withheld_out(line: Withheld) -> WithheldOut:
    """A line of the own register."""
    item = line.item
    return WithheldOut(
        number=line.number, name=line.name, contribution=item.contribution, ground=item.ground, reason=line.reason,
        is_told=item.is_told, review_on=item.review_on, at=item.at,
    )  # fmt: skip
