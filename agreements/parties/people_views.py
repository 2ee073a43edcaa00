"""Pages of an agency's administrator: colleagues, their roles, and the end of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.parties import commands, queries
from agreements.parties.forms import MembershipForm, RolesForm
from agreements.parties.reader import Visit
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("people", shows=Shows.OWN_ACCOUNT)
@never_cache
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The colleagues at one's own agency, for its administrator."""
    return _page(request, MembershipForm(agency_type=_admin(request).agency.type))


@route("people_grant", shows=Shows.OWN_ACCOUNT)
@require_POST
def grant(request: HttpRequest) -> HttpResponse:
    """Give somebody roles at one's own agency; what was typed stays when it cannot be done."""
    visit = _admin(request)
    form = MembershipForm(request.POST, agency_type=visit.agency.type)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        commands.grant_membership(
            visit,
            email=given["email"],
            name=given["name"],
            job_title=given["job_title"],
            roles=given["roles"],
            ends=form.ends(),
        )
    except Invalid as problem:
        form.add_error(_field_of(form, problem), f"{problem.sentence} {problem.remedy}".strip())
        return _page(request, form, status=problem.status)
    messages.success(request, _("%(name)s heeft nu een rol bij uw organisatie.") % {"name": given["name"]})
    return redirect("people")


@route("people_roles", shows=Shows.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def change_roles(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Other roles for one colleague."""
    visit = _admin(request)
    colleague = queries.colleague(visit, membership_id=membership_id)
    sent = request.POST if request.method == "POST" else None
    form = RolesForm(sent, agency_type=visit.agency.type, initial={"roles": list(colleague.roles)})
    if request.method == "POST" and form.is_valid():
        commands.change_roles(visit, membership_id=membership_id, roles=form.cleaned_data["roles"])
        messages.success(request, _("De rollen van %(name)s zijn gewijzigd.") % {"name": colleague.name})
        return redirect("people")
    return render(
        request,
        "agreements/parties/roles.html",
        {"colleague": colleague, "form": form},
        status=422 if form.errors else 200,
    )


@route("people_end", shows=Shows.OWN_ACCOUNT)
@require_POST
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a colleague's roles now."""
    ended = commands.end_membership(_admin(request), membership_id=membership_id)
    messages.success(request, _("%(name)s heeft geen rol meer bij uw organisatie.") % {"name": ended.professional.name})
    return redirect("people")


@route("people_deactivate", shows=Shows.OWN_ACCOUNT)
@require_POST
def deactivate(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Close a colleague's account."""
    closed = commands.deactivate_professional(_admin(request), membership_id=membership_id)
    messages.success(request, _("Het account van %(name)s is gesloten.") % {"name": closed.name})
    return redirect("people")


def _admin(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    commands.check_may_manage_people(visit, agency_id=visit.agency.id)
    return visit


def _page(request: HttpRequest, form: MembershipForm, *, status: int = 200) -> HttpResponse:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    context = {"colleagues": queries.colleagues(visit), "form": form, "keys": queries.system_keys(visit)}
    return render(request, "agreements/parties/people.html", context, status=status)


def _field_of(form: MembershipForm, problem: Invalid) -> str | None:
    place = "last_day" if problem.field == "ends" else problem.field
    return place if place in form.fields else None
