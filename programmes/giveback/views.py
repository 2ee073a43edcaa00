"""The board and its projects for everybody; the list of seizures for enforcement. Forms are in views_writing.py."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.errors import Problem
from foundation.routes import Shows, route
from programmes.giveback import commands, queries
from programmes.giveback.models import GiveBackState, InterventionState, SeizureState
from programmes.giveback.rights import may_enforce, may_lead
from programmes.giveback.rules import SEIZURE_STEPS
from programmes.plans.form_pages import visit_of

_TONES: dict[str, str] = {
    GiveBackState.PROPOSED: "", GiveBackState.VOTED: "info", GiveBackState.FUNDED: "new", GiveBackState.VISIBLE: "ok",
    GiveBackState.DONE: "ok", InterventionState.PLANNED: "", InterventionState.RUNNING: "info",
    InterventionState.SCALED: "ok", InterventionState.STOPPED: "warn",
}  # fmt: skip


@route("giveback", shows=Shows.NOTHING, public=True)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Both sides on one board."""
    visit = getattr(request, "visit", None)
    found = queries.board()
    leads, own = may_lead(visit), visit.agency.id if visit else None
    context: dict[str, Any] = {
        "board": found, "leads": leads, "enforces": may_enforce(visit),
        "offers": [
            {
                "offer": one, "tone": _TONES[one.state],
                "own": leads and own == one.agency_id and one.state != InterventionState.STOPPED,
            }
            for one in found.interventions
        ],
        "projects": [
            {"project": one, "tone": _TONES[one.state], "kinds": found.paid_with.get(one.pk, ())}
            for one in found.give_backs
        ],
    }  # fmt: skip
    return render(request, "programmes/giveback/board.html", context)


@route("giveback_project", shows=Shows.NOTHING, public=True)
@require_safe
def project(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One give-back with its pictures."""
    visit = getattr(request, "visit", None)
    found = queries.project(uid)
    one = found.give_back
    own = visit is not None and may_lead(visit) and visit.agency.id == one.agency_id
    context = {
        "project": one, "kinds": found.kinds, "tone": _TONES[one.state],
        "seen": one.state in (GiveBackState.VISIBLE, GiveBackState.DONE),
        "may_vote": own and one.state == GiveBackState.PROPOSED,
        "may_fund": may_enforce(visit) and one.state == GiveBackState.VOTED,
        "may_show": own and one.state == GiveBackState.FUNDED,
        "may_finish": own and one.state == GiveBackState.VISIBLE,
    }  # fmt: skip
    return render(request, "programmes/giveback/project.html", context)


@route("giveback_picture", shows=Shows.NOTHING, public=True)
@require_safe
def picture(request: HttpRequest, uid: UUID, when: str) -> HttpResponse:
    """A photo, before or after."""
    data, kind = queries.picture_of(uid, when)
    response = HttpResponse(data, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@route("giveback_finish", shows=Shows.NOTHING)
@require_POST
def finish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A project is closed."""
    try:
        commands.finish(visit_of(request), uid)
    except Problem as problem:
        if problem.status != 422:
            raise
        messages.error(request, f"{problem.sentence} {problem.remedy}")
    else:
        messages.success(request, _("Het project is klaar."))
    return HttpResponseRedirect(reverse("giveback_project", args=[uid]))


@route("giveback_seizures", shows=Shows.NOTHING)
@require_safe
def seizures(request: HttpRequest) -> HttpResponse:
    """Single seizures, for enforcement."""
    rows = [
        {"seizure": one, "next": SeizureState(SEIZURE_STEPS[one.state]).label if one.state in SEIZURE_STEPS else ""}
        for one in queries.seizures(visit_of(request))
    ]
    return render(request, "programmes/giveback/seizures.html", {"rows": rows})
