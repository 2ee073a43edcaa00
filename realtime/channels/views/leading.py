"""Pages of who leads a channel: opening it, its members, its term and its end."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.records.models import Case
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.channels.commands import members, opening
from realtime.channels.models import Scope
from realtime.channels.rights import check_leader

_FORMAT = "%Y-%m-%dT%H:%M"


@route("channel_open", shows=Shows.CASE_DATA)
def channel_open(request: HttpRequest, number: str) -> HttpResponse:
    """Open a channel in a case; what was typed stays when something is wrong with it."""
    reading = reading_of(request, route="channel_open", event="channel.read")
    case = queries.case_to_open_in(reading, number)
    if request.method != "POST":
        typed: dict[str, Any] = {"ends_at": _local(reading.at + timedelta(hours=8)), "submission": str(uuid4())}
        return _open_page(request, reading, case, typed)
    typed = {name: request.POST.get(name, "") for name in ("title", "scope", "under", "ends_at", "submission")}
    typed["members"] = [int(text) for text in request.POST.getlist("members") if text.isdecimal()]
    try:
        plan = opening.Plan(
            title=typed["title"], scope=typed["scope"], under=typed["under"], ends_at=_moment(typed["ends_at"]),
            members=typed["members"], submission=_uid(typed["submission"]),
        )  # fmt: skip
        made = opening.open_channel(reading, case, plan)
    except Invalid as wrong:
        return _open_page(request, reading, case, typed, wrong)
    return redirect("channel_members", uid=made.uid)


def _open_page(
    request: HttpRequest, reading: Reading, case: Case, typed: dict[str, Any], wrong: Invalid | None = None
) -> HttpResponse:
    found = members.candidates(case, at=reading.at).exclude(pk=reading.visit.membership_id)
    context = {
        "number": case.number,
        "typed": typed,
        "error": wrong,
        "scopes": [(value, label) for value, label in Scope.choices if value == Scope.OPERATION or _fits(value, case)],
        "covenants": sorted(case.covenant_codes),
        "people": [
            {"id": one.pk, "name": one.professional.name, "agency": one.agency.name,
             "chosen": one.pk in typed.get("members", ())}
            for one in found
        ],
    }  # fmt: skip
    return render(request, "realtime/channels/open.html", context, status=422 if wrong else 200)


def _fits(scope: str, case: Case) -> bool:
    return (scope == Scope.AREA) == (case.kind == "area")


@route("channel_members", shows=Shows.CASE_DATA)
def channel_members(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who belongs to the channel, its term and its end; for who leads it."""
    return _members_page(request, uid)


@require_POST
@route("channel_invite", shows=Shows.CASE_DATA)
def channel_invite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let somebody in."""
    reading = reading_of(request, route="channel_invite", event="channel.read")
    text = request.POST.get("membership", "")
    try:
        members.invite(reading, uid, membership=int(text) if text.isdecimal() else 0)
    except Invalid as wrong:
        return _members_page(request, uid, wrong)
    return redirect("channel_members", uid=uid)


@require_POST
@route("channel_put_out", shows=Shows.NOTHING)
def channel_put_out(request: HttpRequest, uid: UUID, member: UUID) -> HttpResponse:
    """End somebody's membership; their sockets are cut within a second."""
    members.put_out(reading_of(request, route="channel_put_out", event="channel.read"), uid, member=member)
    return redirect("channel_members", uid=uid)


@require_POST
@route("channel_prolong", shows=Shows.CASE_DATA)
def channel_prolong(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set another end of the term; what was typed stays when it cannot be."""
    reading = reading_of(request, route="channel_prolong", event="channel.read")
    check_leader(reading, queries.opened(reading, uid, session=request.session).channel)
    try:
        opening.prolong(reading, uid, ends_at=_moment(request.POST.get("ends_at", "")))
    except Invalid as wrong:
        return _members_page(request, uid, wrong)
    return redirect("channel_members", uid=uid)


@require_POST
@route("channel_close", shows=Shows.NOTHING)
def channel_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End the channel now."""
    opening.close(reading_of(request, route="channel_close", event="channel.read"), uid)
    return redirect("channel_list")


def _members_page(request: HttpRequest, uid: UUID, wrong: Invalid | None = None) -> HttpResponse:
    reading = reading_of(request, route="channel_members", event="channel.read")
    here = queries.opened(reading, uid, session=request.session)
    check_leader(reading, here.channel)
    inside = {one.membership_id for one in here.members}
    found = members.candidates(here.channel.case, at=reading.at).exclude(pk__in=inside)
    context = {
        "channel": here.channel,
        "members": [{"row": one, "leads": one.membership_id == here.channel.leader_id} for one in here.members],
        "people": [{"id": one.pk, "name": one.professional.name, "agency": one.agency.name} for one in found],
        "hours": settings.CHANNEL_AFTERWARDS_HOURS,
        "ends_at": request.POST.get("ends_at") or _local(here.channel.ends_at),
        "error": wrong,
    }
    return render(request, "realtime/channels/members.html", context, status=422 if wrong else 200)


def _local(at: datetime) -> str:
    return at.astimezone(clock.AMSTERDAM).strftime(_FORMAT)


def _moment(text: str) -> datetime:
    """The moment of a form, in the time of Amsterdam. Raises Invalid."""
    try:
        return datetime.strptime(text, _FORMAT).replace(tzinfo=clock.AMSTERDAM)
    except ValueError as wrong:
        raise Invalid(
            _("Dit is geen datum en tijd."), field="ends_at", remedy=_("Kies een dag en een uur uit de kalender.")
        ) from wrong


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
