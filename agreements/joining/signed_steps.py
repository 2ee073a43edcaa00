"""A step over the API: signed with the signatory's own registered key, since a token proves no fresh sign-in.

What is signed is the step itself with its arguments, so that nobody can make another step of it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from agreements.joining.commands.shared import taken_by
from agreements.joining.sealing import SealRefused, check_fresh, own_certificate
from agreements.parties.reader import Visit
from agreements.signing.certificates import jwk_of, public_key_of, read_certificate
from agreements.signing.statement import TYPE
from foundation import jose
from foundation.canonical import canonical_bytes
from foundation.errors import Refused
from foundation.jose import TokenRefused

FORM = "verbond-step-1"


class NotSigned(Refused):
    """A step over the API without a signature of the signatory."""

    code = "step_not_signed"


def payload_of(visit: Visit, code: str, *, step: str, arguments: Mapping[str, Any], signed_at: str) -> bytes:
    """The bytes that are signed for a step: canonical JSON (RFC 8785) of what is done, for whom, and when.

    arguments: the members of the request less "jws" and "signed_at", and "motion" when the step is about one.
    signed_at: UTC, whole seconds ("2026-11-24T21:10:00Z").
    """
    return canonical_bytes(
        {
            "form": FORM,
            "step": step,
            "covenant": code,
            "agency": visit.agency.code,
            "oin": visit.agency.oin,
            "arguments": dict(arguments),
            "signed_at": signed_at,
        }
    )


@taken_by
def check_signed(visit: Visit, code: str, *, step: str, arguments: Mapping[str, Any], signed_at: str, jws: str) -> None:
    """That the visit's own registered key signed exactly this step, moments ago. What is refused is journalled.

    Raises:
        NotSigned: there is no signature. KeyRefused: not a key of this person, or it was revoked.
        SealRefused: it is under other words. Invalid: not of this moment.
    """
    if not jws:
        raise NotSigned(
            _("Over de API zet een tekenbevoegde deze stap met een eigen handtekening."),
            remedy=_("Registreer een sleutel en onderteken de stap, of zet haar op de pagina Partijen en looptijd."),
        )
    public = jwk_of(public_key_of(read_certificate(own_certificate(visit, jws))))
    try:
        expected = payload_of(visit, code, step=step, arguments=arguments, signed_at=signed_at)
        found = jose.open_es256(jws, {public["kid"]: public}, typ=TYPE)
        moment = datetime.strptime(signed_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (TokenRefused, ValueError) as wrong:
        raise SealRefused(_("Deze handtekening is niet geldig."), remedy=_("Onderteken de stap opnieuw.")) from wrong
    if found != expected:
        raise SealRefused(
            _("De handtekening staat onder een andere stap dan deze."),
            remedy=_("Onderteken precies wat u vraagt: stap, convenant, argumenten en moment."),
        )
    check_fresh(moment)
