"""Signing in as a persona with one click: only in demo, only from this machine. Sessions are in signin.py."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language

from agreements.parties.models import DemoCard, Professional
from foundation.errors import NotFound

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A proxy on this machine makes every visitor look local; each of them betrays itself by one of these.
_SIGNS_OF_A_PROXY = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One line of the sign-in page."""

    key: str
    name: str
    job_title: str
    look_at: str
    agency_name: str
    agency_type: str
    monogram: str


def is_allowed(request: HttpRequest) -> bool:
    """Whether personas exist for this request: demo is on, and host and peer are this machine."""
    if not settings.VERBOND_DEMO or any(sign in request.META for sign in _SIGNS_OF_A_PROXY):
        return False
    try:
        host = split_domain_port(request.get_host())[0]
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except (DisallowedHost, ValueError):
        return False
    mapped = getattr(peer, "ipv4_mapped", None)
    return host in _LOCAL_NAMES and (mapped or peer).is_loopback


def personas() -> tuple[Persona, ...]:
    """The personas in the order of the demo file, in the language of the page."""
    language = get_language() or "nl"
    cards = DemoCard.objects.filter(professional__is_active=True, professional__demo_key__isnull=False)
    return tuple(
        _persona(card, language=language)
        for card in cards.select_related("professional").prefetch_related("professional__memberships__agency")
        if card.professional.memberships.all()
    )


def persona(key: str) -> Professional:
    """The professional behind a persona key. Raises NotFound."""
    found = Professional.objects.filter(demo_key=key, is_active=True).first() if key else None
    if found is None:
        raise NotFound("Deze persona bestaat niet.", remedy="Kies een persona uit de lijst.")
    return found


def _persona(card: DemoCard, *, language: str) -> Persona:
    person = card.professional
    agency = person.memberships.all()[0].agency
    return Persona(
        key=person.demo_key or "",
        name=person.name,
        job_title=person.title_in(language),
        look_at=card.look_at_in(language),
        agency_name=agency.name_in(language),
        agency_type=agency.type,
        monogram=agency.monogram,
    )
