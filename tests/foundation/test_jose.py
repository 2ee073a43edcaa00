"""Every trap of python-jose 3.5.0, each with a token that somebody could really forge."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from jose import jwe  # noqa: TID251 - the forger's side

from foundation import clock, jose
from foundation.jose import TokenRefused

NOW = clock.start_of(clock.today())
KEY = jose.new_key()
KEYS = {KEY["kid"]: jose.public_half(KEY)}
SECONDS = int(NOW.timestamp())
CLAIMS = {
    "iss": "verbond",
    "aud": "verbond-api",
    "sub": "u",
    "jti": "0123456789abcdef",
    "iat": SECONDS - 10,
    "exp": SECONDS + 590,
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def private(key: dict[str, str], curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(base64.urlsafe_b64decode(key["d"] + "=="), "big")
    return ec.derive_private_key(number, curve or ec.SECP256R1())


def forge(claims: object = None, header: object = None, *, signer: ec.EllipticCurvePrivateKey | None = None) -> str:
    """A token with a correct signature over whatever header and claims; bytes are taken as they are."""
    header = {"alg": "ES256", "typ": "JWT", "kid": KEY["kid"]} if header is None else header
    raw_header = header if isinstance(header, bytes) else json.dumps(header).encode()
    claims = CLAIMS if claims is None else claims
    raw_claims = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    signed = f"{b64(raw_header)}.{b64(raw_claims)}"
    signer = signer or private(KEY)
    size = (signer.curve.key_size + 7) // 8
    r, s = decode_dss_signature(signer.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{b64(r.to_bytes(size, 'big') + s.to_bytes(size, 'big'))}"


def verify(token: str, keys: dict[str, dict[str, str]] | None = None, **more: object) -> dict[str, object]:
    return jose.verify_es256(token, keys or KEYS, audience="verbond-api", issuer="verbond", now=NOW, **more)


def test_a_token_of_our_own_is_read_back_whole() -> None:
    assert verify(jose.sign_es256(CLAIMS, KEY)) == CLAIMS
    assert verify(forge()) == CLAIMS


def test_signing_refuses_a_token_that_nobody_would_accept() -> None:
    with pytest.raises(ValueError, match="jti"):
        jose.sign_es256({k: v for k, v in CLAIMS.items() if k != "jti"}, KEY)
    with pytest.raises(ValueError, match="private"):
        jose.sign_es256(CLAIMS, jose.public_half(KEY))


@pytest.mark.parametrize("form", ["der", "pem", "x"])
def test_hs256_with_the_public_key_as_secret_is_refused(form: str) -> None:
    public = private(KEY).public_key()
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    secret = {
        "der": public.public_bytes(serialization.Encoding.DER, info),
        "pem": public.public_bytes(serialization.Encoding.PEM, info),
        "x": KEY["x"].encode(),
    }[form]
    header = {"alg": "HS256", "typ": "JWT", "kid": KEY["kid"]}
    signed = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(CLAIMS).encode())}"

    token = f"{signed}.{b64(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"

    with pytest.raises(TokenRefused):
        verify(token)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, "HS256", "RS256", "ES384", "ES512", ["ES256"]])
def test_any_other_algorithm_is_refused_even_over_a_good_signature(alg: object) -> None:
    with pytest.raises(TokenRefused):
        verify(forge(header={"alg": alg, "typ": "JWT", "kid": KEY["kid"]}))


def test_a_token_without_signature_is_refused() -> None:
    header = b64(json.dumps({"alg": "none", "typ": "JWT", "kid": KEY["kid"]}).encode())
    unsigned = f"{header}.{b64(json.dumps(CLAIMS).encode())}."

    with pytest.raises(TokenRefused):
        verify(unsigned)
    with pytest.raises(TokenRefused):
        verify(forge().rsplit(".", 1)[0] + ".")


@pytest.mark.parametrize(
    "more",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"b64": False},
        {"zip": "DEF"},
        {"jku": "https://elsewhere.example/keys"},
        {"jwk": jose.public_half(KEY)},
        {"x5c": ["MII"]},
        {"cty": "JWT"},
    ],
)
def test_a_header_that_asks_for_more_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(TokenRefused, match="precies"):
        verify(forge(header={"alg": "ES256", "typ": "JWT", "kid": KEY["kid"], **more}))


def test_a_header_that_lacks_a_part_is_refused() -> None:
    with pytest.raises(TokenRefused, match="precies"):
        verify(forge(header={"alg": "ES256", "kid": KEY["kid"]}))
    with pytest.raises(TokenRefused, match="precies"):
        verify(forge(header={"alg": "ES256", "typ": "JWT"}))


def test_a_kid_that_stands_twice_is_refused() -> None:
    twice = f'{{"alg":"ES256","typ":"JWT","kid":"other","kid":"{KEY["kid"]}"}}'.encode()

    with pytest.raises(TokenRefused, match="JSON"):
        verify(forge(header=twice))


def test_a_claim_that_stands_twice_is_refused() -> None:
    text = json.dumps(CLAIMS)
    with pytest.raises(TokenRefused, match="JSON"):
        verify(forge(text.replace("{", '{"aud": "elsewhere", ', 1).encode()))


@pytest.mark.parametrize("kid", ["unknown", 7, None, ["a"], {"a": 1}])
def test_a_key_we_do_not_know_is_refused(kid: object) -> None:
    with pytest.raises(TokenRefused, match="onbekende sleutel"):
        verify(forge(header={"alg": "ES256", "typ": "JWT", "kid": kid}))


def test_a_good_kid_over_another_persons_key_is_refused() -> None:
    with pytest.raises(TokenRefused, match="handtekening"):
        verify(forge(signer=private(jose.new_key())))


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP521R1(), ec.SECP256K1()])
def test_a_signature_on_another_curve_is_refused(curve: ec.EllipticCurve) -> None:
    with pytest.raises(TokenRefused, match="handtekening"):
        verify(forge(signer=ec.generate_private_key(curve)))


def test_a_registered_key_on_another_curve_never_verifies_anything() -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    numbers = other.public_key().public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-384",
        "x": b64(numbers.x.to_bytes(48, "big")),
        "y": b64(numbers.y.to_bytes(48, "big")),
    }
    with pytest.raises(ValueError, match="P-256"):
        verify(forge(), {KEY["kid"]: jwk})
    with pytest.raises(ValueError, match="P-256"):
        jose.check_public_key(jwk)


def test_a_symmetric_key_in_the_register_never_verifies_anything() -> None:
    with pytest.raises(ValueError, match="P-256"):
        verify(forge(), {KEY["kid"]: {"kty": "oct", "k": b64(b"secret")}})


@pytest.mark.parametrize("name", ["iss", "aud", "iat", "exp", "jti"])
def test_a_token_that_lacks_a_claim_is_refused(name: str) -> None:
    with pytest.raises(TokenRefused, match=name):
        verify(forge({k: v for k, v in CLAIMS.items() if k != name}))


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "elsewhere"},
        {"aud": ["verbond-api", "elsewhere"]},
        {"aud": None},
        {"iss": "elsewhere"},
        {"iss": ["verbond"]},
        {"exp": SECONDS},
        {"exp": SECONDS - 1},
        {"exp": float(SECONDS + 60)},
        {"exp": str(SECONDS + 60)},
        {"exp": True},
        {"exp": None},
        {"exp": SECONDS + 901 - 10},
        {"exp": 2**62},
        {"iat": SECONDS + 1},
        {"iat": "0"},
        {"nbf": SECONDS + 1},
        {"nbf": "0"},
        {"jti": ""},
        {"jti": 12345678},
        {"jti": "x" * 129},
    ],
)
def test_a_claim_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(TokenRefused):
        verify(forge({**CLAIMS, **change}))


def test_the_last_second_still_counts_and_not_before_may_be_past() -> None:
    assert verify(forge({**CLAIMS, "exp": SECONDS + 1, "nbf": SECONDS}))
    assert verify(forge({**CLAIMS, "exp": SECONDS + 890}))


def test_a_clock_that_is_a_little_ahead_is_forgiven_only_where_the_caller_says_so() -> None:
    ahead = forge({**CLAIMS, "iat": SECONDS + 4})

    with pytest.raises(TokenRefused, match="nog niet"):
        verify(ahead)
    assert verify(ahead, skew=timedelta(seconds=5))


def test_how_long_a_token_may_live_is_the_callers_choice() -> None:
    long = forge({**CLAIMS, "exp": SECONDS + 3000})

    with pytest.raises(TokenRefused, match="langer geldig"):
        verify(long)
    assert verify(long, longest_life=timedelta(hours=1))


def test_an_encrypted_token_is_refused_unopened() -> None:
    token = jwe.encrypt(json.dumps(CLAIMS), b"0" * 32, algorithm="dir", encryption="A256GCM").decode()

    with pytest.raises(TokenRefused, match="drie delen"):
        verify(token)


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b", "a.b.c", "é.é.é", forge() + "=", forge() + " ", "\n" + forge(), forge()[:-1]],
)
def test_a_text_that_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(TokenRefused):
        verify(token)


def test_another_spelling_of_the_same_signature_is_refused() -> None:
    token = forge()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    sibling = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]

    with pytest.raises(TokenRefused):
        verify(sibling)


def test_a_token_over_four_kibibytes_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(TokenRefused, match="te lang"):
        verify(forge({**CLAIMS, "pad": "x" * 4096}))


@pytest.mark.parametrize("claims", [b"[]", b"1", b"not json", b'{"exp": NaN}', b"\xff", b"[" * 2000])
def test_claims_that_are_no_json_object_are_refused(claims: bytes) -> None:
    with pytest.raises(TokenRefused):
        verify(forge(claims))


def test_a_signed_document_is_never_an_access_token() -> None:
    sealed = jose.seal_es256(json.dumps(CLAIMS).encode(), KEY, typ="JOSE")

    assert jose.open_es256(sealed, KEYS, typ="JOSE") == json.dumps(CLAIMS).encode()
    with pytest.raises(TokenRefused, match="andere soort"):
        verify(sealed)


def test_a_changed_document_is_refused() -> None:
    head, _, tail = jose.seal_es256(b"article 6", KEY, typ="JOSE").split(".")

    with pytest.raises(TokenRefused, match="handtekening"):
        jose.open_es256(f"{head}.{b64(b'article 7')}.{tail}", KEYS, typ="JOSE")


def test_keys_come_from_pem_and_from_jwk_and_keep_their_thumbprint() -> None:
    pem = private(KEY).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )

    assert jose.private_key_of(pem.decode()) == KEY
    assert jose.private_key_of(json.dumps(KEY)) == KEY
    assert jose.thumbprint(KEY) == jose.thumbprint(jose.public_half(KEY)) == KEY["kid"]
    assert "d" not in jose.public_half(KEY)


@pytest.mark.parametrize("text", ["", "{}", "x", '{"kty":"oct","k":"AA"}', json.dumps(jose.public_half(KEY))])
def test_a_key_that_cannot_sign_es256_is_refused_at_start(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each cause has its own words
        jose.private_key_of(text)


def test_a_point_off_the_curve_or_a_private_half_is_no_public_key() -> None:
    with pytest.raises(ValueError, match="private"):
        jose.check_public_key(KEY)
    with pytest.raises(ValueError):  # noqa: PT011 - the words are those of cryptography
        jose.check_public_key({**jose.public_half(KEY), "y": KEY["x"]})
    jose.check_public_key(jose.public_half(KEY))
