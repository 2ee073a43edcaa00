"""What the pages of this room take: requests, sheets and packs in words. No tables, no rights."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.casework.fact_rows import value_text
from cases.casework.words import confidence
from cases.disclosure.answer import Fact
from cases.disclosure.reading import Reading
from cases.retention.commands.on_request import RUNNING
from cases.retention.models import Destruction, DestructionState
from cases.subject_requests.choices import (
    ARTICLES,
    AT_WORK,
    CLOSED,
    HELD_BY_ITEM,
    OPEN,
    Asker,
    Decision,
    Ground,
    IdentityCheck,
    Kind,
    Outcome,
    State,
)
from cases.subject_requests.models import SubjectHold, SubjectRequest
from cases.subject_requests.packs import JSON, PDF, Fetched, PackLine
from cases.subject_requests.queries import ErasureView, Line, Placed, RequestView, SheetView, Withheld
from foundation import clock


def of_list(lines: Iterable[Line]) -> dict[str, Any]:
    """The context of list.html."""
    found = [
        {
            **_head(line.request, is_overdue=line.is_overdue),
            "name": line.name,
            "receiver": "" if line.is_mine else line.request.receiver.name,
            "url": reverse("subject_request", args=[line.request.uid]) if line.is_mine else "",
            "sheet_url": reverse("subject_sheet", args=[line.request.uid]) if _has_sheet(line) else "",
            "sheet_open": line.sheet_open,
        }
        for line in lines
    ]
    return {
        "open": [line for line in found if line["is_open"]],
        "closed": [line for line in found if not line["is_open"]],
    }


def of_request(view: RequestView) -> dict[str, Any]:
    """The context of request.html: what stands, and what can be done next."""
    request, uid = view.request, view.request.uid
    is_open = request.state in OPEN
    may_refuse = request.state in (State.INTAKE, State.SEARCHING)
    return {
        **_head(request, is_overdue=view.is_overdue),
        "person": _person(view.person),
        "asker": Asker(request.asker).label,
        "entered_by": request.entered_by.name,
        "identity": IdentityCheck(request.identity_check).label if request.identity_check else "",
        "identity_by": request.identity_by.name if request.identity_by else "",
        "identity_at": request.identity_at,
        "extension": view.extension,
        "refusal": view.refusal,
        "n_sheets": view.n_sheets,
        "n_closed": view.n_closed,
        "others": view.others,
        "identify_url": _url("subject_identify", uid) if request.state == State.INTAKE else "",
        "extend_url": _url("subject_extend", uid) if is_open and not request.extended_at else "",
        "refuse_url": _url("subject_refuse", uid) if may_refuse else "",
        "sheet_url": _url("subject_sheet", uid) if view.own_sheet else "",
        "sheet_open": view.own_sheet is not None and view.own_sheet.closed_at is None,
        "has_pack": request.state in (State.READY, State.HANDED_OUT),
        **of_pack(uid, view.pack, may_make=request.state == State.READY),
    }


def of_pack(uid: UUID, line: PackLine | None, *, may_make: bool) -> dict[str, Any]:
    """The context of _pack.html."""
    return {
        "pack": line,
        "pack_url": _url("subject_pack", uid),
        "order_url": _url("subject_pack_order", uid) if may_make and (line is None or _may_order(line)) else "",
        "pdf_url": reverse("subject_pack_fetch", args=[uid, PDF]) if line and line.is_done else "",
        "hand_out_url": _url("subject_hand_out", uid) if may_make and line and line.is_done else "",
        "json_url": reverse("subject_pack_fetch", args=[uid, JSON]) if line and line.is_done else "",
    }


def of_sheet(reading: Reading, view: SheetView) -> dict[str, Any]:
    """The context of sheet.html."""
    uid, sheet = view.request.uid, view.sheet
    may_change = view.request.state in AT_WORK
    is_open = may_change and sheet.closed_at is None
    # What lies before a second person stands until that is stopped.
    lies_before = any(one.state in RUNNING for one in view.erasures)
    may_decide = is_open and not lies_before
    return {
        **_head(view.request, is_overdue=view.is_overdue),
        "person": _person(view.person),
        "agency": sheet.agency.name_in(reading.visit.language),
        "is_closed": sheet.closed_at is not None,
        "may_change": is_open,
        "places": [_placed(reading, view, placed, may_change=may_decide) for placed in view.places],
        "is_access": view.is_access,
        "lookups": len(view.lookups),
        "lookups_last": view.lookups[-1].at if view.lookups else None,
        "lookups_given": sheet.lookups == Decision.GIVE,
        "lookups_ground": Ground(sheet.lookups_ground).label if sheet.lookups_ground else "",
        "names_staff": sheet.names_staff,
        "lookups_url": _url("subject_lookups", uid) if is_open and view.is_access else "",
        "rest_url": _url("subject_give_rest", uid) if may_decide and view.n_undecided else "",
        "rest_erases": view.request.kind == Kind.ERASURE,
        "by_item": view.by_item,
        "erasures": [erasure_line(one) for one in view.erasures],
        "propose_url": _url("subject_erasure_propose", uid) if is_open and view.may_propose else "",
        "stop_url": _url("subject_erasure_stop", uid) if lies_before else "",
        "close_url": _url("subject_close", uid) if is_open else "",
        "reopen_url": _url("subject_reopen", uid) if may_change and not is_open else "",
        "outcome": Outcome(sheet.outcome).label if sheet.outcome else "",
        "answer": view.answer,
    }


def of_erasure(view: ErasureView) -> dict[str, Any]:
    """The context of erasure.html."""
    may = view.waits and not view.is_mine
    return {
        "number": view.number,
        "agency": view.agency,
        "due_on": view.due_on,
        "items": [erasure_line(one) for one in view.erasures],
        "is_mine": view.is_mine and view.waits,
        "approve_url": _url("subject_erasure", view.sheet) if may else "",
    }


def erasure_line(found: Destruction) -> dict[str, Any]:
    """What one case loses by a request, where that stands, and who decided it."""
    done = found.state == DestructionState.DONE
    return {
        "case": found.case.number,
        "items": len(found.items),
        "state": DestructionState(found.state).label,
        "proposed_by": found.proposed_by.name,
        "approved_by": found.approved_by.name if found.approved_by else "",
        "certificate_url": _url("destruction_certificate", found.uid) if done else "",
    }


def of_register(lines: Iterable[Withheld]) -> dict[str, Any]:
    """The context of register.html."""
    return {
        "lines": [
            {
                "number": line.number, "name": line.name, "ground": Ground(line.item.ground).label,
                "reason": line.reason, "is_told": line.item.is_told, "review_on": line.item.review_on,
                "at": line.item.at, "url": _url("subject_sheet", line.item.sheet.request.uid),
            }
            for line in lines
        ]
    }  # fmt: skip


def file_answer(found: Fetched) -> HttpResponse:
    """A file as a download that nobody keeps on the way."""
    answer = HttpResponse(found.data, content_type=found.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _head(request: SubjectRequest, *, is_overdue: bool) -> dict[str, Any]:
    return {
        "number": request.number,
        "kind": Kind(request.kind).label,
        "article": ARTICLES[Kind(request.kind)],
        "state": State(request.state).label,
        "is_open": request.state in OPEN,
        "received_on": request.received_on,
        "due_on": request.due_on,
        "is_extended": request.extended_at is not None,
        "is_overdue": is_overdue,
        "days_left": (request.due_on - clock.today()).days,
    }


def _placed(reading: Reading, view: SheetView, placed: Placed, *, may_change: bool) -> dict[str, Any]:
    one = placed.place
    may_decide = may_change and bool(one.said)
    holding = {hold.contribution for hold in placed.holds if hold.lifted_at is None}
    facts: dict[str, list[Fact]] = {}
    for person in placed.answer.disclosures if placed.answer else ():
        for fact in person.facts:
            facts.setdefault(fact.contribution, []).append(fact)
    return {
        "case": one.case.number,
        "said": one.said,
        "url": reverse("subject_place", args=[view.request.uid, *one.key]) if may_change else "",
        "held": view.held.get(one.case.number, "") if view.request.kind == Kind.ERASURE else "",
        "rows": [
            *(_row(reading, view, found, holding, may_change=may_decide) for found in facts.values()),
            *(_file_row(view, uid, at, may_change=may_decide) for uid, at in one.files),
        ],
        "holds": [_hold(view, hold) for hold in placed.holds],
    }


def _row(
    reading: Reading, view: SheetView, facts: list[Fact], holding: set[UUID | None], *, may_change: bool
) -> dict[str, Any]:
    """One contribution: its fields, what was decided, and what can be."""
    first, uid = facts[0], view.request.uid
    contribution = UUID(first.contribution)
    by_code = reading.policy.catalogue.by_code
    # A contribution is graded by its source; words of a room are not, and cannot be held one by one.
    may_hold = may_change and view.request.kind in HELD_BY_ITEM and contribution not in holding and bool(first.kind)
    return {
        "facts": [
            {
                "label": by_code[fact.code].label(reading.visit.language),
                "text": value_text(by_code[fact.code], fact.value),
            }
            for fact in facts
        ],
        "on": first.observed_on,
        "statement": confidence(first.kind, first.reliability),
        **_decided(view, contribution, may_change=may_change),
        "hold_url": reverse("subject_hold", args=[uid, contribution]) if may_hold else "",
        "is_held": contribution in holding or None in holding,
    }


def _file_row(view: SheetView, uid: UUID, at: datetime, *, may_change: bool) -> dict[str, Any]:
    """A file, unopened: what was decided, and what can be."""
    return {
        "facts": [{"label": _("Bijlage"), "text": ""}],
        "on": at.astimezone(clock.AMSTERDAM).date(),
        "statement": "",
        **_decided(view, uid, may_change=may_change),
        "hold_url": "",
        "is_held": False,
    }


def _decided(view: SheetView, contribution: UUID, *, may_change: bool) -> dict[str, Any]:
    item = view.items.get(contribution)
    may_decide = may_change and view.by_item
    return {
        "decision": Decision(item.decision).label if item else "",
        "ground": Ground(item.ground).label if item and item.ground else "",
        "is_told": item.is_told if item else False,
        "decide_url": reverse("subject_decide", args=[view.request.uid, contribution]) if may_decide else "",
    }


def _hold(view: SheetView, hold: SubjectHold) -> dict[str, Any]:
    return {
        "whole": hold.contribution is None,
        "since": hold.set_at,
        "lifted_at": hold.lifted_at,
        "lift_url": reverse("subject_lift", args=[view.request.uid, hold.uid]) if hold.lifted_at is None else "",
    }


def _may_order(line: PackLine) -> bool:
    return not line.is_busy or line.is_stale


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    """Who asks, with the date of birth in words."""
    born = person.get("born_on", "")
    return {**person, "born_on": date_format(date.fromisoformat(born)) if born else ""}


def _has_sheet(line: Line) -> bool:
    return line.sheet_open or (line.request.state not in (State.INTAKE, *CLOSED) or not line.is_mine)


def _url(name: str, uid: UUID) -> str:
    return reverse(name, args=[uid])
