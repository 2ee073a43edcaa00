"""The board: who may write, what follows what, and totals from which no single seizure can be worked out."""

import io
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from agreements.models import Membership
from agreements.parties.reader import Visit, visit_of
from audit.journal.models import Entry
from deploy.demo_giveback import load_demo_giveback
from foundation.errors import Invalid, NotFound, Refused
from programmes.giveback import commands, queries
from programmes.giveback.models import GiveBack, Intervention, Seizure
from programmes.giveback.rules import public_total

AREA = "bu99990004"
T = 10


def visit(key: str, *roles: str) -> Visit:
    membership = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    made = visit_of(membership, strength="demo", trace_id="0" * 32)
    return replace(made, roles=frozenset(roles)) if roles else made


def seizure(n: int = 1, proceeds: int | None = None, **more: object) -> Seizure:
    given = {
        "area": AREA, "street": "Loodskade", "kind": "cash", "band": "under_10k", "case_reference": f"OM-MD-{1000 + n}",
        "is_closed": True,
    }  # fmt: skip
    made = commands.report_seizure(visit("ruben"), commands.Reported(**(given | more)))  # type: ignore[arg-type]
    if proceeds is not None:
        for _step in range(3):
            made = commands.move_seizure(visit("ruben"), made.uid, proceeds=proceeds)
    return made


def project(**more: object) -> GiveBack:
    given = {"area": AREA, "title": "Speelplek", "about": "Een klimrek.", "place": "Ankerplein", "amount": 4000}
    return commands.propose(visit("anouk"), **(given | more))  # type: ignore[arg-type]


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "GEHEIMECAMERA"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(out, "JPEG", exif=exif)
    return out.getvalue()


def offered(**more: object) -> Intervention:
    given = {
        "area": AREA, "kind": "language", "title": "Taalles", "about": "Elke week.", "group_size": 60, "places": 40,
        "cost": 5000,
    }  # fmt: skip
    return commands.plan_intervention(visit("anouk"), commands.Offered(**(given | more)))  # type: ignore[arg-type]


def _totals(row: list[int]) -> Iterator[tuple[int, int]]:
    for n in range(len(row) + 1):
        found = public_total(row[:n], threshold=T)
        yield (found.number, found.proceeds) if found else (0, 0)


@given(st.lists(st.integers(0, 500_000), max_size=45), st.lists(st.integers(0, 500_000), min_size=1, max_size=T - 1))
def test_who_looks_every_day_and_combines_all_answers_never_sees_fewer_than_ten(
    row: list[int], other: list[int]
) -> None:
    """The attacker takes every total of every moment: all differences are of whole stretches of ten or more."""
    seen = list(_totals(row))
    for first in seen:
        for later in seen:
            assert (later[0] - first[0]) % T == 0
            if first[0] == later[0]:
                assert first == later
    # The last few, whatever they yielded, change no answer.
    rest = len(row) % T
    if rest:
        changed = row[: len(row) - rest] + (other * T)[:rest]
        assert list(_totals(changed)) == seen


@pytest.mark.usefixtures("house")
def test_single_seizures_are_for_enforcement_and_each_read_and_refusal_is_journalled() -> None:
    seizure()
    for key in ("ruben", "margot", "thijs"):
        assert len(queries.seizures(visit(key))) == 1
    assert Entry.objects.filter(event_type="giveback.seizures_seen", outcome="ok").count() == 3
    for key in ("anouk", "peter", "joost", "esra", "nadia"):
        with pytest.raises(Refused):
            queries.seizures(visit(key))
    assert Entry.objects.filter(event_type="giveback.seizures_seen").exclude(outcome="ok").count() == 5
    with pytest.raises(Refused):
        commands.report_seizure(
            visit("anouk"), commands.Reported(area=AREA, street="Kade", kind="cash", band="more",
                                              case_reference="OM-1", is_closed=True),
        )  # fmt: skip


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"street": "Loodskade 14"}, "street"), ({"street": ""}, "street"), ({"kind": "zork"}, "kind"),
        ({"band": "zork"}, "band"), ({"is_closed": False}, "is_closed"),
        ({"case_reference": "met een naam"}, "case_reference"),
        ({"case_reference": "OM-MD-1001"}, "case_reference"),
    ],
)  # fmt: skip
def test_a_seizure_that_says_too_much_or_too_little_is_refused(more: dict[str, object], field: str) -> None:
    seizure()
    with pytest.raises(Invalid) as raised:
        seizure(2, **more)
    assert raised.value.field == field
    assert Seizure.objects.count() == 1


@pytest.mark.usefixtures("house")
def test_what_is_booked_never_changes_and_needs_its_proceeds() -> None:
    made = seizure()
    for _step in range(2):
        commands.move_seizure(visit("ruben"), made.uid)
    with pytest.raises(Invalid) as raised:
        commands.move_seizure(visit("ruben"), made.uid)
    assert raised.value.field == "proceeds"
    assert commands.move_seizure(visit("ruben"), made.uid, proceeds=900).proceeds == 900
    with pytest.raises(Invalid):
        commands.move_seizure(visit("ruben"), made.uid, proceeds=901)


@pytest.mark.usefixtures("house")
def test_everybody_sees_a_total_only_from_the_tenth_booked_seizure_and_never_where_or_which() -> None:
    client = Client(HTTP_HOST="localhost")
    for n in range(9):
        seizure(n, 7351)
    assert client.get("/api/v1/giveback").json()["seizures"] is None
    seizure(9, 7351)
    seizure(10, 999_999)
    assert client.get("/api/v1/giveback").json()["seizures"] == {"number": 10, "proceeds": 74000}
    for path in ("/teruggave/", "/api/v1/giveback", f"/wijken/{AREA}/"):
        text = client.get(path).content.decode()
        for hidden in ("Loodskade", "OM-MD-10", "7351", "7.351", "999"):
            assert hidden not in text, (path, hidden)


@pytest.mark.usefixtures("house")
def test_a_project_goes_from_proposal_to_pictures_and_its_seizures_link_to_it() -> None:
    made = project()
    with pytest.raises(Invalid) as few:
        commands.record_vote(visit("anouk"), made.uid, voters=9, in_favour=9)
    assert few.value.field == "voters"
    with pytest.raises(Invalid) as lost:
        commands.record_vote(visit("anouk"), made.uid, voters=60, in_favour=30)
    assert lost.value.field == "in_favour"
    voted = commands.record_vote(visit("anouk"), made.uid, voters=64, in_favour=48)
    assert (voted.voters, voted.in_favour) == (60, 75)

    first, second, open_one = seizure(1, 2500), seizure(2, 3000), seizure(3)
    for chosen in ([first.uid], [first.uid, open_one.uid], [], [uuid4()]):
        with pytest.raises(Invalid):
            commands.fund(visit("ruben"), made.uid, seizures=chosen)
    assert not Seizure.objects.filter(give_back__isnull=False).exists()
    commands.fund(visit("ruben"), made.uid, seizures=[first.uid, second.uid])

    later = project(title="Tuin", amount=100)
    commands.record_vote(visit("anouk"), later.uid, voters=64, in_favour=48)
    with pytest.raises(Invalid):
        commands.fund(visit("ruben"), later.uid, seizures=[first.uid])

    client = Client(HTTP_HOST="localhost")
    assert client.get(f"/teruggave/{made.uid}/foto/after/").status_code == 404
    shown = commands.show(
        visit("anouk"),
        made.uid,
        before=("a.jpg", photo()),
        before_words="Kaal.",
        after=("b.jpg", photo()),
        after_words="Vol.",
    )
    assert shown.state == "visible"
    picture = client.get(f"/teruggave/{made.uid}/foto/after/")
    assert picture["Content-Type"] == "image/jpeg"
    assert b"GEHEIMECAMERA" not in picture.content
    page = client.get(f"/teruggave/{made.uid}/").content.decode()
    assert "Contant geld" in page
    assert f"/teruggave/{made.uid}/" in client.get("/teruggave/").content.decode()
    assert commands.finish(visit("anouk"), made.uid).state == "done"
    kinds = ("proposed", "voted", "funded", "visible", "done")
    done = Entry.objects.filter(event_type__in=[f"giveback.{one}" for one in kinds], outcome="ok")
    assert sorted(done.values_list("event_type", flat=True).distinct()) == sorted(f"giveback.{one}" for one in kinds)


@pytest.mark.usefixtures("house")
def test_only_leaders_of_its_own_agency_write_in_a_project_or_offer() -> None:
    made, offer = project(), offered()
    for wrong in ("hilde", "sanne", "karin"):
        with pytest.raises(Refused):
            commands.record_vote(visit(wrong), made.uid, voters=60, in_favour=50)
        with pytest.raises(Refused):
            commands.move_intervention(visit(wrong), offer.uid, state="running", taken=0)
    with pytest.raises(NotFound):
        commands.finish(visit("anouk"), uuid4())
    with pytest.raises(Invalid):
        commands.finish(visit("anouk"), made.uid)
    for seen in ("Bel 06 12345678", "De auto AB-123-C staat er", "a@b.example"):
        with pytest.raises(Invalid) as raised:
            project(about=seen)
        assert raised.value.field == "about"


@pytest.mark.usefixtures("house")
def test_an_offer_keeps_no_number_of_a_few_people_and_stops_with_a_reason() -> None:
    offer = offered(group_size=9)
    assert offer.group_size is None
    told = commands.move_intervention(visit("anouk"), offer.uid, state="running", taken=7, attendance="high")
    assert (told.taken, told.attendance) == (None, "")
    assert commands.move_intervention(visit("anouk"), offer.uid, state="running", taken=34).taken == 30
    assert commands.move_intervention(visit("anouk"), offer.uid, state="running", taken=38).taken == 30
    for state, taken, field in (("running", 41, "taken"), ("planned", 12, "state"), ("stopped", 12, "reason")):
        with pytest.raises(Invalid) as raised:
            commands.move_intervention(visit("anouk"), offer.uid, state=state, taken=taken)
        assert raised.value.field == field
    ended = commands.move_intervention(visit("anouk"), offer.uid, state="stopped", taken=12, reason="Te laat.")
    with pytest.raises(Invalid):
        commands.move_intervention(visit("anouk"), ended.uid, state="running", taken=12)


@pytest.mark.usefixtures("house")
def test_forms_keep_what_was_typed_and_carry_it_out() -> None:
    client = Client(HTTP_HOST="localhost")
    client.post("/inloggen/demo/", {"persona": "anouk"})
    typed = {"area": AREA, "title": "Pomp", "about": "Een pomp.", "place": "Bel 06 12345678", "amount": "900"}
    refused = client.post("/teruggave/nieuw/", typed)
    assert refused.status_code == 422
    assert 'value="Pomp"' in refused.content.decode()
    assert client.post("/teruggave/nieuw/", typed | {"place": "Plein"}).status_code == 302
    uid = GiveBack.objects.get(title="Pomp").uid
    assert client.post(f"/teruggave/{uid}/keuze/", {"voters": "40", "in_favour": "30"}).status_code == 302
    paid = seizure(1, 1000)
    client.post("/inloggen/demo/", {"persona": "ruben"})
    assert client.post(f"/teruggave/{uid}/betaal/", {"seizures": [str(paid.uid)]}).status_code == 302
    assert client.post(
        "/teruggave/beslag/nieuw/", {"area": AREA, "street": "Kade", "kind": "cash", "band": "more",
                                     "case_reference": "OM-77", "is_closed": "on"},
    ).status_code == 302  # fmt: skip
    made = Seizure.objects.get(case_reference="OM-77")
    assert client.post(f"/teruggave/beslag/{made.uid}/stap/").status_code == 302
    client.post("/inloggen/demo/", {"persona": "anouk"})
    files = {when: io.BytesIO(photo()) for when in ("before", "after")}
    for name, file in files.items():
        file.name = f"{name}.jpg"
    sent = client.post(f"/teruggave/{uid}/laat-zien/", files | {"before_words": "Kaal.", "after_words": "Vol."})
    assert sent.status_code == 302
    assert client.post(f"/teruggave/{uid}/klaar/").status_code == 302
    assert GiveBack.objects.get(uid=uid).state == "done"


@pytest.mark.usefixtures("house")
def test_the_board_of_the_demo_stands_and_costs_few_queries() -> None:
    load_demo_giveback()
    load_demo_giveback()
    assert (Seizure.objects.count(), Intervention.objects.count(), GiveBack.objects.count()) == (14, 4, 2)
    assert not Intervention.objects.filter(taken__lt=settings.SMALL_NUMBER).exists()
    client = Client(HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/teruggave/").status_code == 200
    assert len(asked) <= 8, [one["sql"][:90] for one in asked]
