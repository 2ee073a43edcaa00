"""The privacy officer's page for a data breach, and its list as a file. Rules and entries are made in looking.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import ports
from audit.breach import files, looking
from audit.breach.forms import BreachForm
from audit.journal.reading import admit
from foundation import clock
from foundation.errors import Invalid, NotFound
from foundation.routes import Shows, route

MOST = 100
"""Persons on the page; the files have all."""
FORMS = {"csv": ("text/csv; charset=utf-8", files.as_csv), "json": ("application/json", files.as_json)}


@route("breach", shows=Shows.JOURNAL)
@require_safe
@never_cache
def breach(request: HttpRequest) -> HttpResponse:
    """The question, and who was affected once it was asked."""
    officer = admit(getattr(request, "visit", None), route="breach")
    if not request.GET:
        return render(request, "audit/breach/page.html", {"form": BreachForm(), "crumbs": [_crumb()]})
    form = BreachForm(request.GET)
    context: dict[str, Any] = {"form": form, "crumbs": [_crumb()]}
    if form.is_valid():
        try:
            kit = looking.affected(officer, form.wanted(officer.visitor))
        except Invalid as problem:
            form.add_error(problem.field or None, f"{problem.sentence} {problem.remedy}")
        else:
            context |= _shown(kit)
            query = request.GET.urlencode()
            context["downloads"] = [
                {"url": f"{reverse('breach_file', args=[kind])}?{query}", "label": kind.upper()} for kind in FORMS
            ]
    return render(request, "audit/breach/page.html", context, status=200 if form.is_valid() else 422)


@route("breach_file", shows=Shows.JOURNAL)
@require_safe
@never_cache
def breach_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as CSV or JSON: the same question, an entry of its own."""
    officer = admit(getattr(request, "visit", None), route="breach_file")
    ports.check_fresh(request)
    if form not in FORMS:
        raise NotFound(_("Dit soort bestand is er niet."), remedy=_("Kies CSV of JSON."))
    asked = BreachForm(request.GET)
    if not asked.is_valid():
        name, errors = next(iter(asked.errors.items()))
        raise Invalid(str(errors[0]), field=name, remedy=_("Ga terug en vul de vraag opnieuw in."))
    kit = looking.download(officer, asked.wanted(officer.visitor), form=form)
    media, made = FORMS[form]
    answer = HttpResponse(made(kit), content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="datalek-{clock.today().isoformat()}.{form}"'
    return answer


def _shown(kit: looking.Kit) -> dict[str, Any]:
    persons = kit.breach.persons[:MOST]
    refs = [ref for person in persons for ref in (person.subject_ref, person.case_ref, *person.agencies)]
    names = ports.labels_of([*refs, *kit.breach.agencies])
    return {
        "kit": kit,
        "n": len(kit.breach.persons),
        "most": MOST,
        "agencies": [names.get(ref, ref) for ref in kit.breach.agencies],
        "nameless_fields": kit.names(kit.breach.nameless_fields),
        "rows": [
            {
                "person": person,
                "name": names.get(person.subject_ref, ""),
                "case": names.get(person.case_ref, ""),
                "agencies": [names.get(ref, ref) for ref in person.agencies],
                "special": kit.names(person.fields & kit.special),
                "others": kit.names(person.fields & ~kit.special),
            }
            for person in persons
        ],
    }


def _crumb() -> dict[str, str]:
    return {"label": _("Toezicht"), "url": reverse("oversight")}
