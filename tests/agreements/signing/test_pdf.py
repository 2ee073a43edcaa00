"""The PDF of a signed version: for people to read, for machines to check, for archives to keep."""

import json
from io import BytesIO
from typing import Any

import pypdf
import pytest

from agreements.covenants.models import CovenantVersion
from agreements.signing.models import SealedVersion
from agreements.signing.sealing import seal_version
from agreements.signing.verify import verify
from foundation.errors import Invalid, NotFound
from tests.agreements.covenants import world as loaded
from tests.agreements.signing import world

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def pdf(house: None) -> bytes:
    world.put_up()
    return bytes(world.sealed().pdf)


def test_it_is_tagged_dutch_pdf_a_3_with_a_title(pdf: bytes) -> None:
    read = pypdf.PdfReader(BytesIO(pdf))
    root: Any = read.trailer["/Root"]
    about = root["/Metadata"].get_data().decode()

    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfaid:part>3</pdfaid:part>" in about.replace('pdfaid:part="3"', "<pdfaid:part>3</pdfaid:part>")
    assert read.metadata.title == "Convenant Spijbelen Maasdelta, versie 1"
    assert root["/OutputIntents"]


def test_its_attachments_are_the_exact_bytes_and_say_what_they_are(pdf: bytes) -> None:
    read = pypdf.PdfReader(BytesIO(pdf))
    files = {name: data[0] for name, data in read.attachments.items()}
    root: Any = read.trailer["/Root"]
    kinds = {str(item.get_object()["/UF"]): str(item.get_object()["/AFRelationship"]) for item in root["/AF"]}

    assert set(files) == {"convenant.json", "handtekeningen.json", "root.pem"}
    assert files["convenant.json"] == world.version().document.encode()
    assert [place["agency"] for place in json.loads(files["handtekeningen.json"])["places"]] == [
        "GEM-MD", "OND-BAKEN", "POL-MD", "ZVH-MD",
    ]  # fmt: skip
    assert kinds == {"convenant.json": "/Source", "handtekeningen.json": "/Data", "root.pem": "/Data"}


def test_it_reads_as_the_covenant_parties_articles_rules_signatures_and_hash(pdf: bytes) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    text = " ".join(text.split())

    for said in (
        "Convenant Spijbelen Maasdelta",
        "De school meldt verzuim aan de gemeente: “wie niet komt, wordt gemist”.",
        "Onderwijs verstrekt aan Gemeente en Zorg- en Veiligheidshuis: gemeld verzuim (uren).",
        "Hilde Verbeek",
        "mandaatbesluit van hilde",
        "tekent niet: treedt op namens een partij",
    ):
        assert said in text
    assert world.version().sha256 in text.replace(" ", "")


def test_its_letters_are_embedded(pdf: bytes) -> None:
    page: Any = pypdf.PdfReader(BytesIO(pdf)).pages[2]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]

    assert fonts
    assert all("Source-Sans-3" in str(font["/BaseFont"]) for font in fonts)


def test_it_is_made_after_the_last_signature_by_the_worker(django_capture_on_commit_callbacks: Any) -> None:
    world.put_up()
    with django_capture_on_commit_callbacks(execute=True):
        world.sign_all()

    row = SealedVersion.objects.get(version=world.version())
    assert verify(bytes(row.pdf)).ok
    assert "covenant.sealed" in world.events()
    assert seal_version(row.version_id).pk == row.pk


def test_a_version_that_is_not_signed_by_all_has_no_pdf() -> None:
    version = world.put_up()
    world.sign("carla")

    with pytest.raises(Invalid):
        seal_version(version.pk)


def test_a_covenant_signed_on_paper_gets_its_pdf_too_and_says_so() -> None:
    loaded.load()
    version = CovenantVersion.objects.get(covenant__code="PGA-MD", number=2)
    report = verify(bytes(seal_version(version.pk).pdf))

    assert report.ok
    assert sum("op papier" in line.sentence for line in report.lines) == version.signatures.count()


def test_the_public_gets_the_pdf_of_what_was_agreed_and_of_nothing_else() -> None:
    from agreements.signing.queries import public_pdf

    world.put_up()
    with pytest.raises(NotFound):
        public_pdf(world.JS, 1)
    row = world.sealed()

    assert public_pdf(world.JS, 1) == bytes(row.pdf)
