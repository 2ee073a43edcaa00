"""The API of sign-in: exchanging an assertion for a token, and who a token speaks for. Bearer is the auth."""

from typing import Any

from django.http import HttpRequest
from ninja import Form, Router, Schema
from ninja.security import HttpBearer

from agreements.parties import assertions, tokens
from agreements.parties.reader import Visit, trace_of
from foundation.errors import Invalid
from foundation.routes import Shows, route

router = Router(tags=["sign-in"])


class Bearer(HttpBearer):
    """ninja's auth for every operation with case data: sets request.visit, or raises TokenRefused (401)."""

    def __call__(self, request: HttpRequest) -> Visit:
        # HttpBearer itself answers None for a missing header, which would hide what was wrong.
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Visit:
        visit = tokens.authenticate(request)
        request.visit = visit  # type: ignore[attr-defined]
        return visit


bearer = Bearer()


class TokenOut(Schema):
    """Source: RFC 6749 section 5.1."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105
    expires_in: int


class WhoOut(Schema):
    """Who a token speaks for, and what it is bound to."""

    professional: str
    name: str
    agency: str
    agency_name: str
    roles: list[str]
    purpose: str
    case: str


@router.post("/token", auth=None, response=TokenOut, operation_id="exchange_assertion")
@route("api:exchange_assertion", shows=Shows.NOTHING, public=True)
def exchange_assertion(request: HttpRequest, grant_type: Form[str], assertion: Form[str]) -> dict[str, Any]:
    """Exchange a signed assertion (RFC 7523) for an access token of ten minutes."""
    if grant_type != assertions.GRANT_TYPE:
        raise Invalid(
            "Deze grant_type wordt niet ondersteund.",
            remedy=f"Gebruik {assertions.GRANT_TYPE}.",
            field="grant_type",
        )
    audience = request.build_absolute_uri(request.path)
    issued = assertions.exchange(assertion, audience=audience, trace_id=trace_of(request))
    return {"access_token": issued.token, "token_type": "Bearer", "expires_in": issued.seconds}


@router.get("/me", auth=bearer, response=WhoOut, operation_id="who_am_i")
@route("api:who_am_i", shows=Shows.OWN_ACCOUNT)
def who_am_i(request: HttpRequest) -> dict[str, Any]:
    """Whom this token speaks for: person, agency, the roles held there now, purpose and case."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return {
        "professional": visit.professional_uuid,
        "name": visit.name,
        "agency": visit.agency.code,
        "agency_name": visit.agency.name,
        "roles": sorted(visit.roles),
        "purpose": visit.purposes_pinned or "",
        "case": visit.case_pinned or "",
    }
