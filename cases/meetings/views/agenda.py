"""Making the agenda: cases from the caseload, points without a case, order, minutes, a term for preparing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.meetings import pages, queries_agenda
from cases.meetings.commands import agenda as commands
from cases.meetings.forms import AskForm, PointForm, minutes_of
from cases.meetings.views.frame import attempt, back_to, bar, is_part, status_of
from foundation.errors import Invalid, Problem
from foundation.routes import Shows, route


@route("meeting_agenda", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agenda; a post keeps the minutes and then does what its button says (up, down, to, remove)."""
    reading = reading_of(request, route="meeting_agenda", event="meeting.agenda")
    problem = None
    if request.method == "POST":
        problem = attempt(None, lambda: _do(reading, uid, request.POST))
        if problem is None and not is_part(request):
            return back_to("meeting_agenda", uid)
    return _page(request, reading, uid, problem=problem)


@route("meeting_add", shows=Shows.CASE_DATA)
@require_POST
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the chosen cases on the agenda, all at once."""
    reading = reading_of(request, route="meeting_add", event="meeting.agenda")
    made: list[Any] = []
    numbers = request.POST.getlist("cases")
    problem = attempt(None, lambda: made.extend(commands.add_cases(reading, uid, numbers)))
    if problem is None:
        n = len(made)
        messages.success(
            request, ngettext("%(n)d casus op de agenda gezet.", "%(n)d casussen op de agenda gezet.", n) % {"n": n}
        )
        return back_to("meeting_agenda", uid)
    return _page(request, reading, uid, problem=problem)


@route("meeting_point", shows=Shows.CASE_DATA)
@require_POST
def point(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a point without a case on the agenda."""
    reading = reading_of(request, route="meeting_point", event="meeting.agenda")
    form = PointForm(request.POST)
    problem = None
    if form.is_valid():
        problem = attempt(form, lambda: commands.add_point(reading, uid, **form.cleaned_data))
        if problem is None and form.is_valid():
            return back_to("meeting_agenda", uid)
    return _page(request, reading, uid, problem=problem, point=form)


@route("meeting_ask", shows=Shows.CASE_DATA)
@require_POST
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the parties to prepare until a moment, or no longer."""
    reading = reading_of(request, route="meeting_ask", event="meeting.agenda")
    if "stop" in request.POST:
        commands.ask(reading, uid, until=None)
        return back_to("meeting_agenda", uid)
    form = AskForm(request.POST)
    problem = None
    if form.is_valid():
        until = form.cleaned_data["asked_by"]
        problem = attempt(form, lambda: commands.ask(reading, uid, until=until))
        if problem is None and form.is_valid():
            messages.success(request, _("De partijen zien de vraag in hun inbox en bij dit overleg."))
            return back_to("meeting_agenda", uid)
    return _page(request, reading, uid, problem=problem, ask=form)


def _do(reading: Reading, uid: UUID, data: Any) -> None:
    """Keep the minutes that were typed, then do what the button that was pressed stands for."""
    commands.set_minutes(reading, uid, {_uid(item): _whole(item, text) for item, text in minutes_of(data).items()})
    steps: dict[str, Callable[[UUID], None]] = {
        "up": lambda item: commands.shift(reading, uid, item, by=-1),
        "down": lambda item: commands.shift(reading, uid, item, by=1),
        "remove": lambda item: commands.remove(reading, uid, item),
        "drag": lambda item: commands.move(reading, uid, item, to=_whole("to", data.get("to", ""))),
    }
    for name, step in steps.items():
        if data.get(name):
            return step(_uid(data[name]))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("Dit agendapunt kennen wij niet."), field="item", remedy=_("Laad de agenda opnieuw.")) from None


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Invalid(
            _("Vul bij de minuten een heel getal in."),
            field=f"minutes-{name}",
            remedy=_("Kies een tijd van 1 tot en met %(n)d minuten.") % {"n": commands.LONGEST},
        )
    return int(text)


def _page(
    request: HttpRequest,
    reading: Reading,
    uid: UUID,
    *,
    problem: Problem | None,
    point: PointForm | None = None,
    ask: AskForm | None = None,
) -> HttpResponse:
    page = queries_agenda.agenda_page(reading, uid, request.session)
    asked = next((item.asked_by for item in page.items if item.asked_by), None)
    context: dict[str, Any] = {
        "meeting": pages.meeting(page.line),
        "items": pages.items(page),
        "balance": pages.balance(page),
        "asked_by": asked,
        "problem": problem,
        "open": page.line.state in ("planned", "running"),
    }
    if is_part(request):
        return render(request, "cases/meetings/_agenda.html", context, status=status_of(problem))
    number = request.GET.get("nummer", "")
    found = queries_agenda.candidates(reading, uid, request.session, number=number)
    named = pages.named_in([page.line.title, page.line.place, *(item.point for item in page.items)], page)
    point = point or PointForm(prefix=None)
    ask = ask or AskForm(initial={"asked_by": asked or pages.default_term(page.line.starts)})
    answers = [item.answer for item in page.items if item.answer is not None] + list(found)
    context |= {
        "bar": bar(answers),
        "candidates": [pages.candidate(answer) for answer in found],
        "many": len(found) >= queries_agenda.CANDIDATES,
        "number": number,
        "named": ", ".join(named),
        "point_form": point,
        "ask_form": ask,
        "invite_url": reverse("meeting_invitations", args=[uid]),
    }
    return render(request, "cases/meetings/agenda.html", context, status=status_of(problem, point, ask))
