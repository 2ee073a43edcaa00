"""HTML faces of this room: parse, one command or query, answer. What was typed is kept whatever goes wrong."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.casework.forms import new_submission
from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.casework.views.outcome import as_uuid, attempt, status_of
from cases.relations import commands, events, mapview, pages, queries
from cases.relations.domains import domains_context
from cases.relations.forms import RelationForm
from cases.relations.picture import people_of
from foundation.routes import Shows, route


@route("case_pictures", shows=Shows.CASE_DATA)
@require_safe
def case_pictures(request: HttpRequest, number: str) -> HttpResponse:
    """People and their relations, places on the map, life domains: as far as this reader may know them."""
    reading = reading_of(request, route="case_pictures", event=events.READ)
    found = queries.pictures(reading, number, request.session)
    if not found.answer.purpose:
        return purpose_redirect(number)
    catalogue = reading.policy.catalogue
    context = case_context(reading, found.opened, active="case_pictures")
    context |= pages.people_context(found, catalogue, number=number)
    context |= mapview.map_context(found, catalogue, number=number, view=request.GET.get("kaart", ""))
    context |= domains_context(found.answer, catalogue, number=number)
    return render(request, "cases/relations/pictures.html", context)


@route("relation_add", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def relation_add(request: HttpRequest, number: str) -> HttpResponse:
    """Say how two people are related; the page says beforehand who will read it."""
    reading = reading_of(request, route="relation_add", event=events.FORM)
    found = queries.before_adding(reading, number, request.session)
    if not found.people.purpose:
        return purpose_redirect(number)
    groups = pages.kind_groups(found, reading.policy.catalogue)
    form = RelationForm(
        request.POST or None,
        people=pages.person_options(people_of(found.people)),
        kinds=[kind for group in groups for kind in group["kinds"]],
    )
    submission = request.POST.get("submission") or new_submission()
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(
            form,
            lambda: commands.add_relation(reading, number, _related(form, submission), session=request.session),
        )
        if problem is None and form.is_valid():
            messages.success(request, _("De relatie is vastgelegd."))
            return HttpResponseRedirect(f"{reverse('case_pictures', args=[number])}#mensen")
    context = {
        "number": number,
        "groups": groups,
        "chosen": form["kind"].value() or "",
        "form": form,
        "problem": problem,
        "submission": submission,
        "back_url": reverse("case_pictures", args=[number]),
    }
    return render(request, "cases/relations/relation_form.html", context, status=status_of(form, problem))


@route("relation_withdraw", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def relation_withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Take a relation of the own agency back."""
    asked = request.method == "POST"
    reading = reading_of(request, route="relation_withdraw", event=events.WITHDRAWN if asked else events.WITHDRAWAL)
    back = f"{reverse('case_pictures', args=[number])}#mensen"
    if asked:
        commands.withdraw_relation(reading, number, uid)
        messages.success(request, _("De relatie is ingetrokken. Niemand ziet haar vanaf nu."))
        return HttpResponseRedirect(back)
    queries.before_withdrawing(reading, number, uid)
    context = {
        "title": _("Relatie intrekken"),
        "intro": _("De lijn en de regel verdwijnen voor iedereen. De casus zelf verandert niet."),
        "form": forms.Form(),
        "save_label": _("Trek in"),
        "cancel_url": back,
        "number": number,
    }
    return render(request, "cases/casework/confirm.html", context)


def _related(form: RelationForm, submission: str) -> commands.Related:
    about, other = form.two()
    return commands.Related(
        about=about, kind=form.cleaned_data["kind"], other=other, words=form.cleaned_data["words"],
        submission=as_uuid(submission),
    )  # fmt: skip
