"""Lesson files of other installations: refused in clear words unless their root is trusted here, byte by byte."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from agreements.signing import certificates
from agreements.signing.certificates import Holder, PrivateKey
from foundation import clock, jose
from foundation.canonical import canonical_bytes
from foundation.errors import Invalid
from programmes.learning import commands
from programmes.learning.models import Lesson, LessonState
from programmes.learning.signed import TYPE
from tests.programmes.conftest import visit
from tests.programmes.test_learning import CARD


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another installation: its root, and files that it signs."""

    name: str
    root: x509.Certificate
    root_key: PrivateKey
    at: datetime

    def seal(self) -> tuple[x509.Certificate, PrivateKey]:
        key = certificates.new_private_key()
        return certificates.make_seal(
            f"Zegel {self.name}", key.public_key(), root=self.root, root_key=self.root_key, now=self.at
        ), key  # fmt: skip

    def of_a_person(self) -> tuple[x509.Certificate, PrivateKey]:
        key = certificates.new_private_key()
        holder = Holder(name="Iemand", agency="Gemeente Elders", code="GEM-EL", oin="0" * 20)
        made = certificates.issue(holder, key.public_key(), root=self.root, root_key=self.root_key, now=self.at)
        return made, key

    def file(self, by: tuple[x509.Certificate, PrivateKey] | None = None, **card: str) -> bytes:
        certificate, key = by or self.seal()
        payload = canonical_bytes({"v": 1, "origin": self.name, "agency": "Gemeente Elders", "card": CARD | card})
        token = jose.seal_es256(payload, jose.private_key_of(certificates.private_pem(key)), typ=TYPE)
        return canonical_bytes({"certificate": certificates.pem_of(certificate), "jws": token})


def installation(name: str = "Verbond Elders", *, at: datetime | None = None) -> Other:
    key, now = certificates.new_private_key(), at or clock.now() - timedelta(days=1)
    return Other(name=name, root=certificates.make_root(name, key=key, now=now), root_key=key, at=now)


Trust = Callable[[Other], None]


@pytest.fixture
def trust(tmp_path: Path, settings: Any) -> Trust:
    """Adds the root of an installation to those that are trusted here."""

    def add(other: Other) -> None:
        file = tmp_path / f"{len(settings.LEARNING_ROOTS)}.pem"
        file.write_text(certificates.pem_of(other.root), encoding="ascii")
        settings.LEARNING_ROOTS = (*settings.LEARNING_ROOTS, str(file))

    return add


def refused(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as found:
        commands.import_lesson(visit("hilde"), data)
    assert found.value.field == "file"
    assert not Lesson.objects.exists()
    return found.value


def test_a_file_of_an_unknown_installation_is_refused_and_says_what_to_do(house: None, trust: Trust) -> None:
    data = installation().file()

    for known in (None, installation("Verbond Nog Elders")):
        if known is not None:
            trust(known)
        why = refused(data)
        assert "niet wordt vertrouwd" in why.sentence
        assert "LEARNING_ROOTS" in why.remedy


def test_a_file_of_a_known_installation_becomes_a_draft_that_names_it(house: None, trust: Trust) -> None:
    other = installation()
    trust(installation("Verbond Nog Elders"))
    trust(other)

    found = commands.import_lesson(visit("hilde"), other.file(title="Zqx elders geleerd"))

    assert (found.state, found.title, found.agency.code) == (LessonState.DRAFT, "Zqx elders geleerd", "POL-MD")
    assert found.source == "Gemeente Elders, Verbond Elders"


def test_who_calls_itself_like_a_known_installation_is_refused(house: None, trust: Trust) -> None:
    trust(installation("Verbond Elders"))

    assert "niet wordt vertrouwd" in refused(installation("Verbond Elders").file()).sentence


def test_any_changed_byte_of_a_file_of_a_known_installation_is_refused(house: None, trust: Trust) -> None:
    other = installation()
    trust(other)
    whole = json.loads(other.file())
    token = whole["jws"]
    # Of the very last letter some bits say nothing.
    for place in range(0, len(token) - 1, 7):
        letter = "A" if token[place] != "A" else "B"
        changed = token[:place] + letter + token[place + 1 :]
        refused(json.dumps(whole | {"jws": changed}).encode())
    pem = whole["certificate"]
    middle = len(pem) // 2
    other_letter = "A" if pem[middle] != "A" else "B"
    refused(json.dumps(whole | {"certificate": pem[:middle] + other_letter + pem[middle + 1 :]}).encode())
    assert commands.import_lesson(visit("hilde"), json.dumps(whole).encode())


def test_the_words_of_one_file_are_not_taken_under_the_certificate_of_another(house: None, trust: Trust) -> None:
    known, unknown = installation(), installation("Verbond Nog Elders")
    trust(known)
    mixed = json.loads(unknown.file()) | {"certificate": json.loads(known.file())["certificate"]}

    assert "veranderd" in refused(json.dumps(mixed).encode()).sentence


def test_neither_a_person_nor_a_certificate_that_ran_out_vouches_for_a_card(house: None, trust: Trust) -> None:
    other, old = installation(), installation("Verbond Vroeger", at=clock.now() - timedelta(days=4000))
    trust(other)
    trust(old)

    assert "door een persoon getekend" in refused(other.file(by=other.of_a_person())).sentence
    assert "verlopen" in refused(old.file()).sentence


def test_a_trusted_installation_brings_no_person_in(house: None, trust: Trust) -> None:
    other = installation()
    trust(other)
    with pytest.raises(Invalid):
        commands.import_lesson(visit("hilde"), other.file(tried="Bel 06 12345678"))
    assert not Lesson.objects.exists()
