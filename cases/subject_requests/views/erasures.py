"""Pages of erasing on request: put before a second person, whose page it is then, approved or stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.views.frame import reading_of
from cases.subject_requests import commands, events, pages, queries
from cases.subject_requests.views.acting import at_once
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("subject_erasure_propose", shows=Shows.NOTHING)
@require_POST
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put what this sheet erases before a second person."""
    return at_once(
        request, uid, route="subject_erasure_propose", event=events.PROPOSED, do=commands.propose_erasure,
        back="subject_sheet", part="#wissen", said=_("Voorgelegd. Een ander kijkt mee voordat iets verdwijnt."),
    )  # fmt: skip


@route("subject_erasure_stop", shows=Shows.NOTHING)
@require_POST
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the proposal back."""
    return at_once(
        request, uid, route="subject_erasure_stop", event=events.STOPPED, do=commands.stop_erasure,
        back="subject_sheet", part="#wissen", said=_("Gestopt. Er is niets gewist."),
    )  # fmt: skip


# How many things in which case, by whom proposed; no fact and no name of the person concerned.
@route("subject_erasure", shows=Shows.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """What a colleague proposes to erase: approve it, as the second person."""
    reading = reading_of(request, route="subject_erasure", event=events.APPROVED)
    problem = None
    if request.method == "POST":
        try:
            commands.approve_erasure(reading, sheet)
        except Invalid as found:
            problem = found
        else:
            messages.success(request, _("Goedgekeurd. Vannacht wordt het gewist."))
            return HttpResponseRedirect(reverse("subject_erasure", args=[sheet]))
    context = pages.of_erasure(queries.read_erasure(reading, sheet)) | {"problem": problem}
    return render(request, "cases/subject_requests/erasure.html", context, status=problem.status if problem else 200)
