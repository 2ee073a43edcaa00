"""Each read of this room. Facts come by disclosure and are the reader's own agency's; every look is journalled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.models import Agency
from audit.journal.apart import append_apart, keep
from audit.journal.entry import Outcome
from audit.journal.lookups import Lookup, lookups_about
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import disclose
from cases.disclosure.reading import Reading
from cases.retention.commands.on_request import erasures_of, held_by, may_decide
from cases.retention.models import Destruction, DestructionState, RetentionHold
from cases.subject_requests import events
from cases.subject_requests.boxes import opened
from cases.subject_requests.choices import AT_WORK, DECISIONS, OPEN, Decision, Kind
from cases.subject_requests.commands.erasing import to_erase
from cases.subject_requests.contents import openings_of
from cases.subject_requests.models import DecisionSheet, SheetItem, SubjectHold, SubjectRequest
from cases.subject_requests.own import OwnPlace, own_places
from cases.subject_requests.packs import PackLine, line_of
from cases.subject_requests.rights import check_handles, request_for, sheet_for
from foundation import clock
from foundation.errors import NotFound

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A request in the list, with the name of who asks. is_mine: taken in by the reader's agency."""

    request: SubjectRequest
    name: str
    is_overdue: bool
    is_mine: bool
    sheet_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request as its receiver sees it: how many controllers decided, never which, nor what.

    others: agencies without anybody who answers requests here; whoever took the request in asks them by letter.
    """

    request: SubjectRequest
    person: Mapping[str, Any]
    extension: str
    refusal: str
    is_overdue: bool
    n_sheets: int
    n_closed: int
    own_sheet: DecisionSheet | None
    others: tuple[str, ...]
    pack: PackLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A person on a sheet: what the controller gave (None: nothing, it only looked), and its holds."""

    place: OwnPlace
    answer: Answer | None
    holds: tuple[SubjectHold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A controller's own sheet. items: by contribution. lookups: by its own people, of the persons on it.

    erasures: what was put before a second person. held: number of a case -> why nothing of it may be erased.
    may_propose: something that was decided on is not before a second person yet.
    """

    sheet: DecisionSheet
    request: SubjectRequest
    person: Mapping[str, Any]
    is_overdue: bool
    places: tuple[Placed, ...]
    items: Mapping[UUID, SheetItem]
    lookups: tuple[Lookup, ...]
    answer: str
    erasures: tuple[Destruction, ...]
    held: Mapping[str, str]
    may_propose: bool

    @property
    def is_access(self) -> bool:
        """Whether facts are given by it."""
        return self.request.kind == Kind.ACCESS

    @property
    def by_item(self) -> bool:
        """Whether each contribution is decided on."""
        return self.request.kind in DECISIONS

    @property
    def n_undecided(self) -> int:
        """How many of those still await a decision."""
        mine = (uid for placed in self.places if placed.place.said for uid in placed.place.uids)
        return sum(uid not in self.items for uid in mine) if self.by_item else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A line of the register: what this controller withheld or did not erase, from whom, on which ground and why."""

    item: SheetItem
    number: str
    name: str
    reason: str


def overview(reading: Reading) -> tuple[Line, ...]:
    """Requests that the reader's agency took in or must decide on; open ones by term, then the closed ones.

    Raises NotHandling.
    """
    check_handles(reading)
    own = reading.visit.agency.id
    sheets = dict(DecisionSheet.objects.filter(agency_id=own).values_list("request_id", "closed_at"))
    mine = SubjectRequest.objects.filter(receiver_id=own) | SubjectRequest.objects.filter(pk__in=list(sheets))
    found = sorted(
        mine.select_related("receiver").distinct()[:MOST], key=lambda one: (one.state not in OPEN, one.due_on)
    )
    _journal(reading, events.LISTED, requests=len(found))
    return tuple(
        Line(
            request=one, name=opened(one.person).get("name", ""), is_overdue=is_overdue(one),
            is_mine=one.receiver_id == own,
            sheet_open=one.pk in sheets and sheets[one.pk] is None and one.state in AT_WORK,
        )
        for one in found
    )  # fmt: skip


def read_request(reading: Reading, uid: UUID) -> RequestView:
    """A request that the reader's agency took in. Raises NotHandling, NotYourRequest."""
    request = request_for(reading, uid)
    sheets = list(request.sheets.select_related("agency"))
    _journal(reading, events.READ, request=request.number)
    asked = {sheet.agency_id for sheet in sheets}
    return RequestView(
        request=request,
        person=opened(request.person),
        extension=opened(request.extended).get("reason", ""),
        refusal=opened(request.refused).get("reason", ""),
        is_overdue=is_overdue(request),
        n_sheets=len(sheets),
        n_closed=sum(1 for sheet in sheets if sheet.closed_at),
        own_sheet=next((sheet for sheet in sheets if sheet.agency_id == reading.visit.agency.id), None),
        others=_others(asked, reading.visit.language) if asked else (),
        pack=line_of(request, at=reading.at),
    )


def read_sheet(reading: Reading, uid: UUID) -> SheetView:
    """The sheet of the reader's own agency, with the facts that it gave itself. Raises NotHandling, NotYourRequest."""
    sheet = sheet_for(reading, uid)
    places = own_places(sheet, agency_ref=reading.visit.agency_ref, at=reading.at)
    # Of who turned out to be somebody else nothing is opened any more.
    shown = [one for one in places if one.said is not False]
    answers = iter(disclose(reading, openings_of(shown)))
    held: dict[tuple[UUID, UUID], list[SubjectHold]] = {}
    for row in sheet.holds.order_by("set_at", "pk"):
        held.setdefault((row.case, row.subject), []).append(row)
    placed = tuple(
        Placed(
            place=one, answer=next(answers) if one in shown and one.rows else None, holds=tuple(held.get(one.key, ()))
        )
        for one in places
    )
    left = to_erase(reading, sheet) if sheet.request.kind == Kind.ERASURE else []
    _journal(reading, events.SHEET_READ, request=sheet.request.number)
    return SheetView(
        sheet=sheet, request=sheet.request, person=opened(sheet.request.person),
        is_overdue=is_overdue(sheet.request), places=placed,
        items={item.contribution: item for item in sheet.items.all()},
        lookups=_lookups(reading, sheet, shown), answer=opened(sheet.answer).get("answer", ""),
        erasures=erasures_of(sheet.uid), held=_held(places), may_propose=any(uids for _one, uids in left),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureView:
    """What somebody else of the agency proposes to erase on request: how much of which case, never what."""

    sheet: UUID
    number: str
    agency: str
    due_on: date
    erasures: tuple[Destruction, ...]
    is_mine: bool

    @property
    def waits(self) -> bool:
        """Whether some of it waits for the second word."""
        return any(one.state == DestructionState.PROPOSED for one in self.erasures)


def read_erasure(reading: Reading, uid: UUID) -> ErasureView:
    """What the sheet `uid` puts before a second person, for who may say that word. Raises NotFound (journalled)."""
    found = tuple(one for one in erasures_of(uid) if may_decide(reading, one))
    sheet = DecisionSheet.objects.filter(uid=uid).select_related("request", "agency").first()
    if not found or sheet is None:
        append_apart([reading.entry(event=events.REFUSED_TO, outcome=Outcome.REFUSED)])
        raise NotFound(_("Dit voorstel bestaat niet, of u beslist er niet over."), remedy=_("Ga terug naar uw inbox."))
    _journal(reading, events.ERASURE_READ, request=sheet.request.number)
    mine = any(one.proposed_by_id == reading.visit.professional_id for one in found)
    return ErasureView(
        sheet=uid, number=sheet.request.number, agency=sheet.agency.name_in(reading.visit.language),
        due_on=sheet.request.due_on, erasures=found, is_mine=mine,
    )  # fmt: skip


def register(reading: Reading) -> tuple[Withheld, ...]:
    """What the reader's own agency withheld or kept, newest first; nobody else sees it. Raises NotHandling."""
    check_handles(reading)
    withheld = [Decision.WITHHOLD, Decision.KEEP]
    rows = SheetItem.objects.filter(sheet__agency_id=reading.visit.agency.id, decision__in=withheld)
    found = list(rows.select_related("sheet__request").order_by("-at")[:MOST])
    _journal(reading, events.REGISTER, items=len(found))
    return tuple(
        Withheld(
            item=item, number=item.sheet.request.number, name=opened(item.sheet.request.person).get("name", ""),
            reason=opened(item.reason).get("reason", ""),
        )
        for item in found
    )  # fmt: skip


def is_overdue(request: SubjectRequest) -> bool:
    """Whether an open request is past its term."""
    return request.state in OPEN and request.due_on < clock.today()


def _lookups(reading: Reading, sheet: DecisionSheet, shown: list[OwnPlace]) -> tuple[Lookup, ...]:
    if sheet.request.kind != Kind.ACCESS:
        return ()
    subjects = tuple(sorted({one.about.subject.ref for one in shown}))
    detail = {"request": sheet.request.number}
    return lookups_about(reading.visit, subjects, route=reading.route, event=events.LOOKUPS, detail=detail)


def _held(places: tuple[OwnPlace, ...]) -> dict[str, str]:
    found = {one.case.number: held_by(one.case) for one in places}
    return {
        number: str(RetentionHold.Reason(hold.reason).label) for number, hold in found.items() if hold is not None
    }  # fmt: skip


def _others(asked: set[int], language: str) -> tuple[str, ...]:
    found = Agency.objects.exclude(pk__in=asked).order_by("name")
    return tuple(agency.name_in(language) for agency in found)


def _journal(reading: Reading, event: str, **detail: str | int) -> None:
    keep([reading.entry(event=event, purpose="subject_request", detail=detail)])
