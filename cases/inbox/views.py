"""HTML faces of this room: parse, one command or query, answer."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.casework.forms import new_submission
from cases.casework.views.frame import reading_of
from cases.casework.views.outcome import as_uuid, attempt, status_of
from cases.inbox import commands, events, pages, queries
from cases.inbox.forms import DecideForm, EscalateForm
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("inbox", shows=Shows.CASE_DATA)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, and what changed in my cases that I may see."""
    reading = reading_of(request, route="inbox", event=events.READ)
    found = queries.inbox(reading, request.session, after=request.GET.get("na", ""))
    context = {
        "bar": {
            "purpose_label": _("uw eigen casussen, elk voor zijn doel"),
            "n_visible": sum(answer.n_visible for answer in found.news.looked),
        },
        "groups": pages.waiting_groups(found),
        "cases": [pages.news_line(news) for news in found.news.cases],
        "counts": pages.counts(found),
        "made_at": found.at.isoformat(),
        "fresh_url": f"{reverse('inbox_fresh')}?sinds={found.at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "read_all_url": reverse("inbox_read_all"),
        "next_url": f"{reverse('inbox')}?na={found.news.cursor}" if found.news.cursor else "",
        "prev_url": reverse("inbox") if request.GET.get("na") else "",
    }
    return render(request, "cases/inbox/inbox.html", context)


@route("inbox_fresh", shows=Shows.CASE_DATA)
@require_safe
def fresh(request: HttpRequest) -> HttpResponse:
    """Whether there is anything new since the page was made; nothing on it moves until the reader asks."""
    reading = reading_of(request, route="inbox_fresh", event=events.FRESH)
    n = queries.fresh(reading, request.session, since=_moment(request.GET.get("sinds", "")))
    if not n:
        return HttpResponse("")
    return render(request, "cases/inbox/_fresh.html", {"label": pages.fresh_label(n), "url": reverse("inbox")})


@route("inbox_read", shows=Shows.NOTHING)
@require_POST
def read(request: HttpRequest, number: str) -> HttpResponse:
    """What changed in one case is no longer new for me."""
    reading = reading_of(request, route="inbox_read", event=events.MARKED)
    commands.mark_read(reading, number, until=_until(request))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/inbox/_read.html", {"number": number})
    return HttpResponseRedirect(reverse("inbox"))


@route("inbox_read_all", shows=Shows.NOTHING)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """The same for all cases on the page."""
    reading = reading_of(request, route="inbox_read_all", event=events.MARKED)
    until = _until(request)
    for number in request.POST.getlist("casus")[:100]:
        commands.mark_read(reading, number, until=until)
    return HttpResponseRedirect(reverse("inbox"))


@route("escalate", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def escalate(request: HttpRequest, number: str) -> HttpResponse:
    """One sentence to the own leadership; below it what was asked in this case before."""
    reading = reading_of(request, route="escalate", event=events.FORM)
    found = queries.to_escalate(reading, number)
    form = EscalateForm(request.POST or None, agencies=[(source.code, source.name) for source in found.agencies])
    submission = request.POST.get("submission") or new_submission()
    problem = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        problem = attempt(
            form,
            lambda: commands.escalate(
                reading, number, question=given["question"], blocked_by=given["blocked_by"],
                submission=as_uuid(submission),
            ),
        )  # fmt: skip
        if problem is None and form.is_valid():
            messages.success(request, _("Uw vraag ligt bij de leiding van uw organisatie."))
            return HttpResponseRedirect(reverse("escalate", args=[number]))
    context = {
        "number": number,
        "days": settings.ESCALATION_WORKING_DAYS,
        "earlier": [pages.escalation_line(line) for line in found.earlier],
        "form": form,
        "problem": problem,
        "submission": submission,
        "case_url": reverse("case", args=[number]),
        "done_url": reverse("escalate", args=[number]),
        "draft_minutes": settings.DRAFT_MINUTES,
    }
    return render(request, "cases/inbox/escalate.html", context, status=status_of(form, problem))


@route("escalation", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def escalation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One escalation: the leadership decides, the asker reads the decision."""
    reading = reading_of(request, route="escalation", event=events.OPENED)
    commands.mark_seen(reading, uid)
    line = pages.escalation_line(queries.one_escalation(reading, uid))
    form = DecideForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: commands.decide(reading, uid, words=form.cleaned_data["words"]))
        if problem is None and form.is_valid():
            messages.success(request, _("Uw besluit is opgeslagen. Wie vroeg, ziet het in de inbox."))
            return HttpResponseRedirect(reverse("inbox"))
    context = {"line": line, "form": form, "problem": problem, "inbox_url": reverse("inbox")}
    return render(request, "cases/inbox/escalation.html", context, status=status_of(form, problem))


def _until(request: HttpRequest) -> datetime | None:
    """When the list was made that the reader looked at; None (now) when the form does not say."""
    text = request.POST.get("tot", "")
    return _moment(text) if text else None


def _moment(text: str) -> datetime:
    """The moment a page was made. Raises Invalid for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid(_("Dit moment klopt niet."), field="sinds", remedy=_("Laad de inbox opnieuw."))
    return found
