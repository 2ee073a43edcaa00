"""How somebody who accedes signs: the statement of agreements.signing to accede. Called in a write scope."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import author_of
from agreements.covenants.models import CovenantVersion
from agreements.joining.situation import situation_of
from agreements.parties.models import Agency, Professional
from agreements.parties.reader import Visit
from agreements.signing import keys, statement
from agreements.signing.certificates import read_certificate
from agreements.signing.statement import SigningParty, Statement, StatementUnreadable
from foundation import clock
from foundation.errors import Invalid, Refused
from foundation.jose import TokenRefused

FRESH = timedelta(minutes=15)


class SealRefused(Refused):
    """A signature that does not fit what it should sign, or whoever should have signed it."""

    code = "signature_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A signature: compact JWS, and the certificate of its key (PEM)."""

    jws: str
    certificate: str


class Seal(Protocol):
    """What signs for a visit."""

    def __call__(
        self, visit: Visit, version: CovenantVersion, *, capacity: str, mandate: str, at: datetime
    ) -> Sealed: ...


def seal_here(visit: Visit, version: CovenantVersion, *, capacity: str, mandate: str, at: datetime) -> Sealed:
    """Sign with the key that this installation keeps for somebody; the caller saw a strong and fresh sign-in.

    Raises KeyRefused: that key was revoked.
    """
    person, agency = Professional.objects.get(pk=visit.professional_id), Agency.objects.get(pk=visit.agency.id)
    key = keys.signing_key(person, agency, by=author_of(visit))
    # Not before the key's certificate, which may have been made just now.
    moment = max(at, key.made_at)
    said = statement_for(visit, version, capacity=capacity, mandate=mandate, at=moment)
    return Sealed(jws=statement.sign(said, keys.private_jwk(key)), certificate=key.certificate)


def sealed_elsewhere(jws: str) -> Seal:
    """A signature that was set with the asker's own registered key, for the API; checked when it is used."""
    return partial(_check_seal, jws)


def statement_for(visit: Visit, version: CovenantVersion, *, capacity: str, mandate: str, at: datetime) -> Statement:
    """What somebody signs who accedes: the exact bytes, for whom, in which capacity, among which parties."""
    agency = visit.agency
    present = situation_of(version.covenant, at=clock.now()).parties
    circle = [
        SigningParty(agency=row.agency.code, capacity=row.capacity, oin=row.agency.oin, type=row.agency.type)
        for row in present
    ]
    mine = SigningParty(agency=agency.code, capacity=capacity, oin=agency.oin, type=agency.type)
    return Statement(
        purpose="accede",
        covenant=version.covenant.code,
        version=version.number,
        document_sha256=version.sha256,
        agency=agency.code,
        oin=agency.oin,
        capacity=capacity,
        signatory=visit.name,
        mandate=mandate,
        signed_at=statement.moment_text(at),
        parties=sorted([*circle, mine], key=lambda item: item.agency),
    )


def own_certificate(visit: Visit, jws: str) -> str:
    """The certificate (PEM) of the visit's registered key that a JWS names, unproven. Raises KeyRefused."""
    person, agency = Professional.objects.get(pk=visit.professional_id), Agency.objects.get(pk=visit.agency.id)
    return keys.own_key(person, agency, statement.kid_of(jws)).certificate


def check_fresh(signed_at: datetime) -> None:
    """Raises Invalid unless it was signed in the last quarter of an hour."""
    now = clock.now()
    if not now - FRESH <= signed_at <= now + timedelta(minutes=1):
        raise Invalid(
            _("Deze handtekening is niet van dit moment."), remedy=_("Teken opnieuw en stuur haar meteen."), field="jws"
        )


def _check_seal(
    jws: str, visit: Visit, version: CovenantVersion, *, capacity: str, mandate: str, at: datetime
) -> Sealed:
    certificate = own_certificate(visit, jws)
    try:
        said = statement.open_signed(jws, read_certificate(certificate))
    except (TokenRefused, StatementUnreadable) as wrong:
        raise SealRefused(_("Deze handtekening is niet geldig."), remedy=_("Teken de verklaring opnieuw.")) from wrong
    check_fresh(said.moment)
    if said != statement_for(visit, version, capacity=capacity, mandate=mandate, at=said.moment):
        raise SealRefused(
            _("De handtekening staat onder iets anders dan deze toetreding."),
            remedy=_("Haal de verklaring opnieuw op en teken precies die."),
        )
    return Sealed(jws=jws, certificate=certificate)
