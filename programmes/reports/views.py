"""The pages of reports, their PDFs, and the open data."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor
from programmes.plans.rights import led_by
from programmes.reports import commands, events, open_data, queries
from programmes.reports.forms import HalfYearForm
from programmes.reports.rules import HalfYear


def label(half: HalfYear) -> str:
    """A half-year for people."""
    return _("%(half)de halfjaar van %(year)d") % {"half": half.half, "year": half.year}


@route("programme_half_years", shows=Shows.NOTHING, public=True)
@require_safe
def half_years(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of a programme."""
    shelf = queries.shelf(visitor(request), code)
    rows = [{"report": one, "label": label(HalfYear(one.year, one.half))} for one in shelf.reports]
    context = {"shelf": shelf, "programme": shelf.programme, "rows": rows, "tab": "reports"}
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"programmes/reports/{'_list' if part else 'list'}.html", context)


@route("programme_half_year_new", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def half_year_new(request: HttpRequest, code: str) -> HttpResponse:
    """Have a report made."""
    visit = visit_of(request)
    programme = led_by(visit, code, event=events.ASKED)
    halves = [(half.code, label(half)) for half in queries.shelf(visit, code).free]
    form = HalfYearForm(request.POST or None, halves=halves)
    return form_page(
        request, form, lambda given: commands.ask_half_year(visit, code, half=given["half"], text=given["text"]),
        title=_("Halfjaarbericht maken"), lead=programme.title, submit=_("Maak het bericht"),
        back=reverse("programme_half_years", args=[code]), done=_("Het bericht wordt gemaakt."),
    )  # fmt: skip


@route("programme_half_year_publish", shows=Shows.NOTHING)
@require_POST
def half_year_publish(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Give a report to everybody."""
    return act_and_return(
        request, lambda: commands.publish_half_year(visit_of(request), code, uid),
        back=reverse("programme_half_years", args=[code]), done=_("Het bericht is openbaar."),
    )  # fmt: skip


@route("programme_half_year_pdf", shows=Shows.NOTHING, public=True)
@require_safe
def half_year_pdf(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A report as PDF."""
    report, content = queries.report_content(visitor(request), code, uid)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{code}-{report.year}-{report.half}.pdf"'
    return answer


@route("programmes_open_csv", shows=Shows.NOTHING, public=True)
@require_safe
def programmes_open_csv(request: HttpRequest) -> HttpResponse:
    """All pledges as CSV."""
    answer = HttpResponse(open_data.as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="toezeggingen.csv"'
    return answer


@route("programmes_open_json", shows=Shows.NOTHING, public=True)
@require_safe
def programmes_open_json(request: HttpRequest) -> HttpResponse:
    """All programmes as JSON-LD."""
    found = open_data.as_json_ld(request.build_absolute_uri("/"))
    return JsonResponse(found, content_type="application/ld+json")
