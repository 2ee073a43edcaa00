"""Signed assertions of partners' systems, exchanged once for an access token. Their keys: commands."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.parties.models import ClientKey, Membership, UsedAssertion
from agreements.parties.reader import current_memberships
from agreements.parties.tokens import Issued, issue_token
from audit.journal.apart import append_apart
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock, jose
from foundation.jose import TokenRefused

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST_LIFE = timedelta(minutes=5)
# A partner's clock may run a little ahead of ours.
_SKEW = timedelta(seconds=5)


def exchange(assertion: str, *, audience: str, trace_id: str) -> Issued:
    """An access token for a partner's system that vouches, signed, for one of its own people.

    assertion: ES256 JWT of at most five minutes with iss = agency code, sub = uuid of the professional,
    aud = `audience` (the address of this end point), purpose, case (if any), jti that was never used.

    Raises:
        TokenRefused: anything else; the refusal is journalled.
    Source: RFC 7523 section 3.
    """
    try:
        with transaction.atomic():
            key, claims = _checked_assertion(assertion, audience=audience)
            membership = _vouched_for(key, claims)
            return issue_token(membership, purpose=claims["purpose"], case=claims.get("case", ""), trace_id=trace_id)
    except TokenRefused:
        append_apart([_refused_entry(assertion, trace_id=trace_id)])
        raise


def _checked_assertion(assertion: str, *, audience: str) -> tuple[ClientKey, dict[str, Any]]:
    rows = {row.kid: row for row in ClientKey.objects.in_force().select_related("agency")}
    jwks = {kid: row.jwk for kid, row in rows.items()}
    key = rows.get(jose.kid_of(assertion))
    claims = jose.verify_es256(
        assertion,
        jwks,
        audience=audience,
        issuer=key.agency.code if key else "",
        now=clock.now(),
        longest_life=_LONGEST_LIFE,
        skew=_SKEW,
    )
    if key is None or not all(isinstance(claims.get(name), str) for name in ("sub", "purpose")):
        raise TokenRefused(_("De verklaring noemt geen persoon (sub) of geen doel (purpose)."))
    _use_once(key, claims)
    return key, claims


def _use_once(key: ClientKey, claims: dict[str, Any]) -> None:
    # The rows only have to outlive the assertions they refuse.
    now = clock.now()
    UsedAssertion.objects.filter(expires__lt=now - _SKEW).delete()
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(
                agency_id=key.agency_id, jti=claims["jti"], expires=now + _LONGEST_LIFE + _SKEW
            )
    except IntegrityError as twice:
        raise TokenRefused(_("Deze verklaring is al eens gebruikt.")) from twice


def _vouched_for(key: ClientKey, claims: dict[str, Any]) -> Membership:
    try:
        person = UUID(claims["sub"])
    except ValueError as wrong:
        raise TokenRefused(_("De verklaring noemt geen geldige persoon (sub).")) from wrong
    rows = current_memberships().filter(agency_id=key.agency_id, professional__uuid=person)
    row = rows.order_by("-starts").first()
    if row is None:
        raise TokenRefused(_("De genoemde persoon werkt niet (meer) voor deze organisatie."))
    return row


def _refused_entry(assertion: str, *, trace_id: str) -> Entry:
    key = ClientKey.objects.filter(kid=jose.kid_of(assertion)).select_related("agency").first()
    return Entry(
        event_type="token.refused",
        action=Action.EXECUTE,
        outcome=Outcome.REFUSED,
        actor_ref=f"system:{key.kid}" if key else "unknown",
        agency_ref=key.agency.oin if key else "unknown",
        trace_id=trace_id,
    )
