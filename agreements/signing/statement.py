"""The statement that a signatory signs, and its signature (JWS, ES256). Plain Python: the offline check reads it too.

What is signed names the exact bytes (their SHA-256), who signs for whom and by what power, and the whole
circle of parties: the document itself names kinds of agencies, and nobody should find another one beside them.
"""

import json
from datetime import UTC, datetime
from typing import Annotated, Final, Literal, Self

from cryptography import x509
from pydantic import BaseModel, ConfigDict, Field

from agreements.signing.certificates import jwk_of, public_key_of
from foundation import jose
from foundation.canonical import canonical_bytes

FORM: Final = "verbond-signature-1"
TYPE = "JOSE"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"

# One line of text; no control characters, which PostgreSQL or a reader could stumble over.
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Oin = Annotated[str, Field(pattern=r"^[0-9]{20}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SigningParty(_Part):
    """An agency that has a place under the version. type: as the covenant names parties ("POL")."""

    agency: Line
    capacity: Line
    oin: Oin
    type: Line


class Statement(_Part):
    """That somebody signs one version for one agency, or accedes to it later. signed_at: UTC, whole seconds."""

    form: Literal["verbond-signature-1"] = FORM
    purpose: Literal["sign", "accede"] = "sign"
    covenant: Line
    version: int
    document_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    agency: Line
    oin: Oin
    capacity: Line
    signatory: Line
    mandate: Line
    signed_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    parties: list[SigningParty]

    @property
    def moment(self) -> datetime:
        """When it was signed, as the signatory says."""
        return datetime.strptime(self.signed_at, _MOMENT).replace(tzinfo=UTC)

    def payload(self) -> bytes:
        """The bytes that are signed. Source: RFC 8785."""
        return canonical_bytes(self.model_dump(mode="json"))

    def without_own_words(self) -> Self:
        """The same with what the signatory alone can say left blank: the mandate and the moment."""
        return self.model_copy(update={"mandate": "", "signed_at": ""})


class StatementUnreadable(ValueError):
    """These bytes are no statement of this form."""


def moment_text(moment: datetime) -> str:
    """A moment as a statement writes it."""
    return moment.astimezone(UTC).strftime(_MOMENT)


def read_statement(payload: bytes) -> Statement:
    """The statement in these bytes. Raises StatementUnreadable: another form, or not in canonical spelling."""
    try:
        found = Statement.model_validate(json.loads(payload))
        is_canonical = found.payload() == payload
        found.moment  # noqa: B018 - a day that does not exist has the right form
    except (ValueError, RecursionError) as wrong:
        raise StatementUnreadable("this is not a statement of this form") from wrong
    if not is_canonical:
        raise StatementUnreadable("this statement is not in canonical spelling")
    return found


def sign(statement: Statement, private_key: jose.Jwk) -> str:
    """The compact JWS over a statement."""
    return jose.seal_es256(statement.payload(), private_key, typ=TYPE)


def open_signed(token: str, certificate: x509.Certificate) -> Statement:
    """The statement in a JWS that the key of this certificate made.

    Raises:
        TokenRefused: no such signature. StatementUnreadable: what was signed is no statement.
    """
    key = jwk_of(public_key_of(certificate))
    return read_statement(jose.open_es256(token, {key["kid"]: key}, typ=TYPE))


def kid_of(token: str) -> str:
    """The key that a signature says it was made with, unproven; "" when that cannot be read."""
    return jose.kid_of(token, limit=jose.DOCUMENT_BYTES)
