"""Certificates of this installation and of signatories: making, reading, holding against each other. No tables.

All keys are on P-256. Source: RFC 5280. Time comes in from the caller, so that this also works offline.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.x509.oid import NameOID

from foundation import jose

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey

HOUSE_LIFE = timedelta(days=3653)
SIGNATORY_LIFE = timedelta(days=730)
_LONGEST_NAME = 64  # X.520, upper bound of a common name


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a certificate names: a person who signs for an agency. oin: 20 digits."""

    name: str
    agency: str
    code: str
    oin: str


def new_private_key() -> PrivateKey:
    """A fresh key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def private_pem(key: PrivateKey) -> str:
    """The key as PEM (PKCS 8), not encrypted: only for inside a box."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def read_private_key(pem: str) -> PrivateKey:
    """The inverse of private_pem. Raises ValueError."""
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, PrivateKey):
        raise ValueError("this key is not on an elliptic curve")
    return key


def pem_of(certificate: x509.Certificate) -> str:
    """The certificate as PEM."""
    return certificate.public_bytes(Encoding.PEM).decode()


def der_of(certificate: x509.Certificate) -> bytes:
    """The certificate as DER."""
    return certificate.public_bytes(Encoding.DER)


def read_certificate(pem: str) -> x509.Certificate:
    """The one certificate in `pem`, which must be spelled as pem_of spells it.

    Raises ValueError: none, more than one, another spelling, or a key that is not on P-256.
    """
    found = x509.load_pem_x509_certificate(pem.encode())
    if pem_of(found) != pem:
        raise ValueError("this is not exactly one certificate in PEM")
    _on_p256(found.public_key())
    return found


def read_public_key(pem: str) -> PublicKey:
    """The public key in a certificate, a certificate request that proves possession, or a bare public key.

    Raises ValueError: none of these, a request whose signature does not fit, or a key that is not on P-256.
    """
    data = pem.strip().encode()
    if b"BEGIN CERTIFICATE REQUEST" in data:
        request = x509.load_pem_x509_csr(data)
        if not request.is_signature_valid:
            raise ValueError("the request is not signed by its own key")
        return _on_p256(request.public_key())
    if b"BEGIN CERTIFICATE" in data:
        return _on_p256(x509.load_pem_x509_certificate(data).public_key())
    return _on_p256(load_pem_public_key(data))


def make_root(name: str, *, key: PrivateKey, now: datetime) -> x509.Certificate:
    """The certificate with which an installation vouches for its signatories and its seal; signed by itself."""
    subject = _house_name(name)
    builder = _builder(subject, subject, key.public_key(), now, now + HOUSE_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(_usage(issues=True), critical=True).sign(key, SHA256())


def make_seal(
    name: str, public_key: PublicKey, *, root: x509.Certificate, root_key: PrivateKey, now: datetime
) -> x509.Certificate:
    """The certificate with which an installation seals PDFs; it ends with the root."""
    builder = _builder(_house_name(name), root.subject, public_key, now, root.not_valid_after_utc)
    return _issued(builder, root, root_key)


def issue(
    holder: Holder, public_key: PublicKey, *, root: x509.Certificate, root_key: PrivateKey, now: datetime
) -> x509.Certificate:
    """A signatory's certificate for one agency: two years, never longer than the root."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.agency[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, holder.code[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, holder.oin),
            x509.NameAttribute(NameOID.COMMON_NAME, holder.name[:_LONGEST_NAME]),
        ]
    )
    ends = min(now + SIGNATORY_LIFE, root.not_valid_after_utc)
    return _issued(_builder(subject, root.subject, public_key, now, ends), root, root_key)


def holder_of(certificate: x509.Certificate) -> Holder:
    """Whom a signatory's certificate names. Raises ValueError when it does not name a person and an agency."""
    parts = {
        "name": NameOID.COMMON_NAME,
        "agency": NameOID.ORGANIZATION_NAME,
        "code": NameOID.ORGANIZATIONAL_UNIT_NAME,
        "oin": NameOID.SERIAL_NUMBER,
    }
    found = {part: certificate.subject.get_attributes_for_oid(oid) for part, oid in parts.items()}
    if any(len(attributes) != 1 for attributes in found.values()):
        raise ValueError("this certificate does not name one person and one agency")
    return Holder(**{part: str(attributes[0].value) for part, attributes in found.items()})


def names(certificate: x509.Certificate, *, name: str, code: str, oin: str) -> bool:
    """Whether a certificate was issued to this person for this agency."""
    holder = holder_of(certificate)
    return (holder.name, holder.code, holder.oin) == (name[:_LONGEST_NAME], code[:_LONGEST_NAME], oin)


def is_issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Whether `root` signed this certificate, and may sign certificates."""
    try:
        certificate.verify_directly_issued_by(root)
        return bool(root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether this certificate says that it may sign others; a signatory's never does."""
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def was_valid(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether a moment lies in the term of a certificate (whole seconds, both ends included: RFC 5280)."""
    moment = at.replace(microsecond=0)
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, as pairs of capital hex digits with colons."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def jwk_of(key: PublicKey) -> dict[str, str]:
    """The public key as JWK; its kid is the thumbprint (RFC 7638)."""
    numbers = key.public_numbers()
    return jose.public_half(jose.public_jwk(numbers.x, numbers.y))


def public_key_of(certificate: x509.Certificate) -> PublicKey:
    """The key of a certificate. Raises ValueError: not on P-256."""
    return _on_p256(certificate.public_key())


def public_der(key: PublicKey) -> bytes:
    """The key as DER (SubjectPublicKeyInfo): equal for equal keys."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _house_name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME])])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PublicKey, starts: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts.replace(microsecond=0))
        .not_valid_after(ends.replace(microsecond=0))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _issued(builder: x509.CertificateBuilder, root: x509.Certificate, root_key: PrivateKey) -> x509.Certificate:
    mine = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(issues=False), critical=True)
        .add_extension(mine, critical=False)
        .sign(root_key, SHA256())
    )


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_cert_sign=issues,
        crl_sign=issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _on_p256(key: object) -> PublicKey:
    if not isinstance(key, PublicKey) or key.curve.name != "secp256r1":
        raise ValueError("this key is not an elliptic curve key on P-256")
    return key
