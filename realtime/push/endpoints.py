"""Which addresses of push services are called. A browser names one, so it is input: nothing inside may be reached."""

import base64
import binascii
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.errors import Invalid

LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What a browser says of itself. p256dh: its public key, auth: the shared secret; base64url (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str


def checked(device: Device) -> Device:
    """The same device, when its address and its keys are those of a push service. Raises Invalid."""
    if not is_allowed(device.endpoint):
        raise Invalid(
            _("Dit adres is niet van een pushdienst die deze installatie gebruikt."), field="endpoint",
            remedy=_("Zet meldingen aan vanuit een gewone browser, of vraag de beheerder de dienst toe te laten."),
        )  # fmt: skip
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(device.p256dh))
        good = len(_decoded(device.auth)) == 16
    except (ValueError, binascii.Error):
        good = False
    if not good:
        raise Invalid(
            _("De sleutels van dit toestel zijn niet te lezen."), field="keys",
            remedy=_("Zet meldingen uit en weer aan."),
        )  # fmt: skip
    return device


def is_allowed(endpoint: str) -> bool:
    """Whether an address may be called at all: https, without name or port of its own, of a service in PUSH_HOSTS.

    PUSH_LOCAL, for the demo and the tests, also lets through plain http to this machine itself.
    """
    if len(endpoint) > LONGEST:
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower().rstrip(".")
    if settings.PUSH_LOCAL and parts.scheme == "http" and host == "127.0.0.1":
        return True
    if parts.scheme != "https" or parts.username or parts.password or port not in (None, 443) or _is_number(host):
        return False
    return any(host == name or host.endswith(f".{name}") for name in settings.PUSH_HOSTS)


def leads_outside(endpoint: str) -> bool:
    """Whether the name now stands for public addresses only. Asked before every call, since names change."""
    host = urlsplit(endpoint).hostname or ""
    if settings.PUSH_LOCAL and host == "127.0.0.1":
        return True
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return False
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    return bool(addresses) and all(one.is_global and not one.is_multicast for one in addresses)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
