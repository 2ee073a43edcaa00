"""A photo with a signal: seen by who reads the words it came with, and by nobody else."""

import re
from typing import Any

import pytest

from audit.journal.entry import mask_of_columns
from cases.attachments.models import Attachment, AttachmentBytes
from cases.intake import commands, photos
from cases.intake.commands.photos import Photo
from cases.intake.models import SignalPhoto
from foundation.errors import Invalid, NotFound
from tests.cases.attachments.files import SECRET_PLACE, pdf, picture, upload
from tests.cases.desk import Api, changing, last_entry, make_case, page, reading
from tests.cases.intake.test_handling import ALL
from tests.cases.intake.test_reporting import FORM, made, report
from tests.cases.intake.test_resident import anybody, send
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def photo(data: bytes | None = None, name: str = "kade.jpg") -> Photo:
    data = picture() if data is None else data
    return Photo(name=name, data=data, size=len(data))


def urls_on(world: World, key: str, path: str) -> list[str]:
    """The addresses of photos on a page of a persona."""
    return re.findall(r'src="(/[^"]*/foto/[^"]+)"', page(world, key).get(path).content.decode())


def test_who_reads_the_words_sees_the_photo_and_it_tells_no_place(world: World) -> None:
    number = report(world, "ruben", photo=photo())
    here = f"/signalen/{number}/"

    (url,) = urls_on(world, "nadia", here)
    shown = page(world, "nadia").get(url)

    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert SECRET_PLACE.encode() not in shown.content
    assert urls_on(world, "ruben", here) == [url]
    for key in ("sanne", "hanneke", "peter"):
        assert page(world, key).get(url).status_code == 404


def test_looking_at_it_is_journalled_with_the_field_of_the_words(world: World) -> None:
    number = report(world, "ruben", photo=photo())
    (url,) = urls_on(world, "nadia", f"/signalen/{number}/")
    browser = page(world, "nadia")
    browser.get(url)
    entry = last_entry()

    bit = reading(world, "nadia").policy.catalogue.by_code["signal_summary"].bit
    assert entry.event_type == "signal.photo"
    assert mask_of_columns((entry.fields_0, entry.fields_1, entry.fields_2)) == 1 << bit


def test_partner_systems_are_told_of_a_photo_and_get_its_bytes(world: World) -> None:
    number = report(world, "ruben", photo=photo())

    office = Api(world, "nadia", "pga_adult")
    told = office.get(f"/signals/{number}").json()
    (found,) = told["photos"]

    assert found["type"] == "image/jpeg"
    assert "sha256" not in str(told)
    assert office.get(f"/signals/{number}/photos/{found['uid']}").content[:3] == b"\xff\xd8\xff"
    assert Api(world, "sanne", "pga_adult").get(f"/signals/{number}/photos/{found['uid']}").status_code == 404


def test_a_dismissed_signal_shows_no_photo(world: World) -> None:
    number = report(world, "ruben", photo=photo())
    (url,) = urls_on(world, "nadia", f"/signalen/{number}/")

    commands.dismiss_signal(reading(world, "nadia"), number, reason="Dit is al opgelost.")

    assert urls_on(world, "nadia", f"/signalen/{number}/") == []
    assert page(world, "nadia").get(url).status_code == 404


def test_a_linked_photo_is_seen_under_the_rules_of_the_case(world: World) -> None:
    number = report(world, "farid", about="area", seen="Elke avond een groep bij de steiger", photo=photo())
    make_case(
        "MD-2026-9002", live=(*ALL, "WON-WATERWEG"), kind="area", covenants=("HAV-GEBIED",), purpose="area_safety"
    )
    commands.link_signal(reading(world, "nadia"), number, case="MD-2026-9002")

    (url,) = urls_on(world, "ruben", "/casus/MD-2026-9002/signalen/")

    assert page(world, "ruben").get(url).status_code == 200
    assert urls_on(world, "joost", "/casus/MD-2026-9002/signalen/") == []
    assert page(world, "joost").get(url).status_code == 404


def test_a_photo_of_another_signal_does_not_open_on_this_page(world: World) -> None:
    mine, other = report(world, "ruben"), report(world, "ruben", photo=photo())
    uid = SignalPhoto.objects.get(report__signal__number=other).attachment.uid

    with pytest.raises(NotFound):
        photos.photo_of_signal(reading(world, "nadia"), mine, uid, None)


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (photo(pdf(), "verslag.pdf"), "foto"),
        (photo(b"MZ" * 40, "foto.jpg"), "past niet"),
        (Photo(name="foto.jpg", data=b"", size=6 * 1024 * 1024), "te groot"),
    ],
)
def test_what_is_no_photo_or_too_large_is_refused_and_nothing_is_kept(world: World, sent: Photo, word: str) -> None:
    with pytest.raises(Invalid) as caught:
        report(world, "ruben", photo=sent)

    assert caught.value.field == "photo"
    assert word in caught.value.sentence + caught.value.remedy
    assert not made().exists()


def test_the_form_takes_a_photo_and_keeps_the_words_when_it_refuses_one(world: World) -> None:
    browser = page(world, "ruben")

    assert 'capture="environment"' in browser.get("/signalen/nieuw/").content.decode()
    wrong = browser.post("/signalen/nieuw/", {**FORM, "photo": upload("foto.jpg", b"MZ" * 40)})
    assert wrong.status_code == 422
    assert FORM["seen"] in wrong.content.decode()
    assert "Kies de foto nog eens" in wrong.content.decode()
    assert browser.post("/signalen/nieuw/", {**FORM, "photo": upload("foto.jpg", picture())}).status_code == 302
    assert SignalPhoto.objects.filter(report__signal=made().get()).count() == 1


def test_a_residents_photo_is_seen_by_the_municipality_alone(world: World) -> None:
    assert send(anybody(), photo=upload("foto.png", picture("PNG"))).status_code == 200
    number = made().get().number

    (url,) = urls_on(world, "sanne", f"/signalen/{number}/")

    assert page(world, "sanne").get(url)["Content-Type"] == "image/png"
    for key in ("nadia", "ruben"):
        assert page(world, key).get(url).status_code == 404


def test_a_residents_form_refuses_another_file_and_keeps_what_was_typed(world: World) -> None:
    answer = send(anybody(), photo=upload("brief.pdf", pdf()))

    assert answer.status_code == 422
    assert "Elke ochtend ballonnen" in answer.content.decode()
    assert not made().exists()


def test_the_file_of_a_signal_is_erased_with_its_photos(world: World) -> None:
    from cases.retention.rows import erase_case

    number = report(world, "ruben", photo=photo())
    file = made().get(number=number).file
    with changing():
        erase_case(file)

    left: list[Any] = [
        Attachment.objects.filter(case=file), Attachment.history.filter(case_id=file.pk),
        AttachmentBytes.objects.filter(attachment__case=file),
    ]  # fmt: skip
    assert not any(rows.exists() for rows in left)
