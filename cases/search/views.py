"""The page of search. The question travels in the body and stays in the session: never in an address or a log."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agreements.covenants import labels
from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.search import pages, queries
from cases.search.forms import SearchForm
from cases.search.limits import TooManySearches
from foundation.errors import Invalid
from foundation.routes import Shows, route

_ASKED, _PURPOSE = "search", "search_purpose"
_SHOWN, _AFTER = "uitkomst", "na"


@route("search", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask (POST, or a link with `q`), and then the answer under an address that names nobody, so that Back works."""
    typed = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" or "q" in request.GET:
        request.session[_ASKED] = {"q": typed.get("q", "")[:200], "doel": typed.get("doel", "")[:40]}
        return HttpResponseRedirect(f"{reverse('search')}?{_SHOWN}=1")
    reading = reading_of(request, route="search", event="search.hit")
    queries.check_may_search(reading)
    asked = request.session.get(_ASKED) if _SHOWN in request.GET or _AFTER in request.GET else None
    options = [(option.code, str(option.label)) for option in queries.purpose_options(reading)]
    purpose = _purpose(request, options, asked)
    if not asked:
        return _page(request, SearchForm(purposes=options, initial={"doel": purpose}))
    return _answer(request, reading, SearchForm({"q": asked["q"], "doel": purpose}, purposes=options))


def _purpose(request: HttpRequest, options: list[tuple[str, str]], asked: dict[str, str] | None) -> str:
    """What was chosen now, else what was chosen before in this visit, else the only one there is."""
    codes = [code for code, _label in options]
    before = [(asked or {}).get("doel", ""), request.session.get(_PURPOSE, ""), *(codes if len(codes) == 1 else [])]
    return next((code for code in before if code in codes), "")


def _answer(request: HttpRequest, reading: Reading, form: SearchForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = queries.Asked(text=form.cleaned_data["q"], purpose=form.cleaned_data["doel"])
    try:
        found = queries.search(reading, asked, after=request.GET.get(_AFTER, ""))
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else None, f"{problem.sentence} {problem.remedy}")
        return _page(request, form, status=problem.status)
    except TooManySearches as problem:
        return _page(request, form, status=problem.status, problem=problem)
    request.session[_PURPOSE] = asked.purpose
    question = queries.parts_of(asked.text)
    return _page(
        request,
        form,
        hits=[pages.hit_row(hit, reading.policy.catalogue, question) for hit in found.hits],
        asked=True,
        bar={"purpose_label": labels.label("purpose", asked.purpose)},
        next_url=f"{reverse('search')}?{_AFTER}={found.cursor}" if found.cursor else "",
        prev_url=f"{reverse('search')}?{_SHOWN}=1" if request.GET.get(_AFTER) else "",
    )


def _page(request: HttpRequest, form: SearchForm, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"form": form, "known_checks_url": pages.known_checks_url(), "worklist_url": reverse("worklist")}
    response = render(request, "cases/search/search.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
