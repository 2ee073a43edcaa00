"""The document and signatures inside a sealed covenant, held against each other. Plain Python, offline.

Each check says a sentence in plain Dutch: what matches, what does not, what cannot be told.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from cryptography import x509
from pydantic import BaseModel, ConfigDict, Field

from agreements.policy.document import CovenantDocument
from agreements.policy.vocabulary import BUREAU
from agreements.signing import certificates
from agreements.signing.statement import SigningParty, Statement, open_signed
from foundation.canonical import canonical_bytes
from foundation.clock import AMSTERDAM

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was looked at. note: cannot be told, or worth knowing; it does not decide."""

    state: State
    sentence: str


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PlaceFound(_Part):
    """A place as the file of signatures has it."""

    agency: str
    oin: str
    type: str
    name: str
    capacity: str
    signatory: str
    mandate: str
    signed_on: str
    jws: str
    certificate: str


class SignaturesFound(_Part):
    """The file of signatures. starts, ends: UTC; ends "" without an end."""

    form: Literal["verbond-signatures-1"]
    covenant: str
    version: int
    document_sha256: str
    starts: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    ends: str
    places: list[PlaceFound]

    @property
    def circle(self) -> list[SigningParty]:
        """The parties as each statement must name them."""
        return [
            SigningParty(agency=place.agency, capacity=place.capacity, oin=place.oin, type=place.type)
            for place in sorted(self.places, key=lambda place: place.agency)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What is inside a sealed covenant, once it can be read."""

    document: CovenantDocument
    sha256: str
    signatures: SignaturesFound


def check_document(data: bytes) -> tuple[CovenantDocument | None, list[Line]]:
    """The document, if these bytes are one in canonical spelling."""
    try:
        value = json.loads(data)
        is_canonical = canonical_bytes(value) == data
        document = CovenantDocument.model_validate(value)
    except (ValueError, RecursionError):
        return None, [_wrong("convenant.json is geen leesbaar convenant.")]
    if not is_canonical:
        return None, [_wrong("convenant.json is niet geschreven zoals het getekend hoort te zijn (RFC 8785).")]
    sha256 = hashlib.sha256(data).hexdigest()
    return document, [_ok(f"Het document is {document.code} versie {document.version}, SHA-256 {sha256}.")]


def read_signatures(data: bytes) -> tuple[SignaturesFound | None, list[Line]]:
    """The file of signatures, if these bytes are one in canonical spelling."""
    try:
        value = json.loads(data)
        is_canonical = canonical_bytes(value) == data
        found = SignaturesFound.model_validate(value)
        _ = found.circle
    except (ValueError, RecursionError):
        return None, [_wrong("handtekeningen.json is niet te lezen.")]
    if not is_canonical:
        return None, [_wrong("handtekeningen.json is niet geschreven zoals het hoort (RFC 8785).")]
    return found, []


def check_signatures(inside: Inside, *, root: x509.Certificate, allow_paper: bool) -> Iterator[Line]:
    """Every place against the document, its certificate and its signature; and whether all who must have signed."""
    found, document = inside.signatures, inside.document
    named = (found.covenant, found.version, found.document_sha256)
    if named != (document.code, document.version, inside.sha256):
        yield _wrong("De handtekeningen horen bij een ander document dan dat in deze PDF.")
    for name in ("agency", "oin"):
        values = [getattr(place, name) for place in found.places]
        if len(set(values)) != len(values):
            yield _wrong("Een organisatie staat twee keer bij de handtekeningen.")
    for place in found.places:
        yield from check_place(place, inside, root=root, allow_paper=allow_paper)
    yield from _check_parties(inside)


def check_place(
    place: PlaceFound, inside: Inside, *, root: x509.Certificate | None, allow_paper: bool
) -> Iterator[Line]:
    """One place against the document, its certificate and its signature. root: None where nobody signed with a key."""
    who = f"{place.name} ({place.agency})"
    if inside.document.capacity_of(place.agency, place.type) != place.capacity:
        yield _wrong(f"{who}: het document geeft haar niet de hoedanigheid {place.capacity}.")
    if place.jws and root is None:
        yield _wrong(f"{who}: er is geen certificaat van de installatie om haar handtekening aan te toetsen.")
    elif place.jws and root is not None:
        yield from _check_signed(place, inside, root, who)
    elif place.signed_on:
        said = f"{who}: {place.signatory} tekende op papier; dat is hier niet na te gaan."
        yield Line(state="note" if allow_paper else "wrong", sentence=said)
    elif place.capacity == BUREAU:
        yield Line(state="note", sentence=f"{who}: tekent niet, zij treedt op namens een partij.")
    else:
        yield _wrong(f"{who}: heeft niet getekend.")


def _check_signed(place: PlaceFound, inside: Inside, root: x509.Certificate, who: str) -> Iterator[Line]:
    try:
        certificate = certificates.read_certificate(place.certificate)
        statement = open_signed(place.jws, certificate)
        is_theirs = certificates.names(certificate, name=statement.signatory, code=place.agency, oin=place.oin)
    except Exception:  # certificates and tokens that anybody may have made
        yield _wrong(f"{who}: de handtekening past niet bij haar certificaat.")
        return
    against = [said for fits, said in _links(place, inside, root, certificate, statement, is_theirs) if not fits]
    yield from (_wrong(f"{who}: {said}") for said in against)
    if not against:
        kid = certificates.jwk_of(certificates.public_key_of(certificate))["kid"]
        when = statement.moment.astimezone(AMSTERDAM)
        yield _ok(f"{who}: getekend door {statement.signatory} op {when:%d-%m-%Y om %H:%M:%S}, sleutel {kid}.")


def _links(
    place: PlaceFound,
    inside: Inside,
    root: x509.Certificate,
    certificate: x509.Certificate,
    statement: Statement,
    is_theirs: bool,
) -> Iterator[tuple[bool, str]]:
    """Each condition of a signature, with what is said when it does not hold."""
    document, found = inside.document, inside.signatures
    about = (statement.covenant, statement.version, statement.document_sha256)
    mine = (statement.agency, statement.oin, statement.capacity, statement.signatory, statement.mandate)
    said = (place.agency, place.oin, place.capacity, place.signatory, place.mandate)
    day = statement.moment.astimezone(AMSTERDAM).date().isoformat()
    starts = datetime.fromisoformat(found.starts)
    issued = certificates.is_issued_by(certificate, root) and not certificates.may_issue(certificate)
    return iter(
        (
            (issued, "haar certificaat is niet uitgegeven door deze installatie."),
            (is_theirs, "haar certificaat staat op een andere naam of organisatie."),
            (
                certificates.was_valid(certificate, statement.moment),
                "haar certificaat was niet geldig toen er getekend werd.",
            ),
            (statement.purpose == "sign", "de verklaring is er een van toetreding, niet van ondertekening."),
            (about == (document.code, document.version, inside.sha256), "er is een ander document getekend."),
            (mine == said, "de verklaring noemt een andere organisatie, hoedanigheid, naam of mandaat."),
            (day == place.signed_on, "de verklaring noemt een andere dag."),
            (statement.moment <= starts, "er is getekend nadat de versie inging."),
            (statement.parties == found.circle, "er is met een andere kring van partijen getekend."),
        )
    )


def _check_parties(inside: Inside) -> Iterator[Line]:
    places = inside.signatures.places
    must = [place for place in places if place.capacity != BUREAU]
    if not must:
        yield _wrong("Er is geen partij die getekend heeft.")
    present = {place.agency for place in places} | {place.type for place in places}
    for token in inside.document.capacities:
        if token not in present:
            sentence = f"Het document noemt {token} als partij, maar zo'n organisatie doet niet mee."
            yield Line(state="note", sentence=sentence)


def _ok(sentence: str) -> Line:
    return Line(state="ok", sentence=sentence)


def _wrong(sentence: str) -> Line:
    return Line(state="wrong", sentence=sentence)
