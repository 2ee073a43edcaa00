"""An access request from intake to the pack: two controllers decide, each on its own facts, unseen by the other."""

import io
import json
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from pypdf import PdfReader

from agreements.models import Agency
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from audit.models import Checkpoint
from audit.proofs import verifier
from audit.sealing import signing
from audit.sealing.sealer import seal_all
from cases.subject_requests import tasks
from cases.subject_requests.choices import PackState, State
from cases.subject_requests.models import SubjectPack, SubjectPackPart, SubjectRequest
from cases.subject_requests.packs import STALE_AFTER
from foundation import clock
from tests.cases.desk import Api, page
from tests.cases.subject_requests.asking import GIVEN, NAME, SECRET, known, officer, say_it_is_them, somebody, taken_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
"""Work waits for a worker, as in an installation."""


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())


def sealed_log(directory: Path, settings: Any) -> None:
    settings.LOG_SIGNER_DIRECTORY, settings.LOG_ORIGIN = directory / "signer", "house.example/log"
    seal_all()
    signing.sign(signing.configured())


def decided(world: World) -> SubjectRequest:
    """Police takes the request in; police and municipality decide, the bureau has nothing."""
    case = somebody()
    known(case, "POL-MD", police_incident=GIVEN)
    hidden = known(case, "POL-MD", police_incident=SECRET)
    page(world, "sanne").get("/casus/T-1/")
    police, municipality, bureau = (officer(world, key) for key in ("dirk", "carla", "ineke"))
    request = taken_in(police)
    url = f"/verzoeken/{request.uid}/beslisblad/"
    for client in (police, municipality):
        say_it_is_them(client, request, case)
    withhold = {"decision": "withhold", "ground": "wpg27", "reason": "Er loopt een onderzoek."}
    assert police.post(f"{url}bijdrage/{hidden.uid}/", withhold).status_code == 302
    for client in (police, municipality):
        client.post(f"{url}rest/")
    for client in (police, municipality, bureau):
        client.post(f"{url}afronden/")
    request.refresh_from_db()
    return request


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
    assert [fact["value"] for fact in police_part["facts"]] == [GIVEN]
    # Nothing was told of a ground, so that the part shows no gap.
    assert police_part["withheld"] == []
    assert [fact["value"] for fact in municipal["facts"]] == [NAME]
    looked = [line for line in municipal["lookups"] if line["what"] == "Casus gelezen"]
    assert looked
    assert all(line["purpose"] and line["agency"] == names["GEM-MD"] for line in looked)
    # The bureau has nothing and is not to be told from somebody who gives nothing.
    assert not by[names["ZVH-MD"]]["facts"]

    police.post(f"/verzoeken/{request.uid}/uitgereikt/")
    request.refresh_from_db()
    assert request.state == State.HANDED_OUT
    fetched = Entry.objects.filter(event_type="subject_request.fetched")
    masks = {mask_of_columns((row.fields_0, row.fields_1, row.fields_2)).bit_count() for row in fetched}
    assert masks == {2}  # a name and an incident, of one person in one case

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

    mine, theirs = (client.get(sheet).content.decode() for client in (police, municipality))
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
