"""What the API of this room takes and gives."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from cases.subject_requests.models import SubjectRequest
from cases.subject_requests.packs import PackLine
from cases.subject_requests.queries import Line, Placed, RequestView, SheetView, Withheld


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
    """decision: give or withhold, the latter with a ground and a reason."""

    decision: str
    ground: str = ""
    reason: str = ""
    is_told: bool = False
    review_on: date | None = None


class LookupsIn(Schema):
    decision: str
    ground: str = ""
    reason: str = ""


class CloseIn(Schema):
    """outcome, answer: for every kind but access."""

    outcome: str = ""
    answer: str = ""


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
    holds: list[HoldOut]


class ItemOut(Schema):
    contribution: UUID
    decision: str
    ground: str
    is_told: bool
    review_on: date | None


class SheetOut(Schema):
    """The own agency's sheet. lookups: how many by its own people. closed_at: None while it decides."""

    request: UUID
    number: str
    kind: str
    person: dict[str, str]
    due_on: date
    places: list[PlaceOut]
    items: list[ItemOut]
    lookups: int
    lookups_decision: str
    outcome: str
    answer: str
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
        lookups=len(view.lookups), lookups_decision=sheet.lookups, outcome=sheet.outcome, answer=view.answer,
        closed_at=sheet.closed_at,
    )  # fmt: skip


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
