"""Cards as signed files between installations: sealed with the key of this one, read when its root is trusted here."""

import json
from pathlib import Path
from typing import Any

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from agreements.signing import certificates
from agreements.signing.keys import root_pem
from agreements.signing.sealing import house
from foundation import clock, jose
from foundation.canonical import canonical_bytes
from foundation.errors import Invalid
from foundation.jose import TokenRefused

TYPE = "verbond-lesson"
FIELDS = (
    "title", "tried", "place", "area_kind", "pillar", "costs", "effects", "outcome", "evidence", "contact_role",
)  # fmt: skip
MOST_BYTES = 64 * 1024


def sealed(card: dict[str, str], *, agency: str) -> bytes:
    """The file of a card: a JWS and the certificate of the key that made it."""
    mine = house("lesson")
    payload = canonical_bytes({"v": 1, "origin": settings.VERBOND_NAME, "agency": agency, "card": card})
    token = jose.seal_es256(payload, jose.private_key_of(certificates.private_pem(mine.seal_key)), typ=TYPE)
    return canonical_bytes({"certificate": certificates.pem_of(mine.seal), "jws": token})


def opened(data: bytes) -> tuple[dict[str, Any], str]:
    """The card in a file, and where it comes from, in words. Raises Invalid: no such file, or of nobody trusted."""
    if len(data) > MOST_BYTES:
        raise _wrong(_("Dit bestand is te groot voor een leerkaart."))
    try:
        found = json.loads(data)
        certificate = certificates.read_certificate(found["certificate"])
        key = certificates.jwk_of(certificates.public_key_of(certificate))
        told = json.loads(jose.open_es256(found["jws"], {key["kid"]: key}, typ=TYPE, limit=MOST_BYTES))
        card = {field: told["card"][field] for field in FIELDS}
        source = f"{told['agency']}, {told['origin']}"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, TokenRefused) as wrong:
        raise _wrong(_("Dit is geen ondertekende leerkaart, of er is iets aan veranderd.")) from wrong
    if told.get("v") != 1 or not all(isinstance(value, str) for value in card.values()):
        raise _wrong(_("Deze leerkaart is van een vorm die hier niet bekend is."))
    roots = [certificates.read_certificate(pem) for pem in _trusted()]
    if not any(certificates.is_issued_by(certificate, root) for root in roots):
        raise _wrong(
            _("De handtekening is van een installatie die hier niet wordt vertrouwd."),
            remedy=_("Vraag uw beheerder haar wortelcertificaat toe te voegen (LEARNING_ROOTS)."),
        )
    if _is_of_a_person(certificate):
        raise _wrong(_("Deze leerkaart is door een persoon getekend, niet door een installatie."))
    if not certificates.was_valid(certificate, clock.now()):
        raise _wrong(_("Het certificaat onder deze leerkaart is verlopen."))
    return card, source[:400]


def _trusted() -> list[str]:
    own = root_pem()
    return [*([own] if own else []), *(Path(path).read_text(encoding="ascii") for path in settings.LEARNING_ROOTS)]


def _is_of_a_person(certificate: x509.Certificate) -> bool:
    """A signatory's certificate is of the same root, and vouches for no card."""
    try:
        return bool(certificates.holder_of(certificate))
    except ValueError:
        return False


def _wrong(sentence: str, *, remedy: str = "") -> Invalid:
    return Invalid(sentence, remedy=remedy or _("Vraag de afzender om het bestand opnieuw."), field="file")
