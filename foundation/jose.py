"""The only importer of python-jose: ES256 signatures, strict. What a token may claim about whom is not here.

python-jose 3.5.0 by itself accepts a forged HS256 token when it is given a DER key and no list of
algorithms, an unknown `crit` header, and tokens without `aud` or `exp`; so everything that decides
is checked here, before and after the one call that only verifies the signature.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jose import jws
from jose.exceptions import JOSEError

from foundation.errors import Problem

Jwk = Mapping[str, str]
"""A key as RFC 7517 writes it. Never DER or PEM bytes: those are what the HS256 forgery lives on."""

ALGORITHM = "ES256"
TOKEN_BYTES = 4096
DOCUMENT_BYTES = 512 * 1024
LONGEST_LIFE = timedelta(minutes=15)
NEEDED_CLAIMS = ("iss", "aud", "iat", "exp", "jti")

_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")
_COORDINATE_BYTES = 32


class TokenRefused(Problem):
    """A token that is not accepted. The sentence never says more than its holder could read in it."""

    code = "token_refused"
    status = 401


def sign_es256(claims: Mapping[str, Any], key: Jwk) -> str:
    """A compact JWT over `claims`, signed with the private JWK `key` (its `kid` goes into the header).

    Raises:
        ValueError: a claim of NEEDED_CLAIMS is missing, or `key` is not a private P-256 key with a kid.
    Source: RFC 7519, RFC 7515.
    """
    missing = [name for name in NEEDED_CLAIMS if name not in claims]
    if missing:
        raise ValueError(f"a token without {', '.join(missing)} would never be accepted")
    return seal_es256(json.dumps(dict(claims), separators=(",", ":")).encode(), key, typ="JWT")


def verify_es256(
    token: str,
    keys: Mapping[str, Jwk],
    *,
    audience: str,
    issuer: str,
    now: datetime,
    longest_life: timedelta = LONGEST_LIFE,
    skew: timedelta = timedelta(0),
) -> dict[str, Any]:
    """The claims of a JWT that is whole, ours to read, in time, and signed by one of `keys` (by kid).

    keys: public JWKs by kid. now: aware datetime. longest_life: how far `exp` may lie after `iat`.
    skew: how far the signer's clock may run ahead of ours; never lengthens `exp`.

    Raises:
        TokenRefused: the first check that fails.
    Source: RFC 7519 §7.2, RFC 8725.
    """
    claims = _object(open_es256(token, keys, typ="JWT", limit=TOKEN_BYTES))
    for name in NEEDED_CLAIMS:
        if name not in claims:
            _refuse(f"Het token mist de claim {name}.")
    if claims["iss"] != issuer:
        _refuse("Het token komt van een andere uitgever.")
    if claims["aud"] != audience:
        _refuse("Het token is voor een andere ontvanger.")
    jti = claims["jti"]
    if not isinstance(jti, str) or not 8 <= len(jti) <= 128:
        _refuse("Het token heeft geen bruikbaar kenmerk (jti).")
    _check_times(claims, now=now, longest_life=longest_life, skew=skew)
    return claims


def seal_es256(payload: bytes, key: Jwk, *, typ: str) -> str:
    """A compact JWS over `payload`; `typ` tells a token ("JWT") from a signed document ("JOSE")."""
    kid = key.get("kid", "")
    if not kid or not key.get("d"):
        raise ValueError("signing needs a private key with a kid")
    private = {**_curve_point(key), "d": key["d"]}
    return str(jws.sign(payload, private, headers={"typ": typ, "kid": kid}, algorithm=ALGORITHM))


def open_es256(token: str, keys: Mapping[str, Jwk], *, typ: str, limit: int = DOCUMENT_BYTES) -> bytes:
    """The payload bytes of a compact JWS made by `seal_es256` with the same `typ`.

    Raises:
        TokenRefused: not a JWS of exactly this form, an unknown kid, or a signature that does not fit.
    """
    header, payload = _parts(token, limit=limit)
    if set(header) != {"alg", "typ", "kid"}:
        # Also `crit`, `jwk`, `jku`, `x5u`, `b64`, `zip`: whatever asks for more than we do is refused.
        _refuse("De kop van het token hoort precies alg, typ en kid te hebben.")
    if header["alg"] != ALGORITHM:
        _refuse("Het token is niet met ES256 ondertekend.")
    if header["typ"] != typ:
        _refuse("Het token is van een andere soort.")
    key = keys.get(header["kid"]) if isinstance(header["kid"], str) else None
    if key is None:
        _refuse("Het token is met een onbekende sleutel ondertekend.")
    try:
        jws.verify(token, _public_point(key), algorithms=[ALGORITHM])
    except JOSEError as wrong:
        raise _refusal("De handtekening van het token klopt niet.") from wrong
    return payload


def kid_of(token: str, *, limit: int = TOKEN_BYTES) -> str:
    """The key that a token says it is signed with, unproven; "" when that cannot be read."""
    try:
        header, _payload = _parts(token, limit=limit)
    except TokenRefused:
        return ""
    kid = header.get("kid")
    return kid if isinstance(kid, str) else ""


def new_key() -> dict[str, str]:
    """A fresh private JWK on P-256; its kid is the thumbprint of the public half."""
    return _jwk_of(ec.generate_private_key(ec.SECP256R1()))


def private_key_of(text: str) -> dict[str, str]:
    """The private JWK in `text`: JWK JSON, or a PEM private key.

    Raises:
        ValueError: neither, or not on P-256.
    """
    if text.lstrip().startswith("{"):
        key = json.loads(text)
        _public_point(key)
        if not key.get("d"):
            raise ValueError("this JWK has no private part (d)")
        return {**key, "kid": key.get("kid") or thumbprint(key)}
    try:
        private = load_pem_private_key(text.encode(), password=None)
    except (TypeError, UnsupportedAlgorithm) as wrong:
        raise ValueError("this is not a PEM private key without a password") from wrong
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise ValueError("the key is not an elliptic curve key on P-256")
    return _jwk_of(private)


def public_half(key: Jwk) -> dict[str, str]:
    """The public JWK of a private or public one, with its kid, alg and use; safe to publish."""
    return {**_curve_point(key), "kid": key.get("kid") or thumbprint(key), "alg": ALGORITHM, "use": "sig"}


def public_jwk(x: int, y: int) -> dict[str, str]:
    """The public JWK of a point on P-256."""
    spelled_x, spelled_y = (_encode(n.to_bytes(_COORDINATE_BYTES, "big")) for n in (x, y))
    return {"kty": "EC", "crv": "P-256", "x": spelled_x, "y": spelled_y}


def thumbprint(key: Jwk) -> str:
    """The SHA-256 thumbprint of a key, base64url. Source: RFC 7638."""
    members = json.dumps(_curve_point(key), separators=(",", ":"), sort_keys=True)
    return _encode(hashlib.sha256(members.encode()).digest())


def check_public_key(key: Mapping[str, Any]) -> None:
    """Raises ValueError unless `key` is a public JWK on P-256 without a private part."""
    if "d" in key:
        raise ValueError("this key has a private part; send only the public half")
    point = _public_point(key)
    x, y = (int.from_bytes(_decode(point[name]), "big") for name in ("x", "y"))
    ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()  # ValueError off the curve


def _parts(token: str, *, limit: int) -> tuple[dict[str, Any], bytes]:
    if not isinstance(token, str) or len(token) > limit:
        _refuse("Het token is te lang.")
    segments = token.split(".")
    if len(segments) != 3:
        # Five parts are a JWE; python-jose would decrypt, and a bomb of zipped bytes with it.
        _refuse("Dit is geen ondertekend token van drie delen.")
    header, payload, signature = (_segment(segment) for segment in segments)
    if len(signature) != 2 * _COORDINATE_BYTES:
        _refuse("De handtekening van het token klopt niet.")
    return _object(header), payload


def _segment(text: str) -> bytes:
    # One spelling only: no padding, no whitespace, no stray bits, so a token has one set of bytes.
    if not _SEGMENT.fullmatch(text) or len(text) % 4 == 1:
        _refuse("Het token is geen geldige base64url-tekst.")
    decoded = _decode(text)
    if _encode(decoded) != text:
        _refuse("Het token is geen geldige base64url-tekst.")
    return decoded


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode(), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise _refusal("Het token bevat geen geldige JSON.") from wrong
    if not isinstance(value, dict):
        _refuse("Het token bevat geen JSON-object.")
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _check_times(claims: Mapping[str, Any], *, now: datetime, longest_life: timedelta, skew: timedelta) -> None:
    times = {name: claims[name] for name in ("iat", "exp", "nbf") if name in claims}
    if any(type(value) is not int for value in times.values()):
        _refuse("De tijden in het token horen hele seconden te zijn.")
    moment = now.timestamp()
    if claims["exp"] <= moment:
        _refuse("Het token is verlopen.", remedy="Vraag een nieuw token aan.")
    if max(claims["iat"], times.get("nbf", 0)) > moment + skew.total_seconds():
        _refuse("Het token is nog niet geldig.")
    if not 0 < claims["exp"] - claims["iat"] <= longest_life.total_seconds():
        _refuse("Het token is langer geldig dan is toegestaan.")


def _curve_point(key: Mapping[str, Any]) -> dict[str, str]:
    if key.get("kty") != "EC" or key.get("crv") != "P-256":
        raise ValueError("the key is not an elliptic curve key on P-256")
    return {"crv": "P-256", "kty": "EC", "x": key["x"], "y": key["y"]}


def _public_point(key: Mapping[str, Any]) -> dict[str, str]:
    try:
        point = _curve_point(key)
        fits = all(len(_decode(point[name])) == _COORDINATE_BYTES for name in ("x", "y"))
    except (KeyError, TypeError) as wrong:
        raise ValueError("the key has no x and y") from wrong
    if not fits or key.get("alg", ALGORITHM) != ALGORITHM:
        raise ValueError("the key is not an ES256 key")
    return point


def _jwk_of(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = private.private_numbers()
    key = public_jwk(numbers.public_numbers.x, numbers.public_numbers.y)
    d = _encode(numbers.private_value.to_bytes(_COORDINATE_BYTES, "big"))
    return {**key, "d": d, "kid": thumbprint(key)}


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _refusal(sentence: str, *, remedy: str = "") -> TokenRefused:
    return TokenRefused(sentence, remedy=remedy or "Vraag een nieuw token aan bij uw beheerder.")


def _refuse(sentence: str, *, remedy: str = "") -> NoReturn:
    raise _refusal(sentence, remedy=remedy)
