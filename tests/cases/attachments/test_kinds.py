"""Which files are taken, and what is left of them."""

import io

import pytest
from PIL import Image

from cases.attachments.kinds import checked, safe_name
from foundation.errors import Invalid
from tests.cases.attachments.files import SECRET_PLACE, pdf, picture


def take(name: str, data: bytes, **more: object):  # type: ignore[no-untyped-def]
    return checked(name, data, size=len(data), **more)  # type: ignore[arg-type]


def refusal(name: str, data: bytes, **more: object) -> Invalid:
    with pytest.raises(Invalid) as caught:
        take(name, data, **more)
    assert caught.value.field == "file"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_upright_and_says_nothing_of_place_or_maker(format_: str) -> None:
    sent = picture(format_)
    assert SECRET_PLACE.encode() in sent, "otherwise this proves nothing"

    kept = take(f"foto.{format_.lower()}", sent)

    assert kept.pages == 1
    assert SECRET_PLACE.encode() not in kept.data
    drawn = Image.open(io.BytesIO(kept.data))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == (format_, (40, 64), {})


def test_a_large_picture_is_made_smaller_and_one_that_would_fill_the_memory_is_refused() -> None:
    kept = take("groot.png", picture("PNG", size=(5000, 100), told=False))
    assert Image.open(io.BytesIO(kept.data)).size == (4000, 80)

    bomb = refusal("bom.png", picture("PNG", size=(8000, 8000), told=False))
    assert "beeldpunten" in bomb.sentence


def test_a_pdf_is_kept_as_it_came_with_the_number_of_its_pages() -> None:
    sent = pdf(3)

    kept = take("verslag.pdf", sent)

    assert (kept.type, kept.pages, kept.data) == ("application/pdf", 3, sent)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (pdf(password="geheim"), "wachtwoord"),
        (pdf(script="app.alert(1)"), "programma"),
        (pdf(inside=b"MZ"), "andere bestanden"),
        (b"%PDF-1.7 en dan niets", "niet te lezen"),
        (b"\n\n" + pdf(), "past niet"),
    ],
    ids=["locked", "script", "hidden file", "broken", "begins later"],
)
def test_a_pdf_that_is_locked_or_holds_more_than_pages_is_refused(data: bytes, word: str) -> None:
    assert word in refusal("verslag.pdf", data).sentence


def test_a_text_is_kept_as_utf8_whatever_wrote_it() -> None:
    assert take("oud.txt", "Café".encode("cp1252")).data == "Café".encode()
    assert take("nieuw.TXT", b"\xef\xbb\xbfCaf\xc3\xa9").data == "Café".encode()
    assert "leesbare tekst" in refusal("raar.txt", b"MZ\x90\x00\x03").sentence


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("foto.jpg", pdf()),
        ("verslag.pdf", picture()),
        ("foto.png", picture("JPEG")),
        ("programma.png", b"MZ\x90\x00" + b"\x00" * 64),
        ("pagina.png", b"<!DOCTYPE html><script>alert(1)</script>"),
    ],
)
def test_what_is_inside_must_be_what_the_name_says(name: str, data: bytes) -> None:
    assert "past niet bij zijn naam" in refusal(name, data).sentence


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.docx", "zonder", "a.pdf.exe"])
def test_another_sort_of_file_is_refused_with_what_can_be_done(name: str) -> None:
    assert "PDF" in refusal(name, b"wat dan ook").remedy


def test_too_large_empty_and_no_photo_are_refused() -> None:
    assert "hoogstens" in refusal("a.txt", b"12345", most=4).sentence
    assert "leeg" in refusal("a.txt", b"").sentence
    assert "foto" in refusal("a.pdf", pdf(), photo=True).remedy


def test_half_a_picture_breaks_nothing() -> None:
    assert "niet te lezen" in refusal("half.jpg", picture("JPEG", size=(400, 400))[:900]).sentence


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\map\\brief van school.pdf", "brief van school.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\u202egnp.txt", "agnp.txt"),
        ('aan"haal<teken>.png', "aanhaalteken.png"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_a_name_keeps_only_what_no_page_header_or_disk_misreads(given: str, kept: str) -> None:
    assert safe_name(given) == kept
