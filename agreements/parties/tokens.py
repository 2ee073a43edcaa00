"""Access tokens: who, for which agency, purpose and case, for ten minutes. Signing is in foundation.jose.

A token carries no roles: those are read from the membership each time it is used, so that a role
that is taken away is gone at once.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agreements.parties.models import Membership
from agreements.parties.reader import Visit, current_memberships, trace_of, visit_of
from agreements.parties.token_key import signing_key
from audit.journal.apart import keep
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock, jose
from foundation.errors import Invalid, NotFound
from foundation.jose import TokenRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An access token and how long it holds, in seconds."""

    token: str
    seconds: int


def issue_token(
    membership: Membership, *, purpose: str, case: str = "", minutes: int | None = None, trace_id: str = ""
) -> Issued:
    """A token with which the holder reads as this person for this agency and purpose, and is journalled so.

    purpose: code; case: number, or "" for every case the purpose reaches. minutes: 1 to 10 (demo: 60).

    Raises:
        Invalid: no purpose, or too long a life.
    """
    longest = settings.TOKEN_MINUTES_DEMO if settings.VERBOND_DEMO else settings.TOKEN_MINUTES
    life = settings.TOKEN_MINUTES if minutes is None else minutes
    if not purpose:
        raise Invalid(_("Noem het doel waarvoor het token is."), field="purpose")
    if not 1 <= life <= longest:
        raise Invalid(_("Een token is 1 tot %(longest)s minuten geldig.") % {"longest": longest}, field="minutes")
    now = int(clock.now().timestamp())
    claims = {
        "iss": settings.TOKEN_ISSUER,
        "aud": settings.TOKEN_AUDIENCE,
        "sub": str(membership.professional.uuid),
        "agency": membership.agency.code,
        "purpose": purpose,
        **({"case": case} if case else {}),
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + life * 60,
    }
    token = jose.sign_es256(claims, signing_key())
    keep([_issued_entry(membership, claims, trace_id=trace_id)])
    return Issued(token=token, seconds=life * 60)


def authenticate(request: HttpRequest) -> Visit:
    """The visit that the Authorization header of a request gives, in one query.

    Raises:
        TokenRefused: no token, one that is not ours, or a person who no longer works there.
    """
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenRefused(
            _("Dit verzoek heeft geen toegangstoken."), remedy=_("Stuur Authorization: Bearer <token> mee.")
        )
    return visit_of_token(token.strip(), trace_id=trace_of(request))


def visit_of_token(token: str, *, trace_id: str) -> Visit:
    """The visit of an access token. Raises TokenRefused, also when the membership has ended meanwhile."""
    key = signing_key()
    claims = jose.verify_es256(
        token,
        {key["kid"]: jose.public_half(key)},
        audience=settings.TOKEN_AUDIENCE,
        issuer=settings.TOKEN_ISSUER,
        now=clock.now(),
        longest_life=timedelta(minutes=settings.TOKEN_MINUTES_DEMO),
    )
    membership = (
        current_memberships()
        .filter(professional__uuid=claims["sub"], agency__code=claims["agency"])
        .order_by("-starts")
        .first()
    )
    if membership is None:
        raise TokenRefused(
            _("De houder van dit token werkt niet (meer) voor deze organisatie."),
            remedy=_("Vraag de beheerder van de organisatie om toegang."),
        )
    return visit_of(
        membership,
        strength="password",
        trace_id=trace_id,
        purpose=claims["purpose"],
        case=claims.get("case"),
    )


def membership_for(*, persona: str, agency: str = "") -> Membership:
    """The membership in force of a persona key or e-mail address. Raises NotFound; for the command line."""
    rows = current_memberships()
    by_key = rows.filter(professional__demo_key=persona)
    rows = by_key if by_key.exists() else rows.filter(professional__email=persona.lower())
    if agency:
        rows = rows.filter(agency__code=agency)
    found = list(rows[:2])
    if not found:
        raise NotFound(f"Nobody called {persona!r} works {f'for {agency}' if agency else 'anywhere'} now.")
    if len(found) > 1:
        raise NotFound(f"{persona!r} works for several agencies.", remedy="Say which with --agency.")
    return found[0]


def _issued_entry(membership: Membership, claims: dict[str, Any], *, trace_id: str) -> Entry:
    return Entry(
        event_type="token.issued",
        action=Action.CREATE,
        outcome=Outcome.OK,
        actor_ref=membership.professional.reference,
        actor_name=membership.professional.name,
        agency_ref=membership.agency.oin,
        roles=tuple(membership.roles),
        purpose=claims["purpose"],
        case_ref=claims.get("case", ""),
        detail={"jti": claims["jti"], "seconds": claims["exp"] - claims["iat"]},
        trace_id=trace_id,
    )
