"""The place of an agency under a version, and everything that is against signing it now. Reads; writes nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import not_ended_at
from agreements.covenants.in_force import document_of
from agreements.covenants.models import CovenantVersion, Party, Signature
from agreements.covenants.rules import State
from agreements.parties.models import Membership
from agreements.parties.reader import Visit, current_memberships
from agreements.parties.rules import Role
from agreements.policy.vocabulary import BUREAU
from agreements.signing.certificates import read_certificate
from agreements.signing.refusals import SignatureRefused
from agreements.signing.statement import SigningParty, Statement, moment_text, open_signed
from foundation import clock
from foundation.canonical import canonical_bytes, digest
from foundation.errors import NotFound

_NOT_OPEN = {
    State.DRAFT: "not_offered",
    State.CONSULTATION: "not_offered",
    State.WITHDRAWN: "offer_withdrawn",
    State.AGREED: "already_agreed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody would sign: the row, its version, who they are now, and the version's other places."""

    row: Signature
    version: CovenantVersion
    membership: Membership
    places: tuple[Signature, ...]


def place_for(visit: Visit, code: str, number: int) -> Place:
    """The place of this visit's agency under a version, whatever its state. Call after lock_epoch to be sure of it.

    Raises:
        NotFound: no such version. SignatureRefused: the person no longer works there, or the agency has none.
    """
    # PostgreSQL knows no NUL: such a code is no covenant's.
    found = CovenantVersion.objects.filter(covenant__code=code.replace("\0", "\ufffd"), number=number)
    version = found.select_related("covenant").first()
    if version is None:
        raise NotFound(_("Deze versie bestaat niet."), remedy=_("Kies een convenant uit de lijst."))
    membership = current_memberships().filter(pk=visit.membership_id, professional_id=visit.professional_id).first()
    if membership is None or membership.agency_id != visit.agency.id:
        raise SignatureRefused("membership_ended")
    places = tuple(version.signatures.select_related("agency").order_by("agency__code"))
    row = next((place for place in places if place.agency_id == visit.agency.id), None)
    if row is None:
        raise SignatureRefused("no_place")
    return Place(row=row, version=version, membership=membership, places=places)


def check_may_sign(place: Place, at: datetime) -> None:
    """Raises SignatureRefused with the first thing that is against signing here at a moment."""
    why = next(_against(place, at), None)
    if why is not None:
        raise SignatureRefused(why)


def why_not(place: Place, at: datetime) -> str:
    """The code of what is against signing here; "" when nothing is."""
    return next(_against(place, at), "")


def start_if_completed(version: CovenantVersion, at: datetime) -> datetime:
    """When the version would rule if its last signature came at `at`: never before, nor before its term."""
    return max(at, version.starts, clock.start_of(document_of(version).term.from_))


def required(places: tuple[Signature, ...]) -> tuple[Signature, ...]:
    """The places without which a version does not rule. The bureau need not sign: it acts for a party that does."""
    return tuple(place for place in places if place.capacity != BUREAU)


def statement_for(place: Place, *, mandate: str, at: datetime) -> Statement:
    """What somebody states by signing here."""
    person, agency = place.membership.professional, place.row.agency
    return Statement(
        covenant=place.version.covenant.code,
        version=place.version.number,
        document_sha256=place.version.sha256,
        agency=agency.code,
        oin=agency.oin,
        capacity=place.row.capacity,
        signatory=person.name,
        mandate=mandate,
        signed_at=moment_text(at),
        parties=circle(place.places),
    )


def circle(places: tuple[Signature, ...]) -> list[SigningParty]:
    """All agencies with a place, by code: the circle of parties that each of them signs."""
    return [
        SigningParty(agency=row.agency.code, capacity=row.capacity, oin=row.agency.oin, type=row.agency.type)
        for row in sorted(places, key=lambda row: row.agency.code)
    ]


def bytes_stand(version: CovenantVersion) -> bool:
    """Whether the stored document still is what its hash says, in canonical spelling."""
    value = json.loads(version.document)
    return canonical_bytes(value).decode() == version.document and digest(value) == version.sha256


def _against(place: Place, at: datetime) -> Iterator[str]:
    version, covenant = place.version, place.version.covenant
    if Role.SIGNATORY not in place.membership.roles:
        yield "not_signatory"
    if place.row.signed_on is not None and version.state != State.WITHDRAWN:
        yield "already_signed"
    if version.state != State.FOR_SIGNATURE:
        yield _NOT_OPEN[State(version.state)]
    if covenant.ended_at is not None:
        yield "covenant_ended"
    if _left(place, at):
        yield "party_left"
    starts = start_if_completed(version, at)
    agreed = covenant.versions.filter(state=State.AGREED)
    if agreed.filter(number__gt=version.number).exists() or agreed.filter(starts__gte=starts).exists():
        yield "version_passed"
    if version.ends is not None and version.ends <= starts:
        yield "term_over"
    if not _same_circle(place):
        yield "circle_changed"


def _left(place: Place, at: datetime) -> bool:
    """Whether the agency was a party, is leaving or gone, and went after this version was put up."""
    mine = Party.objects.filter(covenant=place.version.covenant, agency=place.row.agency)
    if mine.filter(ends=None).exists():
        return False
    return mine.filter(not_ended_at(place.version.loaded_at), starts__lte=at).exists()


def _same_circle(place: Place) -> bool:
    mine = circle(place.places)
    signed = (row for row in place.places if row.jws)
    return all(open_signed(row.jws, read_certificate(row.certificate)).parties == mine for row in signed)
