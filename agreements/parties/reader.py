"""Who is asking: the visit of a session, and the policy's Reader. Tokens are in tokens.py."""

import secrets
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from agreements.parties import demo
from agreements.parties.models import InForce, Membership, Professional
from agreements.parties.rules import Role
from agreements.policy.question import Actor, Reader

Strength = Literal["demo", "password", "strong"]

SESSION_HAT = "hat"
SESSION_DEMO = "demo"
_SIGN_IN_STEPS = "account_authentication_methods"  # allauth's own record of what was proven


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRef:
    """An agency as pages and commands need it; `code` and `type` are what the rules see."""

    id: int
    code: str
    type: str
    oin: str
    name: str
    monogram: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One person, acting for one agency, in the roles held there at this moment.

    strength: how sign-in was proven. purposes_pinned, case_pinned: what an access token is bound to;
    None in a session. trace_id: 32 hex digits that tie journal entries of one request together.
    """

    professional_id: int
    professional_uuid: str
    name: str
    agency: AgencyRef
    roles: frozenset[str]
    strength: Strength
    membership_id: int
    purposes_pinned: str | None = None
    case_pinned: str | None = None
    trace_id: str = ""
    language: str = "nl"
    theme: str = "auto"

    @property
    def actor_ref(self) -> str:
        """How the journal knows the person."""
        return f"professional:{self.professional_uuid}"

    @property
    def agency_ref(self) -> str:
        """How the journal knows the agency: its OIN."""
        return self.agency.oin

    @property
    def initials(self) -> str:
        """First letters of the first and the last word of the name, for the avatar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    @property
    def role_labels(self) -> tuple[str, ...]:
        """The roles in words, in their fixed order, in the language of the page."""
        return tuple(str(Role(role).label) for role in Role.values if role in self.roles)

    @property
    def role_label(self) -> str:
        """The first role in words."""
        return next(iter(self.role_labels), "")


def visit_of_session(request: HttpRequest) -> Visit | None:
    """The visit of a signed-in session, in one query; None when there is none or a hat must be chosen.

    Included if, and only if, at this moment
    - the session belongs to an active professional and was not made before their last new password;
    - they have a membership in force: the one whose hat was chosen, or else the only one;
    - a persona's session still comes from this machine, in demo.
    """
    session = request.session
    if SESSION_KEY not in session:
        return None
    if session.get(SESSION_DEMO) and not demo.is_allowed(request):
        return None
    memberships = current_memberships().filter(professional_id=session[SESSION_KEY])
    if SESSION_HAT in session:
        memberships = memberships.filter(pk=session[SESSION_HAT])
    found = list(memberships[:2])
    if len(found) != 1 or not _is_of(request, found[0].professional):
        return None
    # Spares the templates and allauth the same query once more.
    request._cached_user = found[0].professional  # type: ignore[attr-defined]
    return visit_of(
        found[0],
        strength=strength_of(request),
        trace_id=trace_of(request),
        language=_language_of(request, found[0].professional),
    )


def current_memberships() -> InForce:
    """Memberships in force of active professionals, with person and agency."""
    return (
        Membership.objects.in_force()
        .filter(professional__is_active=True)
        .select_related("professional", "agency")
        .order_by("agency__name", "pk")
    )


def visit_of(
    membership: Membership,
    *,
    strength: Strength,
    trace_id: str,
    language: str = "nl",
    purpose: str | None = None,
    case: str | None = None,
) -> Visit:
    """The visit that this membership gives; the caller has checked that it is in force."""
    person, agency = membership.professional, membership.agency
    return Visit(
        professional_id=person.pk,
        professional_uuid=str(person.uuid),
        name=person.name,
        agency=AgencyRef(
            id=agency.pk,
            code=agency.code,
            type=agency.type,
            oin=agency.oin,
            name=agency.name_in(language),
            monogram=agency.monogram,
        ),
        roles=frozenset(membership.roles),
        strength=strength,
        membership_id=membership.pk,
        purposes_pinned=purpose,
        case_pinned=case,
        trace_id=trace_id,
        language=language,
        theme=person.theme,
    )


def reader_of(visit: Visit, *, purpose: str) -> Reader:
    """The visit as the policy sees it. A pinned purpose stands, whatever was asked for.

    purpose: code of the purpose declared for the case; "" grants nothing.
    """
    declared = purpose if visit.purposes_pinned in (None, purpose) else ""
    return Reader(agency=Actor(code=visit.agency.code, type=visit.agency.type), roles=visit.roles, purpose=declared)


def strength_of(request: HttpRequest) -> Strength:
    """How this session was proven: as a persona, with a password only, or with a second factor or passkey."""
    if request.session.get(SESSION_DEMO):
        return "demo"
    steps = request.session.get(_SIGN_IN_STEPS) or []
    return "strong" if any(step.get("method") == "mfa" for step in steps) else "password"


def trace_of(request: HttpRequest) -> str:
    """The trace of this request, made here when no earlier layer did. Source: W3C Trace Context."""
    return getattr(request, "trace_id", "") or secrets.token_hex(16)


def _language_of(request: HttpRequest, professional: Professional) -> str:
    # What was chosen on this device goes before what the person once chose elsewhere.
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else professional.language


def _is_of(request: HttpRequest, professional: Professional) -> bool:
    if request.session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    stored = request.session.get(HASH_SESSION_KEY, "")
    hashes = [professional.get_session_auth_hash(), *professional.get_session_auth_fallback_hash()]
    return any(constant_time_compare(stored, good) for good in hashes)
