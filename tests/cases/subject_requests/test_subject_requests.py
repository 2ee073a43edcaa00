"""Requests of persons concerned from intake to answer: each controller decides on its own facts, unseen by others."""

import json
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import override_settings

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from audit import ports
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from audit.journal.queries import opened
from audit.models import Checkpoint
from audit.proofs import verifier
from cases.subject_requests import tasks
from cases.subject_requests.choices import PackState, State
from cases.subject_requests.models import SubjectHold, SubjectPack, SubjectPackPart, SubjectRequest
from cases.subject_requests.packs import STALE_AFTER
from foundation import clock
from tests.cases.desk import Api, changing, page
from tests.cases.subject_requests.asking import (
    BORN,
    GIVEN,
    NAME,
    SECRET,
    WRITTEN,
    decided,
    intake,
    known,
    officer,
    say_it_is_them,
    sealed_log,
    seen,
    somebody,
    taken_in,
    text_of,
    waiting,
)
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
OVER = "De termijn van dit verzoek is om"
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
"""Work waits for a worker, as in an installation."""


def test_two_controllers_decide_and_the_pack_holds_what_they_give_and_who_looked(
    world: World, tmp_path: Path, settings: Any
) -> None:
    request = decided(world)
    assert request.state == State.READY
    police = officer(world, "dirk")
    sealed_log(tmp_path, settings)

    police.post(f"/verzoeken/{request.uid}/pakket/maken/")
    pdf = police.get(f"/verzoeken/{request.uid}/pakket/pdf/")
    twin = json.loads(police.get(f"/verzoeken/{request.uid}/pakket/json/").content)

    paper = text_of(pdf.content)
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "no-store")
    for words in (GIVEN, NAME, "Casus gelezen", "Professional", "art. 41 UAVG"):
        assert words in paper, words
    assert SECRET not in paper + json.dumps(twin)
    assert not any(name in paper + json.dumps(twin) for name in ("Sanne", "Dirk Ensing", "professional:"))
    by = {part["agency"]: part for part in twin["controllers"]}
    names = dict(Agency.objects.values_list("code", "name"))
    police_part, municipal = by[names["POL-MD"]], by[names["GEM-MD"]]
    assert [fact["value"] for fact in police_part["facts"]] == [GIVEN, WRITTEN]
    # Nothing was told of a ground, so that the part shows no gap.
    assert police_part["withheld"] == []
    assert [fact["value"] for fact in municipal["facts"]] == [NAME]
    looked = [line for line in municipal["lookups"] if line["what"] == "Casus gelezen"]
    assert looked
    assert all(line["purpose"] and line["agency"] == names["GEM-MD"] for line in looked)
    # The bureau has nothing and is not to be told from somebody who gives nothing.
    assert not by[names["ZVH-MD"]]["facts"]

    assert "Het is uitgereikt" in police.get(f"/verzoeken/{request.uid}/").content.decode()
    police.post(f"/verzoeken/{request.uid}/uitgereikt/")
    request.refresh_from_db()
    assert request.state == State.HANDED_OUT
    fetched = Entry.objects.filter(event_type="subject_request.fetched")
    masks = {mask_of_columns((row.fields_0, row.fields_1, row.fields_2)).bit_count() for row in fetched}
    assert masks == {3}  # a name, an incident and a note, of one person in one case

    if connection.vendor == "sqlite":  # PostgreSQL seals only what is committed
        assert looked[0]["sealed"]
        proved = [line for part in twin["controllers"] for line in part["lookups"] if line["sealed"]]
        assert [line for line in municipal["lookups"] if not line["sealed"]], "the look of the job itself is not sealed"
        note = verifier.parse_checkpoint(verifier.parse_note(twin["log"]["checkpoints"][0].encode())[0])
        for line in proved:
            proof = [b64decode(one) for one in line["proof"]]
            verifier.verify_inclusion(line["index"], note.size, bytes.fromhex(line["leaf_hash"]), proof, note.root)
        body = bytes(Entry.objects.get(uid=looked[0]["entry"]).body)
        assert verifier.leaf_hash(body).hex() == looked[0]["leaf_hash"]
        assert Checkpoint.objects.count() == 1


def test_an_officer_sees_the_facts_of_the_own_agency_alone_and_no_other_sheet_or_request(world: World) -> None:
    request = decided(world)
    police, municipality = officer(world, "dirk"), officer(world, "carla")
    sheet = f"/verzoeken/{request.uid}/beslisblad/"

    last = Entry.objects.latest("pk").pk
    mine, theirs = (client.get(sheet).content.decode() for client in (police, municipality))
    # What stands on each sheet is what was journalled for it, under the own agency.
    read = Entry.objects.filter(pk__gt=last, event_type="subject_request.sheet_read").exclude(fields_0=0, fields_1=0)
    codes = [load_catalogue().codes(mask_of_columns((r.fields_0, r.fields_1, r.fields_2))) for r in read.order_by("pk")]
    assert [tuple(found) for found in codes] == [("police_incident", "case_note"), ("full_name",)]
    assert SECRET in mine
    assert NAME in theirs
    assert SECRET not in theirs
    assert GIVEN not in theirs
    # The one who took it in sees how many decided, not which of them knows the person.
    assert "3 van 3 organisaties" in police.get(f"/verzoeken/{request.uid}/").content.decode()
    for path in ("", "pakket/pdf/", "verlengen/"):
        assert municipality.get(f"/verzoeken/{request.uid}/{path}").status_code == 404
    assert SECRET not in municipality.get("/verzoeken/register/").content.decode()
    register = police.get("/verzoeken/register/").content.decode()
    assert "Er loopt een onderzoek." in register
    assert "art. 27 Wpg" in register
    assert page(world, "sanne").get(sheet).status_code == 403
    api = Api(world, "carla", "pga_adult")
    assert api.get(f"/subject-requests/{request.uid}").status_code == 404
    assert api.get(f"/subject-requests/{request.uid}/sheet").json()["places"][0]["facts"][0]["value"] == NAME
    refused = Entry.objects.filter(event_type="subject_request.denied", outcome="refused")
    assert refused.count() >= 4


def test_a_worker_that_stopped_is_followed_by_one_that_makes_the_parts_that_are_missing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = decided(world)
    police = officer(world, "dirk")
    made: list[str] = []
    real = tasks.part_of

    def dies_at_the_second(reading: Any, sheet: Any) -> Any:
        if made:
            raise SystemExit
        made.append(sheet.agency.code)
        return real(reading, sheet)

    with QUEUE:
        police.post(f"/verzoeken/{request.uid}/pakket/maken/")
        pack = SubjectPack.objects.get(request=request)
        monkeypatch.setattr(tasks, "part_of", dies_at_the_second)
        with pytest.raises(SystemExit):
            tasks.make_pack.func(str(pack.uid))
        assert SubjectPackPart.objects.filter(pack=pack).count() == 1
        assert SubjectPack.objects.get(pk=pack.pk).state == PackState.RUNNING
        tasks.make_pack.func(str(pack.uid))  # the other is still thought to be at it
        assert SubjectPack.objects.get(pk=pack.pk).state == PackState.RUNNING
        SubjectPack.objects.update(beat_at=clock.now() - STALE_AFTER - timedelta(seconds=1))
        assert "Ga verder" in police.get(f"/verzoeken/{request.uid}/").content.decode()
        again: list[str] = []
        monkeypatch.setattr(tasks, "part_of", lambda *of: again.append(of[1].agency.code) or real(*of))

        police.post(f"/verzoeken/{request.uid}/pakket/maken/")
        tasks.make_pack.func(str(pack.uid))

    pack.refresh_from_db()
    assert (pack.state, len(again), set(again) & set(made)) == (PackState.DONE, 2, set())
    assert not SubjectPackPart.objects.exists()


def test_a_sheet_that_is_opened_again_takes_the_pack_away(world: World) -> None:
    request = decided(world)
    police = officer(world, "dirk")
    police.post(f"/verzoeken/{request.uid}/pakket/maken/")
    assert SubjectPack.objects.exists()

    officer(world, "carla").post(f"/verzoeken/{request.uid}/beslisblad/heropenen/")

    request.refresh_from_db()
    assert (request.state, SubjectPack.objects.count()) == (State.DECIDING, 0)
    assert police.get(f"/verzoeken/{request.uid}/pakket/pdf/").status_code == 404


def test_the_journal_keeps_its_entries_of_who_asks_until_the_request_is_closed(world: World) -> None:
    person = somebody().case_subjects.get().subject.ref
    somebody("T-2", name="Berend Botje", born=date(1960, 5, 6))
    police = officer(world, "dirk")
    assert ports.held() == set()

    police.post("/verzoeken/nieuw/", intake())
    request = SubjectRequest.objects.get()
    assert (request.state, ports.held()) == (State.INTAKE, {person})
    police.post(f"/verzoeken/{request.uid}/identiteit/", {"how": "desk"})
    assert ports.held() == {person}

    police.post(f"/verzoeken/{request.uid}/weigeren/", {"reason": "Dit is hetzelfde verzoek als vorige week."})

    assert ports.held() == set()


@pytest.mark.parametrize("kind", ["objection", "restriction"])
def test_an_objection_holds_what_the_controller_gave_at_once_until_it_is_lifted(world: World, kind: str) -> None:
    case = somebody()
    known(case, "POL-MD", police_incident=GIVEN)
    police = officer(world, "dirk")
    request = taken_in(police, kind)
    assert seen(world, "margot") == {GIVEN, NAME}

    say_it_is_them(police, request, case)

    # The partner no longer sees what the police gave; what another source gave is that source's to decide on.
    assert seen(world, "margot") == {NAME}
    assert seen(world, "ruben") == {GIVEN, NAME}
    held = SubjectHold.objects.get()
    with changing():
        SubjectRequest.objects.update(state=State.HANDED_OUT)
    assert ports.held() == {case.case_subjects.get().subject.ref}, "the restriction outlives the answer"
    with changing():
        SubjectRequest.objects.update(state=State.DECIDING)
    url = f"/verzoeken/{request.uid}/beslisblad/"
    assert police.post(f"{url}afronden/", {"outcome": "refused", "answer": "Het blijft nodig."}).status_code == 302
    assert police.post(f"{url}vrijgeven/{held.uid}/", {"reason": ""}).status_code == 422
    assert officer(world, "carla").post(f"{url}vrijgeven/{held.uid}/", {"reason": "x"}).status_code == 404
    assert seen(world, "margot") == {NAME}

    police.post(f"{url}vrijgeven/{held.uid}/", {"reason": "Afgewogen: het belang van de politie gaat voor."})

    assert seen(world, "margot") == {GIVEN, NAME}
    told = list(
        Entry.objects.filter(event_type__startswith="subject_request.hold").values_list("event_type", flat=True)
    )
    assert told == ["subject_request.hold_set", "subject_request.hold_lifted"]


def test_a_correction_holds_the_disputed_contribution_alone_and_a_mistaken_person_is_let_go(world: World) -> None:
    case = somebody()
    disputed = known(case, "POL-MD", police_incident=GIVEN)
    known(case, "POL-MD", police_contacts_12m=4)
    request = taken_in(officer(world, "dirk"), "rectification", text="Ik was daar niet bij.")
    api = Api(world, "dirk", "pga_adult")
    sheet = f"/subject-requests/{request.uid}/sheet"
    person = {"case": str(case.uid), "subject": str(case.case_subjects.get().subject.uid)}
    hold = f"{sheet}/contributions/{disputed.uid}/hold"
    assert api.post(hold, {}).status_code == 404  # nobody said yet that it is them
    api.post(f"{sheet}/persons", {**person, "is_them": True})
    assert seen(world, "margot") == {GIVEN, 4, NAME}

    assert api.post(hold, {}).status_code == 204

    assert seen(world, "margot") == {4, NAME}
    assert api.post(f"{sheet}/persons", {**person, "is_them": False}).status_code == 204
    assert seen(world, "margot") == {GIVEN, 4, NAME}
    assert api.get(sheet).json()["places"][0]["facts"] == []


def test_somebody_else_with_that_birthday_or_that_name_is_not_on_the_sheet(world: World) -> None:
    somebody("T-1")
    somebody("T-2", name="Zwaantje van der Quist", born=BORN + timedelta(days=1))
    somebody("T-3", name="Bo van der Ree")
    municipality = officer(world, "carla")

    request = taken_in(municipality)

    sheet = municipality.get(f"/verzoeken/{request.uid}/beslisblad/").content.decode()
    assert "T-1" in sheet
    assert "T-2" not in sheet
    assert "T-3" not in sheet


def test_the_clock_runs_from_receipt_is_extended_once_and_in_time_and_says_when_it_is_over(world: World) -> None:
    somebody()
    with time_machine.travel(datetime(2026, 11, 30, 10, tzinfo=UTC), tick=False):
        police = officer(world, "dirk")
        request = taken_in(police, received_on="2026-11-24")
        assert request.due_on == date(2026, 12, 24)
        assert police.post(f"/verzoeken/{request.uid}/verlengen/", {"reason": ""}).status_code == 422
    with time_machine.travel(datetime(2026, 12, 25, 10, tzinfo=UTC), tick=False):
        police = officer(world, "dirk")
        assert "te laat" in police.get("/verzoeken/").content.decode()
        inbox = police.get("/inbox/").content.decode()
        assert request.number in inbox
        assert officer(world, "carla").get("/inbox/").content.decode().count(request.number) >= 1
        assert waiting(world, "dirk") == {("Beslis over gegevens van uw organisatie", True), (OVER, True)}
        late = police.post(f"/verzoeken/{request.uid}/verlengen/", {"reason": "Veel bronnen."})
        assert late.status_code == 422
        assert "De termijn is al om" in late.content.decode()
    with time_machine.travel(datetime(2026, 12, 24, 10, tzinfo=UTC), tick=False):
        police = officer(world, "dirk")
        police.post(f"/verzoeken/{request.uid}/verlengen/", {"reason": "Veel bronnen."})
        again = police.post(f"/verzoeken/{request.uid}/verlengen/", {"reason": "Nog meer."})
        request.refresh_from_db()
        assert (request.due_on, again.status_code) == (date(2027, 2, 24), 422)
        assert "Veel bronnen." in police.get(f"/verzoeken/{request.uid}/").content.decode()
        assert waiting(world, "dirk") == {("Beslis over gegevens van uw organisatie", False)}


def test_bad_input_is_told_at_its_field_and_nothing_is_lost(world: World) -> None:
    police = officer(world, "dirk")
    form = {"kind": "access", "received_on": "2099-01-01", "name": "Zorro", "born_on": "1990-01-01", "contact": "Kade"}
    answer = police.post("/verzoeken/nieuw/", {**form, "asker": "representative", "representative": ""})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "vandaag of eerder ontvangen" in text
    assert 'value="Zorro"' in text
    assert not SubjectRequest.objects.exists()
    api = Api(world, "dirk", "pga_adult")
    bad = api.post("/subject-requests", {**form, "received_on": clock.today().isoformat(), "asker": "representative"})
    assert (bad.status_code, bad.json()["field"]) == (422, "representative")
    request = taken_in(police)
    unwell = api.put(f"/subject-requests/{request.uid}/sheet/lookups", {"decision": "withhold", "ground": "zomaar"})
    assert (unwell.status_code, unwell.json()["field"]) == (422, "ground")
    assert api.post(f"/subject-requests/{request.uid}/pack", {}).status_code == 422
    half = '{"decision": "withhold", "ground": "others", "reason": "\\ud800"}'
    assert api.send("PUT", f"/subject-requests/{request.uid}/sheet/lookups", half).status_code == 422
    refused = api.post(f"/subject-requests/{request.uid}/refusal", {"reason": "Niet te achterhalen wie het is."})
    assert refused.json()["state"] == "refused"
    assert api.post(f"/subject-requests/{request.uid}/sheet/close", {}).status_code == 422


def test_staff_is_named_only_by_a_decision_with_a_reason_that_stands_in_the_journal(world: World) -> None:
    request = decided(world)
    police, municipality = officer(world, "dirk"), officer(world, "carla")
    sheet = f"/verzoeken/{request.uid}/beslisblad/"
    municipality.post(f"{sheet}heropenen/")
    names = {"decision": "give", "names_staff": "on"}
    bare = municipality.post(f"{sheet}inzagen/", names)
    assert bare.status_code == 422
    assert "waarom de namen nodig zijn" in bare.content.decode()

    weighed = "zqweging: de buurman werkt bij ons en las haar gegevens."
    assert municipality.post(f"{sheet}inzagen/", {**names, "names_reason": weighed}).status_code == 302
    municipality.post(f"{sheet}afronden/")
    police.post(f"/verzoeken/{request.uid}/pakket/maken/")
    twin = json.loads(police.get(f"/verzoeken/{request.uid}/pakket/json/").content)
    paper = text_of(police.get(f"/verzoeken/{request.uid}/pakket/pdf/").content)

    named = {part["agency"]: {line["name"] for line in part["lookups"]} for part in twin["controllers"]}
    agencies = dict(Agency.objects.values_list("code", "name"))
    assert "Sanne de Wit" in named[agencies["GEM-MD"]]
    assert named[agencies["POL-MD"]] <= {""}
    assert "Sanne de Wit" in paper
    assert "zqweging" not in paper + json.dumps(twin)
    assert "Namen van medewerkers staan er niet in" not in paper
    entry = Entry.objects.get(event_type="subject_request.staff_named")
    assert b"zqweging" not in bytes(entry.body)
    said = [part.text for part in opened(entry.uid.hex, scope_agency_ref=None).parts if part.kind == "reason"]
    assert said == [weighed]
