"""The privacy officer's pages of the journal. Every rule and every entry is made in reading.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import ports
from audit.journal import queries, reading
from audit.journal.forms import OUTCOMES, JournalForm
from foundation.routes import Shows, route

ACTIONS = {
    "C": gettext_lazy("aangemaakt"),
    "R": gettext_lazy("gelezen"),
    "U": gettext_lazy("gewijzigd"),
    "D": gettext_lazy("verwijderd"),
    "E": gettext_lazy("uitgevoerd"),
}
PART_KINDS = {
    "subject": gettext_lazy("Betrokkene"),
    "actor": gettext_lazy("Naam van de lezer"),
    "reason": gettext_lazy("Reden in woorden"),
    "history": gettext_lazy("Versie van de inhoud"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """A line with names instead of references."""

    line: queries.Line
    url: str
    event: str
    action: str
    outcome: str
    actor: str
    agency: str
    case: str
    purpose: str


PURPOSE = "purpose:"
ROLE = "role:"


@route("journal", shows=Shows.JOURNAL)
@require_safe
@never_cache
def journal(request: HttpRequest) -> HttpResponse:
    """The list with its filters; only the lines when htmx asks."""
    officer = reading.admit(getattr(request, "visit", None), route="journal")
    before = request.GET.get("before", "")
    form = JournalForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "lines": (),
        "narrowed": any(v for k, v in request.GET.items() if v),
    }
    if form.is_valid():
        page = reading.read_page(officer, form.wanted(officer.visitor), before=before)
        context |= {
            "lines": shown(page.lines),
            "older_url": _older_url(request, page.older),
            "before": before,
        }
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    template = "audit/journal/_rows.html" if asked_by_htmx else "audit/journal/page.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)


@route("journal_entry", shows=Shows.JOURNAL)
@require_safe
@never_cache
def journal_entry(request: HttpRequest, uid: str) -> HttpResponse:
    """One entry: who, what, why, and whether body, hash and columns agree."""
    officer = reading.admit(getattr(request, "visit", None), route="journal_entry")
    found = reading.read_entry(officer, uid)
    names = ports.labels_of([part.text for part in found.parts if part.kind == "subject"])
    parts = [
        {"label": PART_KINDS[part.kind], "part": part, "text": names.get(part.text, part.text)} for part in found.parts
    ]
    context = {
        "found": found,
        "shown": shown([found.line])[0],
        "act": found.body.get("act", {}),
        "matter": found.body.get("matter", {}),
        "roles": _role_names(found.body.get("act", {}).get("roles", ())),
        "parts": parts,
        "crumbs": [{"label": _("Logboek"), "url": reverse("journal")}],
    }
    return render(request, "audit/journal/entry.html", context)


def _role_names(codes: Iterable[str]) -> list[str]:
    names = ports.labels_of(f"{ROLE}{code}" for code in codes)
    return [names[f"{ROLE}{code}"].removeprefix(ROLE) for code in codes]


def _references(line: queries.Line) -> tuple[str, ...]:
    return line.actor_ref, line.agency_ref, line.case_ref, _purpose_ref(line)


def _purpose_ref(line: queries.Line) -> str:
    """A purpose as the floor above can name it; "" when there is none."""
    return f"{PURPOSE}{line.purpose}" if line.purpose else ""


def shown(lines: Iterable[queries.Line]) -> tuple[LineShown, ...]:
    """Lines with the names of all their references, asked of the upper floors at once."""
    lines = tuple(lines)
    names = ports.labels_of(ref for line in lines for ref in _references(line))
    events = ports.event_types()
    return tuple(
        LineShown(
            line=line,
            url=reverse("journal_entry", args=[line.uid]),
            event=events.get(line.event_type, line.event_type),
            action=str(ACTIONS.get(line.action, line.action)),
            outcome=str(OUTCOMES.get(line.outcome, line.outcome)),
            actor=names.get(line.actor_ref, line.actor_ref),
            agency=names.get(line.agency_ref, line.agency_ref),
            case=names.get(line.case_ref, ""),
            purpose=names.get(_purpose_ref(line), line.purpose).removeprefix(PURPOSE),
        )
        for line in lines
    )


def _older_url(request: HttpRequest, older: str) -> str:
    if not older:
        return ""
    asked = request.GET.copy()
    asked["before"] = older
    return f"{reverse('journal')}?{asked.urlencode()}"
