"""Files of a case: who sees them, what is written of it, and how they are kept."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry, Part
from cases.attachments import commands, keys, queries
from cases.attachments.commands import Giving
from cases.attachments.models import Attachment, AttachmentBytes
from cases.models import Case, Circumstance
from cases.retention.calendar import calendar
from cases.retention.rows import erase_about
from foundation import clock
from foundation.errors import Invalid, NotFound, Problem
from tests.cases.attachments.files import pdf, picture, upload
from tests.cases.desk import Api, changing, last_entry, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

TEXT = "Verslag van de nacht van 3 op 4 november."
HERE = "/casus/T-1/bijlagen/"


@pytest.fixture
def case(world: World, db: None) -> Case:
    made = make_case("T-1", live=("POL-MD", "OM-MD", "GEM-MD", "GGZ-MD", "ZVH-MD"), extract=("WON-WATERWEG",))
    with changing():
        Circumstance.objects.create(
            case=made, nature="condition", code="explicit_consent", starts=clock.now(), recorded_by="proef"
        )
    return made


def give(
    world: World, key: str, field: str, name: str = "verslag.txt", data: bytes = TEXT.encode(), **more: Any
) -> UUID:
    giving = Giving(name=name, data=data, size=len(data), field=field, **more)
    return commands.add_attachment(reading(world, key), "T-1", giving)


def listed(world: World, key: str) -> tuple[list[str], int]:
    """The names that a persona reads in the list, and how many files they only know of."""
    held = queries.case_attachments(reading(world, key), "T-1", None).held
    return [found.fact.value["name"] for found in held if found.fact], sum(found.told is not None for found in held)


def test_a_file_is_seen_by_who_may_see_its_field_and_by_nobody_else(world: World, case: Case) -> None:
    uid = give(world, "ruben", "police_incident")

    assert listed(world, "ruben") == listed(world, "sanne") == listed(world, "nadia") == (["verslag.txt"], 0)
    # Care providers get nothing of the police.
    assert listed(world, "ilse") == ([], 0)
    assert queries.content(reading(world, "sanne"), "T-1", uid, None)[1].data == TEXT.encode()
    for key in ("ilse", "hanneke", "joost"):
        with pytest.raises(NotFound):
            queries.content(reading(world, key), "T-1", uid, None)


def test_who_may_only_know_that_it_is_there_sees_no_name_no_size_and_no_byte(world: World, case: Case) -> None:
    uid = give(world, "ilse", "diagnosis", caption="Brief van de behandelaar")

    assert listed(world, "sanne") == listed(world, "nadia") == ([], 1)
    assert listed(world, "ruben") == ([], 0)
    text = page(world, "sanne").get(HERE).content.decode()
    assert "Afgeschermd" in text
    assert all(word not in text for word in ("verslag", "behandelaar", "bytes", str(uid)))
    assert "Afgeschermd" not in page(world, "ruben").get(HERE).content.decode()


def test_hidden_announced_withdrawn_and_missing_files_get_the_same_answer(world: World, case: Case) -> None:
    hidden = give(world, "ruben", "police_incident")
    told = give(world, "ilse", "diagnosis")
    gone = give(world, "sanne", "debt_problem")
    commands.withdraw_attachment(reading(world, "sanne"), "T-1", gone, reason="Verkeerd bestand")

    def said(key: str, uid: UUID, part: str) -> tuple[int, str]:
        answer = page(world, key).get(f"{HERE}{uid}/{part}")
        # The mark of the request is its own.
        text = re.sub(r"Kenmerk \w+", "", answer.content.decode())
        return answer.status_code, text.split("<main")[1].split("</main>")[0]

    for part in ("", "blad/1/", "bestand/"):
        missing = said("ilse", uuid4(), part)
        assert missing[0] == 404
        assert said("ilse", hidden, part) == missing
        assert said("ilse", gone, part) == missing
        assert said("sanne", told, part)[0] == 404


def test_every_way_to_the_bytes_writes_one_entry_with_the_field_and_the_person(world: World, case: Case) -> None:
    uid = give(world, "ruben", "police_incident", "foto.jpg", picture())
    browser = page(world, "sanne")
    bit = reading(world, "sanne").policy.catalogue.by_code["police_incident"].bit

    for part, event in (("", "opened"), ("blad/1/", "shown"), ("bestand/", "downloaded")):
        before = Entry.objects.count()
        answer = browser.get(f"{HERE}{uid}/{part}")
        entry = last_entry()
        assert answer.status_code == 200
        assert Entry.objects.count() == before + 1
        assert (entry.event_type, entry.case_ref) == (f"attachment.{event}", case.ref)
        assert mask_of_columns((entry.fields_0, entry.fields_1, entry.fields_2)) == 1 << bit
        assert Part.objects.filter(entry_uid=entry.uid, kind="subject").exists()


def test_without_a_journal_no_byte_leaves_and_nothing_is_kept(world: World, case: Case, settings: Any) -> None:
    uid = give(world, "ruben", "police_incident")
    browser = page(world, "sanne")
    settings.JOURNAL_KEY = ""

    for part in ("", "blad/1/", "bestand/"):
        answer = browser.get(f"{HERE}{uid}/{part}")
        assert answer.status_code == 503
        assert TEXT.encode() not in answer.content
    form = {"file": upload("a.txt", b"hallo"), "field": "debt_problem", "caption": "Een zin die blijft staan"}
    answer = browser.post(f"{HERE}nieuw/", form)
    assert answer.status_code == 503
    assert "Een zin die blijft staan" in answer.content.decode()
    assert Attachment.objects.count() == Attachment.objects.filter(uid=uid).count() + _of_world(world)


def _of_world(world: World) -> int:
    return Attachment.objects.exclude(case__number="T-1").count()


def test_bytes_leave_with_headers_by_which_nothing_keeps_or_runs_them(world: World, case: Case) -> None:
    photo = give(world, "ruben", "police_incident", "foto van café.jpg", picture())
    words = give(world, "ruben", "police_incident")

    shown = page(world, "sanne").get(f"{HERE}{photo}/blad/1/")
    saved = page(world, "sanne").get(f"{HERE}{words}/bestand/")

    for answer in (shown, saved):
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"] == "inline; filename*=utf-8''foto%20van%20caf%C3%A9.jpg"
    assert saved["Content-Disposition"] == 'attachment; filename="verslag.txt"'


def test_a_pdf_is_shown_as_pictures_of_its_pages(world: World, case: Case) -> None:
    uid = give(world, "ruben", "police_incident", "verslag.pdf", pdf(2))
    browser = page(world, "sanne")

    text = browser.get(f"{HERE}{uid}/").content.decode()
    sheet = browser.get(f"{HERE}{uid}/blad/2/")

    assert text.count("<img ") == 2
    assert (sheet["Content-Type"], sheet.content[:4]) == ("image/png", b"\x89PNG")
    assert browser.get(f"{HERE}{uid}/blad/3/").status_code == 404


def test_the_store_holds_no_name_and_no_byte_in_the_clear_and_no_key_that_opens_alone(world: World, case: Case) -> None:
    uid = give(world, "ruben", "police_incident")
    stored = AttachmentBytes.objects.get(attachment__uid=uid)

    assert TEXT.encode() not in bytes(stored.locked)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM cases_attachment WHERE uid = %s', [_as_stored(uid)])
        (values,) = cursor.fetchone()
    assert TEXT not in values
    other = give(world, "ruben", "police_incident", data=b"Iets anders")
    key = queries.one_attachment(reading(world, "ruben"), "T-1", uid, None).fact.value["key"]
    with pytest.raises(keys.Damaged):
        keys.unlock(bytes(stored.locked), key, uid=other)
    with pytest.raises(keys.Damaged):
        keys.unlock(bytes(stored.locked)[:-1] + b"\x00", key, uid=uid)


def _as_stored(uid: UUID) -> str:
    return str(uid) if connection.vendor == "postgresql" else uid.hex


def test_withdrawing_erases_the_bytes_at_once_and_only_the_giver_can(world: World, case: Case) -> None:
    uid = give(world, "ruben", "police_incident")

    with pytest.raises(NotFound):
        commands.withdraw_attachment(reading(world, "sanne"), "T-1", uid, reason="Niet van mij")
    with pytest.raises(Invalid):
        commands.withdraw_attachment(reading(world, "ruben"), "T-1", uid, reason=" ")
    commands.withdraw_attachment(reading(world, "ruben"), "T-1", uid, reason="Verkeerde persoon")

    assert listed(world, "ruben") == listed(world, "sanne") == ([], 0)
    assert not AttachmentBytes.objects.filter(attachment__uid=uid).exists()


def test_only_a_source_of_the_field_with_a_role_in_the_case_gives_a_file(world: World, case: Case) -> None:
    for key, field in (
        ("ruben", "diagnosis"),
        ("ruben", "geen_veld"),
        ("sanne", "case_note"),
        ("sanne", "hotspot_note"),
    ):
        with pytest.raises(Invalid) as caught:
            give(world, key, field)
        assert caught.value.field == "field"
    for key in ("hanneke", "joost", "bas"):
        with pytest.raises(Problem):
            give(world, key, "full_name")
    with pytest.raises(Invalid) as caught:
        give(world, "sanne", "debt_problem", person=uuid4())
    assert caught.value.field == "person"


def test_the_page_adds_a_file_once_and_keeps_what_was_typed_when_it_is_refused(world: World, case: Case) -> None:
    browser = page(world, "sanne")
    form = {
        "field": "debt_problem", "caption": "Brief van de schuldhulp", "submission": str(uuid4()),
        "person": str(case.case_subjects.get().subject.uid),
    }  # fmt: skip

    empty = browser.get(f"{HERE}nieuw/").content.decode()
    assert 'accept=".pdf' in empty
    assert 'capture="environment"' in browser.get(f"{HERE}nieuw/?foto=1").content.decode()
    wrong = browser.post(f"{HERE}nieuw/", form | {"file": upload("a.exe", b"MZ")})
    assert wrong.status_code == 422
    assert "Dit soort bestand kan hier niet" in wrong.content.decode()
    assert "Brief van de schuldhulp" in wrong.content.decode()
    for _time in range(2):
        assert browser.post(f"{HERE}nieuw/", form | {"file": upload("brief.pdf", pdf())}).status_code == 302
    assert Attachment.objects.filter(case=case).count() == 1
    assert "Brief van de schuldhulp" in browser.get(HERE).content.decode()


def test_a_file_over_the_limit_is_refused_with_the_rest_of_the_form(world: World, case: Case, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = settings.ATTACHMENT_MAX_BYTES = 1000
    form = {"field": "debt_problem", "caption": "Deze woorden blijven", "file": upload("lang.txt", b"a" * 1001)}
    form["person"] = str(case.case_subjects.get().subject.uid)

    answer = page(world, "sanne").post(f"{HERE}nieuw/", form)

    assert answer.status_code == 422
    assert "te groot" in answer.content.decode()
    assert "Deze woorden blijven" in answer.content.decode()


def test_the_form_says_beforehand_who_will_see_it(world: World, case: Case) -> None:
    text = page(world, "ilse").get(f"{HERE}nieuw/?field=care_in_place").content.decode()
    who = text.split('id="wie"')[1]

    assert who.count("<dt>") == 1
    assert "Gemeente" in who
    none = page(world, "ilse").get(f"{HERE}nieuw/?field=medication").content.decode().split('id="wie"')[1]
    assert "alleen uw eigen organisatie" in none


def test_partner_systems_give_read_and_take_back_files(world: World, case: Case) -> None:
    police, town = Api(world, "ruben", "pga_adult"), Api(world, "sanne", "pga_adult")
    sent = {"file": upload("verslag.txt", TEXT.encode()), "field": "police_incident", "caption": "Nacht"}

    made = police._client.post("/api/v1/cases/T-1/attachments", sent)
    assert made.status_code == 201, made.content
    path = f"/cases/T-1/attachments/{made.json()['uid']}"
    (found,) = town.get("/cases/T-1/attachments").json()["attachments"]
    assert (found["name"], found["caption"], found["article"]) == ("verslag.txt", "Nacht", "PGA-MD art. 6.1")
    assert "key" not in found
    assert town.get(path).json()["size"] == len(TEXT.encode())
    assert town.get(f"{path}/content").content == TEXT.encode()
    assert Api(world, "ilse", "pga_adult").get(f"{path}/content").status_code == 404
    assert town.post(f"{path}/withdrawal", {"reason": "Niet van mij"}).status_code == 404
    assert police.post(f"{path}/withdrawal", {"reason": "Verkeerd bestand"}).status_code == 204
    refused = police._client.post("/api/v1/cases/T-1/attachments", sent | {"file": upload("a.exe", b"MZ")})
    assert refused.status_code == 422
    assert "Dit soort bestand" in refused.content.decode()


def test_the_clock_of_a_person_also_runs_from_the_first_file_and_erasing_takes_it(world: World, case: Case) -> None:
    uid = give(world, "sanne", "debt_problem")
    assert list(calendar(Case.objects.filter(pk=case.pk), at=clock.now())) == []
    with changing():
        Attachment.objects.filter(uid=uid).update(given_at=clock.now() - timedelta(days=5 * 365 + 10))

    (line,) = calendar(Case.objects.filter(pk=case.pk), at=clock.now())
    place = case.case_subjects.get()
    with changing():
        erased = erase_about(case, place)

    assert (line.scope, line.ground) == ("person", "max_from_first_processing")
    assert {"cases_attachment", "cases_attachmentbytes", "cases_historicalattachment"} <= set(erased)
    assert not AttachmentBytes.objects.filter(attachment__uid=uid).exists()


def test_one_agency_leaving_erases_its_own_files_alone(world: World, case: Case) -> None:
    town, police = give(world, "sanne", "debt_problem"), give(world, "ruben", "police_incident")
    source = Attachment.objects.get(uid=town).source_id

    with changing():
        erase_about(case, case.case_subjects.get(), source_id=source)

    assert list(Attachment.objects.filter(case=case).values_list("uid", flat=True)) == [police]
    assert AttachmentBytes.objects.filter(attachment__case=case).count() == 1
