"""The seal of a PDF, byte for byte: whoever changes one byte anywhere in the file breaks it. Plain Python, offline.

A PDF signature covers the file but for a hole that holds the signature itself, and in that hole not every
bit counts to a lenient reader: hex in another case, padding, order, attributes beside the signed ones. So
the hole is built anew from what is signed, and must be equal. Source: ISO 32000-1 §12.8, RFC 5652, RFC 5035.
"""

import hashlib
import re
from dataclasses import dataclass

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from agreements.signing.certificates import der_of, is_issued_by, public_key_of

_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_HEX = re.compile(rb"<((?:[0-9A-F]{2})+)>")
# Version 1, and the names of what is used, as DER: sha256, ecdsa-with-SHA256, data, signedData.
_V1 = bytes.fromhex("020101")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
# The third is known to asn1crypto only with its module for time stamps.
_ATTRIBUTES = {"content_type", "message_digest", "signing_certificate_v2"}
_ = tsp.SigningCertificateV2


class SealBroken(Exception):
    """The seal does not cover this file, or not exactly; the message says in Dutch what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal that fits all bytes of a file. root: as it stands in the seal, not yet trusted."""

    certificate: x509.Certificate
    root: x509.Certificate
    byte_range: tuple[int, int, int, int]


def check_seal(data: bytes) -> Seal:
    """The seal of a file, after checking that it covers every byte of it and is spelled in the one way.

    Raises SealBroken. Whether its root may be trusted is for the caller.
    """
    byte_range = _byte_range(data)
    raw = _hole(data, byte_range)
    try:
        found = cms.ContentInfo.load(raw, strict=True)
        return _check_cms(found, raw, _digest(data, byte_range), byte_range)
    except SealBroken:
        raise
    except Exception as wrong:  # whatever the parser stumbles over in bytes that anybody may have made
        raise SealBroken("Het zegel is onleesbaar.") from wrong


def _byte_range(data: bytes) -> tuple[int, int, int, int]:
    found = _RANGE.findall(data)
    if len(found) != 1 or data.count(b"/ByteRange") != 1:
        raise SealBroken("Er hoort precies één zegel in het bestand te zitten; dat is niet zo.")
    before, after, rest = (int(number) for number in found[0])
    if not before < after or after + rest != len(data):
        raise SealBroken("Het zegel dekt niet het hele bestand: er is iets af, of erbij gekomen.")
    return (0, before, after, rest)


def _hole(data: bytes, byte_range: tuple[int, int, int, int]) -> bytes:
    """The signature in the hole; after it come zeros and nothing else."""
    _zero, before, after, _rest = byte_range
    spelled = _HEX.fullmatch(data, before, after)
    if spelled is None:
        raise SealBroken("De plek van het zegel is niet gevuld zoals het hoort.")
    raw = bytes.fromhex(spelled[1].decode("ascii"))
    length = _length(raw)
    if any(raw[length:]):
        raise SealBroken("Achter het zegel staat iets dat er niet hoort.")
    return raw[:length]


def _length(raw: bytes) -> int:
    """The length of the DER value at the start; a CMS of this size has two bytes of length."""
    if raw[:2] != b"\x30\x82":
        raise SealBroken("Het zegel is onleesbaar.")
    return 4 + int.from_bytes(raw[2:4], "big")


def _digest(data: bytes, byte_range: tuple[int, int, int, int]) -> bytes:
    _zero, before, after, _rest = byte_range
    whole = hashlib.sha256(memoryview(data)[:before])
    whole.update(memoryview(data)[after:])
    return whole.digest()


def _check_cms(found: cms.ContentInfo, raw: bytes, digest: bytes, byte_range: tuple[int, int, int, int]) -> Seal:
    signed = found["content"]
    (info,) = signed["signer_infos"]
    certificate, root = _certificates(signed, info)
    if _rebuilt(info, certificate, root) != raw:
        raise SealBroken("Het zegel is niet geschreven zoals het hoort.")
    attributes = {item["type"].native: item["values"][0] for item in info["signed_attrs"]}
    if set(attributes) != _ATTRIBUTES or len(info["signed_attrs"]) != len(_ATTRIBUTES):
        raise SealBroken("In het zegel staat iets dat er niet hoort.")
    named = attributes["signing_certificate_v2"]["certs"][0]["cert_hash"].native
    if named != hashlib.sha256(der_of(certificate)).digest():
        raise SealBroken("Het zegel noemt een ander certificaat.")
    if attributes["message_digest"].native != digest:
        raise SealBroken("Het bestand is gewijzigd nadat het werd verzegeld.")
    _check_signature(certificate, info)
    if not (is_issued_by(certificate, root) and is_issued_by(root, root)):
        raise SealBroken("Het certificaat van het zegel is niet uitgegeven door de installatie.")
    return Seal(certificate=certificate, root=root, byte_range=byte_range)


def _certificates(signed: cms.SignedData, info: cms.SignerInfo) -> tuple[x509.Certificate, x509.Certificate]:
    """The certificate that sealed, and the other one; there must be two."""
    found = [x509.load_der_x509_certificate(item.chosen.dump()) for item in signed["certificates"]]
    number = info["sid"].chosen["serial_number"].native
    sealing = [item for item in found if item.serial_number == number]
    others = [item for item in found if item.serial_number != number]
    if len(sealing) != 1 or len(others) != 1:
        raise SealBroken("In het zegel horen twee certificaten te zitten: dat van het zegel en dat van de installatie.")
    return sealing[0], others[0]


def _rebuilt(info: cms.SignerInfo, certificate: x509.Certificate, root: x509.Certificate) -> bytes:
    """The whole signature in its one spelling, from what is signed and the two certificates."""
    number = certificate.serial_number
    serial = _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))
    sealed_by = _der(0x30, certificate.issuer.public_bytes(), serial)
    attributes = info["signed_attrs"].untag().dump()
    signer = _der(0x30, _V1, sealed_by, _SHA256, b"\xa0" + attributes[1:], _ECDSA, _der(0x04, info["signature"].native))
    both = sorted((der_of(certificate), der_of(root)))
    signed = _der(0x30, _V1, _der(0x31, _SHA256), _DATA, _der(0xA0, *both), _der(0x31, signer))
    return _der(0x30, _SIGNED_DATA, _der(0xA0, signed))


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER value. Source: X.690 §8.1, §10.1."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    spelled = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(spelled))) + spelled + content


def _check_signature(certificate: x509.Certificate, info: cms.SignerInfo) -> None:
    over = info["signed_attrs"].untag().dump()
    try:
        public_key_of(certificate).verify(info["signature"].native, over, ec.ECDSA(SHA256()))
    except InvalidSignature as wrong:
        raise SealBroken("De handtekening van het zegel klopt niet.") from wrong
