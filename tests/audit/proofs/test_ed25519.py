"""Ed25519 in plain Python: it accepts what RFC 8032 signs, and is stricter than OpenSSL, never laxer."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.proofs import verifier
from audit.proofs.verifier import verify_ed25519

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]
# The eight points of small order, and their second, non-canonical encodings.
SMALL = [
    0,
    1,
    P - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303021540,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
    P,
    P + 1,
]


def openssl(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def encoded(y: int, sign: int = 0) -> bytes:
    return (y | sign << 255).to_bytes(32, "little")


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032(public, message, signature):
    assert verify_ed25519(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert not verify_ed25519(bytes.fromhex(public), b"another" + bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511), st.integers(0, 255))
def test_it_agrees_with_openssl_on_good_and_changed_signatures(seed, message, bit, key_bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    changed = bytes(b ^ (1 << bit % 8 if n == bit // 8 else 0) for n, b in enumerate(signature))
    other = bytes(b ^ (1 << key_bit % 8 if n == key_bit // 8 else 0) for n, b in enumerate(public))

    assert verify_ed25519(public, message, signature)
    assert not verify_ed25519(public, message + b"x", signature)
    assert not verify_ed25519(public, message, changed)
    assert not verify_ed25519(other, message, signature)


def test_a_scalar_outside_the_group_order_is_refused():
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    scalar = int.from_bytes(signature[32:], "little")

    for malleable in (scalar + L, scalar + 8 * L):
        assert not verify_ed25519(public, b"m", signature[:32] + malleable.to_bytes(32, "little"))


@pytest.mark.parametrize("y", SMALL)
@pytest.mark.parametrize("sign", [0, 1])
def test_keys_of_small_order_sign_nothing(y, sign):
    """With A of small order and S = 0, R = -kA fits one message in eight, whoever 'signed' it."""
    public = encoded(y, sign)
    rs = [encoded(other, s) for other in SMALL[:5] for s in (0, 1)]
    tries = [(bytes([m]), r + bytes(32)) for m in range(4) for r in rs]

    assert not any(verify_ed25519(public, message, signature) for message, signature in tries)


def test_openssl_accepts_such_a_key_so_this_is_stricter():
    identity = encoded(1)

    assert openssl(identity, b"anything", identity + bytes(32))
    assert not verify_ed25519(identity, b"anything", identity + bytes(32))


@pytest.mark.parametrize("public", [b"", b"\x00" * 31, b"\x00" * 33, encoded(2), encoded(P + 3), b"\xff" * 32])
def test_bytes_that_are_no_key_are_refused(public):
    assert not verify_ed25519(public, b"m", bytes(64))


@pytest.mark.parametrize("length", [0, 63, 65, 128])
def test_signatures_of_another_length_are_refused(length):
    key = Ed25519PrivateKey.generate()

    assert not verify_ed25519(key.public_key().public_bytes_raw(), b"m", (key.sign(b"m") * 2)[:length])


def test_a_second_encoding_of_a_point_is_refused():
    """Nobody can sign for these points (their logarithm is not known), so this asks the decoder itself."""
    points = [y for y in range(19) if verifier._decompress(encoded(y))]

    assert len(points) > 5
    assert not any(verifier._decompress(encoded(P + y)) for y in range(19))
    assert not any(verifier._decompress(encoded(y, 1)) for y in (1, P - 1))
