"""The offline check accepts a sealed covenant and nothing that differs from it in any byte of any part."""

import json
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from django.db import transaction
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from agreements.signing import certificates, sealing
from agreements.signing.keys import House
from agreements.signing.verify import verify
from agreements.signing.verify_seal import SealBroken, check_seal
from foundation import clock
from foundation.canonical import canonical_bytes
from tests.agreements.covenants.world import house as load_house
from tests.agreements.signing import sealed_world
from tests.agreements.signing.sealed_world import Sealed

pytestmark = pytest.mark.django_db  # to make the covenant; checking it asks no database

ONES = (0x01, 0x03, 0x20, 0x80)
"""The bits that are turned: the smallest, the two smallest, the case of a letter, the highest."""


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any) -> Sealed:
    with django_db_blocker.unblock(), transaction.atomic():
        load_house()
        made = sealed_world.make()
        transaction.set_rollback(True)
    return made


def _accepts(data: bytes, root: x509.Certificate) -> bool:
    """As verify would, but quick for what the first look already refuses."""
    try:
        check_seal(data)
    except SealBroken:
        return False
    return verify(data, trust=root).ok or verify(data).ok


def _flipped(data: bytes, at: int, bits: int) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]


def test_the_sealed_covenant_is_accepted_with_the_root_given_and_with_its_own(
    sealed: Sealed, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        given, own = verify(sealed.data, trust=sealed.root), verify(sealed.data)

    assert (given.ok, given.wrong, given.covenant, given.version) == (True, (), "JS-SIG", 1)
    assert own.ok
    fingerprint = certificates.fingerprint(sealed.root)
    assert [line.state for line in own.lines if fingerprint in line.sentence] == ["note"]
    assert not [line for line in given.lines if fingerprint in line.sentence]
    assert sum("getekend door" in line.sentence for line in given.lines) == 3


def test_every_byte_of_the_hole_of_the_signature_counts(sealed: Sealed) -> None:
    _zero, before, after, _rest = check_seal(sealed.data).byte_range
    taken = [
        at for at in range(before, after) for bits in ONES if _accepts(_flipped(sealed.data, at, bits), sealed.root)
    ]

    assert taken == []


def test_every_byte_elsewhere_counts(sealed: Sealed) -> None:
    _zero, before, after, _rest = check_seal(sealed.data).byte_range
    outside = [*range(before), *range(after, len(sealed.data))]
    chosen = random.Random(7).sample(outside, 1200) + outside[:40] + outside[-200:]
    taken = [at for at in chosen if _accepts(_flipped(sealed.data, at, at % 255 + 1), sealed.root)]

    assert taken == []


def test_the_whole_check_refuses_a_changed_byte_anywhere_and_never_breaks(sealed: Sealed) -> None:
    for at in random.Random(11).sample(range(len(sealed.data)), 150):
        report = verify(_flipped(sealed.data, at, 0x11), trust=sealed.root)
        assert not report.ok, at


def test_a_file_that_is_cut_off_anywhere_is_refused(sealed: Sealed) -> None:
    for length in [0, 1, 5, 1000, *random.Random(3).sample(range(len(sealed.data)), 25), len(sealed.data) - 1]:
        assert not verify(sealed.data[:length], trust=sealed.root).ok


@pytest.mark.parametrize("more", [b"\n", b" ", b"\x00", b"%%EOF\n", b"%PDF-1.7 nog een", b"A" * 5000])
def test_a_byte_more_at_either_end_is_refused(sealed: Sealed, more: bytes) -> None:
    assert not verify(sealed.data + more, trust=sealed.root).ok
    assert not verify(more + sealed.data, trust=sealed.root).ok


def test_an_addition_in_the_way_pdf_allows_is_refused(sealed: Sealed) -> None:
    assert not verify(sealed_world.added_to(sealed.data), trust=sealed.root).ok


def test_a_seal_that_was_set_again_is_accepted_but_a_second_one_over_the_first_is_not(sealed: Sealed) -> None:
    again = sealing.seal_pdf(sealed.bare, sealed.house, code="X", at=clock.now())
    open_to_more = sealed_world.signed_over(sealed.bare, sealed.house, field="Eerste")

    assert verify(again, trust=sealed.root).ok
    assert verify(open_to_more, trust=sealed.root).ok
    assert not verify(sealed_world.signed_over(open_to_more, sealed.house, field="Tweede"), trust=sealed.root).ok


def test_a_covenant_without_its_seal_is_refused(sealed: Sealed) -> None:
    report = verify(sealed.bare, trust=sealed.root)

    assert not report.ok
    assert any("zegel" in sentence for sentence in report.wrong)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"\x00" * 4096, b"geen pdf, maar tekst", b"/ByteRange [0 1 2 3]"])
def test_what_is_no_pdf_is_refused_in_words(junk: bytes) -> None:
    report = verify(junk)

    assert not report.ok
    assert report.wrong


def _other_house(name: str = "Een ander huis") -> House:
    now = clock.now()
    root_key, seal_key = certificates.new_private_key(), certificates.new_private_key()
    root = certificates.make_root(name, key=root_key, now=now)
    seal = certificates.make_seal(name, seal_key.public_key(), root=root, root_key=root_key, now=now)
    return House(root=root, root_key=root_key, seal=seal, seal_key=seal_key)


def test_a_seal_of_another_installation_is_refused(sealed: Sealed) -> None:
    other = _other_house()
    resealed = sealing.seal_pdf(sealed.bare, other, code="JS-SIG", at=clock.now())

    assert not verify(resealed).ok
    assert not verify(resealed, trust=sealed.root).ok
    assert not verify(resealed, trust=other.root).ok
    assert not verify(sealed.data, trust=other.root).ok


# --- what the holder of the seal's own key could do ------------------------------------------------


def _with(sealed: Sealed, house: House | None = None, **files: bytes) -> bytes:
    """The covenant with other files in it, sealed by the installation itself."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed.bare)))
    for index, name in _names(writer.root):
        if name in files:
            file = EmbeddedFileObject.from_file_data(writer, data=files[name], mime_type="application/json")
            spec = FileSpec(file_spec_string=name, file_name=name, embedded_data=file)
            writer.root["/Names"]["/EmbeddedFiles"]["/Names"][index] = writer.add_object(spec.as_pdf_object())
    out = BytesIO()
    writer.write(out)
    return sealing.seal_pdf(out.getvalue(), house or sealed.house, code="JS-SIG", at=clock.now())


def _names(root: Any) -> list[tuple[int, str]]:
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    return [(index, str(names[index]["/UF"])) for index in range(1, len(names), 2)]


def _signatures(sealed: Sealed) -> dict[str, Any]:
    reader = PdfFileReader(BytesIO(sealed.data))
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    found = {str(names[i]["/UF"]): names[i]["/EF"]["/F"].data for i in range(1, len(names), 2)}
    assert found["convenant.json"] == sealed.document.encode()
    return json.loads(found["handtekeningen.json"])


def _resealed(sealed: Sealed, change: Callable[[dict[str, Any]], Any]) -> tuple[str, ...]:
    """What is wrong with the covenant when its signatures were changed and it was sealed again."""
    data = _signatures(sealed)
    change(data)
    return verify(_with(sealed, **{"handtekeningen.json": canonical_bytes(data)}), trust=sealed.root).wrong


def _place(data: dict[str, Any], code: str) -> dict[str, Any]:
    return next(place for place in data["places"] if place["agency"] == code)


def test_sealed_again_with_nothing_changed_it_is_accepted(sealed: Sealed) -> None:
    assert _resealed(sealed, lambda data: None) == ()


def _unsigned(data: dict[str, Any]) -> None:
    _place(data, "POL-MD").update(jws="", signed_on="", certificate="")


def _left_out(data: dict[str, Any]) -> None:
    data["places"].remove(_place(data, "POL-MD"))


def _swapped(data: dict[str, Any]) -> None:
    one, other = _place(data, "POL-MD"), _place(data, "GEM-MD")
    one["jws"], other["jws"] = other["jws"], one["jws"]
    one["certificate"], other["certificate"] = other["certificate"], one["certificate"]


def _one_more_party(data: dict[str, Any]) -> None:
    more = {**_place(data, "OND-BAKEN"), "agency": "OND-KADE", "oin": "0" * 20, "jws": "", "certificate": ""}
    data["places"].append(more)


def _set(code: str, **values: str) -> Callable[[dict[str, Any]], None]:
    return lambda data: _place(data, code).update(values)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_unsigned, "heeft niet getekend"),
        (_left_out, "kring van partijen"),
        (_swapped, "andere naam of organisatie"),
        (_one_more_party, "kring van partijen"),
        (_set("POL-MD", signatory="Iemand anders"), "noemt een andere organisatie"),
        (_set("POL-MD", mandate="een ander mandaat"), "mandaat"),
        (_set("POL-MD", signed_on="2020-01-01"), "andere dag"),
        (_set("POL-MD", capacity="participant"), "hoedanigheid"),
        (_set("POL-MD", oin="0" * 20), "andere naam of organisatie"),
        (_set("POL-MD", jws="a.b.c"), "past niet"),
        (_set("POL-MD", certificate="geen certificaat"), "past niet"),
        (lambda data: data.update(version=2), "ander document"),
        (lambda data: data.update(document_sha256="0" * 64), "ander document"),
        (lambda data: data.update(starts="2020-01-01T00:00:00Z"), "nadat de versie inging"),
        (lambda data: data.update(extra=1), "niet te lezen"),
        (lambda data: data.update(places="geen"), "niet te lezen"),
    ],
)
def test_even_the_installation_itself_cannot_change_a_signature_unnoticed(
    sealed: Sealed, change: Callable[[dict[str, Any]], Any], said: str
) -> None:
    wrong = _resealed(sealed, change)

    assert any(said in sentence for sentence in wrong), wrong


def test_a_document_with_one_word_changed_is_refused_though_it_was_sealed(sealed: Sealed) -> None:
    other = sealed.document.replace("wordt gemist", "wordt gestraft").encode()
    spelled = json.dumps(json.loads(sealed.document), ensure_ascii=False).encode()

    for document in (other, spelled, b"", b"[]", b"\xff"):
        assert not verify(_with(sealed, **{"convenant.json": document}), trust=sealed.root).ok


def test_a_certificate_of_another_root_or_one_that_calls_itself_an_issuer_is_refused(sealed: Sealed) -> None:
    other = _other_house()

    def forge(data: dict[str, Any]) -> None:
        place = _place(data, "POL-MD")
        old = certificates.read_certificate(place["certificate"])
        holder, key = certificates.holder_of(old), certificates.public_key_of(old)
        made = certificates.issue(holder, key, root=other.root, root_key=other.root_key, now=clock.now())
        place["certificate"] = certificates.pem_of(made)

    assert any("niet uitgegeven" in sentence for sentence in _resealed(sealed, forge))


def test_signatures_on_paper_are_told_apart_and_can_be_refused(sealed: Sealed) -> None:
    data = _signatures(sealed)
    _place(data, "POL-MD").update(jws="", certificate="")
    paper = _with(sealed, **{"handtekeningen.json": canonical_bytes(data)})

    # The others still say in their own signatures who was to sign with them; the paper cannot.
    assert verify(paper, trust=sealed.root).ok
    assert not verify(paper, trust=sealed.root, allow_paper=False).ok
    assert any("op papier" in line.sentence for line in verify(paper).lines if line.state == "note")


# --- the command -----------------------------------------------------------------------------------


def _run(capsys: Any, *args: str) -> str:
    call_command("verify_covenant", *args)
    return str(capsys.readouterr().out)


def test_the_command_says_in_plain_dutch_what_matches(sealed: Sealed, tmp_path: Path, capsys: Any) -> None:
    file, root = tmp_path / "js.pdf", tmp_path / "root.pem"
    file.write_bytes(sealed.data)
    root.write_text(certificates.pem_of(sealed.root))

    assert "Akkoord: JS-SIG versie 1" in _run(capsys, str(file), "--trust", str(root))
    assert json.loads(_run(capsys, str(file), "--json"))["ok"] is True


def test_the_command_ends_with_1_on_a_changed_file_and_on_what_cannot_be_read(
    sealed: Sealed, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "js.pdf"
    file.write_bytes(_flipped(sealed.data, 4000, 1))

    for args in (
        [str(file)],
        [str(file), "--json"],
        [str(tmp_path / "nergens.pdf")],
        [str(file), "--trust", str(file)],
    ):
        with pytest.raises(CommandError) as refusal:
            call_command("verify_covenant", *args)
        assert refusal.value.returncode == 1
    assert "✗ Het bestand is gewijzigd" in capsys.readouterr().out
