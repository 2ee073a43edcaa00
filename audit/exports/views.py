"""The page of exports: ask, follow, fetch. Rules and entries are made in commands.py."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import ports
from audit.exports import commands, queries
from audit.exports.forms import ExportForm
from audit.exports.kinds import kinds
from audit.exports.models import Export
from audit.journal.reading import Officer, admit
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route
from foundation.sending import as_download


@route("exports", shows=Shows.JOURNAL)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports and the form; only the list when htmx asks, which it does while something is being made."""
    officer = admit(getattr(request, "visit", None), route="exports")
    if request.method != "POST":
        if request.headers.get("HX-Request") == "true":
            return render(request, "audit/exports/_list.html", _listed(officer))
        return _page(request, officer, ExportForm(officer=officer), status=200)
    ports.check_fresh(request)
    form = ExportForm(request.POST, officer=officer)
    if form.is_valid():
        try:
            commands.order(officer, form.wish())
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, _said(problem))
        else:
            messages.success(request, _("De uitvoer wordt gemaakt. U kunt deze pagina verlaten."))
            return HttpResponseRedirect(reverse("exports"))
    return _page(request, officer, form, status=422)


@route("export_resume", shows=Shows.JOURNAL)
@require_POST
@never_cache
def export_resume(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with an export that stopped."""
    commands.go_on(admit(getattr(request, "visit", None), route="export_resume"), uid)
    messages.success(request, _("De uitvoer gaat verder waar hij was gebleven."))
    return HttpResponseRedirect(reverse("exports"))


@route("export_file", shows=Shows.JOURNAL)
@require_safe
@never_cache
def export_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A finished export."""
    officer = admit(getattr(request, "visit", None), route="export_file")
    ports.check_fresh(request)
    return answer_of(request, *commands.fetch(officer, uid))


def answer_of(request: HttpRequest, export: Export, parts: Iterator[bytes]) -> HttpResponseBase:
    """The file as it leaves, piece by piece; its hash stands in the journal and in the list."""
    kind = kinds()[export.kind]
    day = export.since.astimezone(clock.AMSTERDAM).date().isoformat()
    name = "-".join(part for part in ("verbond", export.kind.replace("_", "-"), export.covenant, day) if part)
    return as_download(
        request, parts, name=f"{name}.{kind.extension}", content_type=kind.media, length=export.size
    )  # fmt: skip


def _page(request: HttpRequest, officer: Officer, form: ExportForm, *, status: int) -> HttpResponse:
    context = _listed(officer) | {
        "form": form,
        "notes": [(kind.label, kind.note) for kind in kinds().values()],
        "crumbs": [{"label": _("Toezicht"), "url": reverse("oversight")}],
    }
    return render(request, "audit/exports/page.html", context, status=status)


def _listed(officer: Officer) -> dict[str, Any]:
    found = queries.lines(officer)
    names = ports.labels_of(line.of_agency for line in found)
    return {
        "lines": [{"line": line, "agency": names.get(line.of_agency, "")} for line in found],
        "is_busy": any(line.is_busy for line in found),
    }


def _said(problem: Invalid) -> str:
    return f"{problem.sentence} {problem.remedy}".strip()
