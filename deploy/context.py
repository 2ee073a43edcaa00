"""What every page's frame needs: who is here, the menu, language and theme."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.disclosure.visibility import CASE_ROLES


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html; without a visit there is no menu."""
    visit = getattr(request, "visit", None)
    return {
        "visit": visit,
        "nav": _menu(request, visit.roles) if visit else [],
        "language": (get_language() or "nl")[:2],
        "theme": _theme(request, visit),
        "demo": settings.VERBOND_DEMO,
        "pulse": getattr(request, "pulse", ""),
        "pulse_milliseconds": settings.PULSE_MILLISECONDS,
        "installation": settings.VERBOND_NAME,
        "search_url": _search_url(visit),
    }


def _search_url(visit: Any) -> str:
    """Where the search of the top bar goes; "" for who searches nothing by role."""
    try:
        return reverse("search") if visit and visit.roles & CASE_ROLES else ""
    except NoReverseMatch:
        return ""


_BELONGING = {
    "worklist": ("case", "contribution", "partner", "extract", "request", "note", "plan", "action", "attachment"),
    "inbox": ("inbox", "escalat", "known_check", "my_actions"),
    "signal_list": ("signal",),
    "meeting_list": ("meeting", "minutes"),
    "channel_list": ("channel",),
    "subject_requests": ("subject_",),
    "areas": (
        "area",
        "programme",
        "urgency",
        "giveback",
        "lesson",
        "mediation_",
        "pattern",
        "agent",
        "supervisor_",
        "experiment",
        "lead_",
    ),
    "retention_calendar": ("retention", "destruction", "renewal"),
    "oversight": ("breach", "export"),
    "integrity": ("integrity", "prune"),
    "covenant_list": ("covenant", "draft", "insight_", "impact_", "signatures_", "sign_", "joining", "register"),
}
"""Pages that belong to an item of the menu, by how their names begin."""


def _theme(request: HttpRequest, visit: Any) -> str:
    chosen = request.COOKIES.get("verbond_theme", "") or (visit.theme if visit else "")
    return chosen if chosen in ("light", "dark") else "auto"


def _menu(request: HttpRequest, roles: frozenset[str]) -> list[dict[str, Any]]:
    items = [("worklist", _("Werkvoorraad"))]
    if roles & CASE_ROLES:
        items += [("inbox", _("Inbox")), ("signal_list", _("Signalen")), ("meeting_list", _("Overleggen"))]
        items.append(("channel_list", _("Straat")))
    elif roles & {"signatory", "privacy_officer", "contact_point"}:
        # What nobody of the team answered in time comes to who signs for the agency; terms of requests and of keeping
        # run for who answers these.
        items.append(("inbox", _("Inbox")))
    if roles & {"case_director", "chair", "team_lead"}:
        items.append(("numbers", _("Cijfers")))
    items.append(("areas", _("Wijken")))
    items.append(("covenant_list", _("Convenanten")))
    if roles & {"privacy_officer", "contact_point"}:
        items += [("subject_requests", _("Verzoeken")), ("retention_calendar", _("Bewaren"))]
    if "agency_admin" in roles:
        items.append(("people", _("Organisatie")))
    if "privacy_officer" in roles:
        items += [("oversight", _("Toezicht")), ("journal", _("Logboek")), ("integrity", _("Integriteit"))]
    match = request.resolver_match
    name = (match.url_name if match else "") or ""
    found = []
    for target, label in items:
        try:
            url = reverse(target)
        except NoReverseMatch:
            continue
        active = name == target or f"{name}_".startswith(_BELONGING.get(target, ("-",)))
        found.append({"label": label, "url": url, "active": active})
    return found
