"""Erasing on request: each controller decides on its own facts, two people, holds win, a certificate, and notices."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from agreements.covenants.rules import operator
from agreements.models import Agency
from audit.journal.models import Entry
from cases.casework import queries
from cases.inbox.waiting import waiting_for
from cases.models import Case, Contribution, Extract
from cases.notices.models import FactNotice
from cases.records.sealed import SealedFacts
from cases.retention import commands as retention
from cases.retention.models import Destruction
from cases.subject_requests.choices import State
from cases.subject_requests.models import SubjectHold, SubjectRequest
from foundation import clock
from tests.cases.desk import Api, changing, page, reading
from tests.cases.subject_requests.asking import known, officer, say_it_is_them, somebody, taken_in, text_of, wrote
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
GONE, KEPT, WRITTEN = "zqxwegermeeqzx", "zqxblijftstaanqzx", "zqxnotitieqzx"


def asked(world: World) -> tuple[Case, SubjectRequest, str]:
    """Police gave two facts and a note, the prosecutor read them; the person wants them erased."""
    case = somebody()
    known(case, "POL-MD", police_incident=GONE)
    known(case, "POL-MD", police_incident=KEPT)
    wrote(world, case, "POL-MD", WRITTEN)
    queries.open_case(reading(world, "margot"), "T-1", None)
    police = officer(world, "dirk")
    request = taken_in(police, "erasure", text="Dit klopt niet meer.")
    say_it_is_them(police, request, case)
    return case, request, f"/verzoeken/{request.uid}/beslisblad/"


def keep(world: World, sheet: str) -> None:
    """The police keeps one of the two facts, on a ground."""
    kept = Contribution.objects.filter(source__code="POL-MD").order_by("pk").last()
    why = {"decision": "keep", "ground": "duty", "reason": "Nodig voor de politietaak."}
    assert officer(world, "dirk").post(f"{sheet}bijdrage/{kept.uid}/", why).status_code == 302


def proposed(world: World, sheet: str) -> str:
    """The rest is erased; the address of the second person's page."""
    police = officer(world, "dirk")
    police.post(f"{sheet}rest/")
    police.post(f"{sheet}wissen/")
    return f"/verzoeken/wissen/{Destruction.objects.get().sheet}/"


def everywhere(secret: str) -> list[str]:
    """The tables of cases in which the secret still stands, read past every guard."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("cases_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                if any(secret in str(value) for row in cursor.fetchall() for value in row):
                    found.append(table)
    return found


def run() -> tuple[Destruction, ...]:
    return retention.carry_out_approved(by=operator("erase_due"))


def waits(world: World, key: str, url: str) -> bool:
    return any(line.url == url for line in waiting_for(reading(world, key)))


def test_what_the_source_decides_to_erase_goes_after_a_second_word_and_the_rest_stays(world: World) -> None:
    case, _request, sheet = asked(world)
    keep(world, sheet)
    url = proposed(world, sheet)
    before = everywhere(GONE)
    assert (waits(world, "hilde", url), waits(world, "dirk", url)) == (True, False)
    shown = page(world, "hilde").get(url).content.decode()
    assert GONE not in shown
    assert "Keur het wissen goed" in shown
    assert run() == ()

    assert page(world, "hilde").post(url).status_code == 302
    (done,) = run()

    assert {"cases_contribution", "cases_historicalcontribution", "cases_searchrow"} <= set(before)
    assert everywhere(GONE) == everywhere(WRITTEN) == []
    assert "cases_contribution" in everywhere(KEPT)
    assert (done.ground, done.scope, done.proposed_by.demo_key, done.approved_by.demo_key) == (
        "on_request", "items", "dirk", "hilde",
    )  # fmt: skip
    assert done.certificate["rows"]["cases_contribution"] == 1
    entry = Entry.objects.get(event_type="destruction.done")
    assert done.hash in bytes(entry.body).decode()
    # The prosecutor had both facts: one notice, that says nothing of what stood there.
    notice = FactNotice.objects.get()
    assert (notice.recipient.code, notice.kind) == ("OM-MD", "erased")
    assert "Verklaring" in officer(world, "dirk").get(sheet).content.decode()
    assert Case.objects.get(pk=case.pk).state == "open"


def test_the_answer_tells_what_went_and_who_had_it_only_where_the_controller_says_so(world: World) -> None:
    _case, request, sheet = asked(world)
    keep(world, sheet)
    url = proposed(world, sheet)
    police = officer(world, "dirk")
    close = {"outcome": "partly", "answer": "Wij wisten een deel.", "tells_recipients": "on"}
    early = police.post(f"{sheet}afronden/", close)
    assert early.status_code == 422
    assert "nog niet goedgekeurd" in early.content.decode()
    page(world, "hilde").post(url)
    run()
    wrong = police.post(f"{sheet}afronden/", {**close, "outcome": "refused"})
    assert "past niet bij" in wrong.content.decode()

    assert police.post(f"{sheet}afronden/", close).status_code == 302
    for key, place in (("carla", True), ("ineke", False)):
        other = officer(world, key)
        if place:
            say_it_is_them(other, request, Case.objects.get(number="T-1"))
            other.post(f"{sheet}bijdrage/{Contribution.objects.get(source__code='GEM-MD').uid}/",
                       {"decision": "keep", "ground": "still_needed", "reason": "Loopt nog."})  # fmt: skip
        other.post(f"{sheet}afronden/", {"outcome": "refused" if place else "nothing", "answer": "Nee."})
    request.refresh_from_db()
    assert request.state == State.READY
    police.post(f"/verzoeken/{request.uid}/pakket/maken/")
    paper = text_of(police.get(f"/verzoeken/{request.uid}/pakket/pdf/").content)

    om = Agency.objects.get(code="OM-MD").name
    assert "2 gegevens zijn gewist" in paper
    assert f"aan wie het eerder kreeg: {om}" in paper
    assert Destruction.objects.get().hash in paper.replace(" ", "")
    assert not any(word in paper for word in (GONE, KEPT, WRITTEN, "politietaak"))


@pytest.mark.parametrize(
    ("reason", "article"), [("claim", "AVG art. 17(3)(e)"), ("statute", "AVG art. 17(3)(b)"), ("oversight", "AVG")]
)
def test_a_fact_under_a_hold_is_refused_with_its_ground(world: World, reason: str, article: str) -> None:
    _case, request, sheet = asked(world)
    fact = Contribution.objects.filter(source__code="POL-MD").first()
    until = clock.today() + timedelta(days=90)
    retention.set_hold(reading(world, "nadia"), "T-1", reason=reason, review_on=until)
    api = Api(world, "dirk", "pga_adult")

    refused = api.put(
        f"/subject-requests/{request.uid}/sheet/contributions/{fact.uid}", {"decision": "erase"}
    )  # fmt: skip

    assert (refused.status_code, refused.json()["title"], refused.json()["field"]) == (422, "held", "decision")
    assert refused.json()["article"].startswith(article)
    assert officer(world, "dirk").post(f"{sheet}bijdrage/{fact.uid}/", {"decision": "erase"}).status_code == 422
    police = officer(world, "dirk")
    police.post(f"{sheet}rest/")
    assert not SubjectRequest.objects.get().sheets.get(agency__code="POL-MD").items.exists()
    assert "Moet bewaard blijven" in police.get(sheet).content.decode()


def test_a_hold_that_comes_later_stops_the_second_word_and_the_erasing(world: World) -> None:
    _case, _request, sheet = asked(world)
    url = proposed(world, sheet)
    until = clock.today() + timedelta(days=90)
    retention.set_hold(reading(world, "nadia"), "T-1", reason="claim", review_on=until)
    assert page(world, "hilde").post(url).status_code == 422
    retention.lift_hold(reading(world, "nadia"), "T-1")
    page(world, "hilde").post(url)
    retention.set_hold(reading(world, "nadia"), "T-1", reason="claim", review_on=until)

    assert run() == ()
    assert everywhere(GONE)


@pytest.mark.parametrize("key", ["dirk", "carla", "ruben", "margot", "nadia"])
def test_nobody_but_a_second_person_of_the_source_or_the_officer_of_all_says_the_second_word(
    world: World, key: str
) -> None:
    _case, _request, sheet = asked(world)
    url = proposed(world, sheet)

    assert page(world, key).post(url).status_code in (403, 404)
    assert Destruction.objects.get().state == "proposed"
    if key != "dirk":
        assert page(world, key).get(url).status_code == 404
    assert page(world, "ineke").post(url).status_code == 302
    assert Destruction.objects.get().state == "approved"


def test_what_lies_before_somebody_is_not_decided_anew_until_it_is_stopped(world: World) -> None:
    _case, request, sheet = asked(world)
    proposed(world, sheet)
    police = officer(world, "dirk")
    fact = Contribution.objects.filter(source__code="POL-MD").first()
    again = {"decision": "keep", "ground": "duty", "reason": "Toch nodig."}
    assert police.post(f"{sheet}bijdrage/{fact.uid}/", again).status_code == 422

    police.post(f"{sheet}wissen/stop/")

    assert police.post(f"{sheet}bijdrage/{fact.uid}/", again).status_code == 302
    assert Destruction.objects.get().state == "stopped"
    api = Api(world, "dirk", "pga_adult")
    assert api.post(f"/subject-requests/{request.uid}/sheet/erasure", {}).status_code == 204
    assert api.send("DELETE", f"/subject-requests/{request.uid}/sheet/erasure", "").status_code == 204
    assert api.send("DELETE", f"/subject-requests/{request.uid}/sheet/erasure", "").status_code == 422


def test_copies_versions_and_what_was_withdrawn_go_along_and_a_hold_of_the_person_is_cut_loose(world: World) -> None:
    case, _request, sheet = asked(world)
    police = officer(world, "dirk")
    fact = Contribution.objects.filter(source__code="POL-MD").first()
    hidden = known(case, "POL-MD", police_incident="zqxingetrokkenqzx")
    with changing():
        Contribution.objects.filter(pk=hidden.pk).update(withdrawn_at=clock.now())
        Extract.objects.create(
            case=case, about=case.case_subjects.get(), source=fact.source,
            recipient=Agency.objects.get(code="JW-HAVEN"),
            under="PGA-MD", article="6.1", purpose="pga_adult", values=SealedFacts.seal({"police_incident": GONE}),
            present=fact.present, decided_at=clock.now(), decided_by="test",
        )  # fmt: skip
    police.post(f"{sheet}vastzetten/{fact.uid}/")
    assert SubjectHold.objects.get().circumstance_id
    page(world, "hilde").post(proposed(world, sheet))

    run()

    assert everywhere(GONE) == everywhere(KEPT) == everywhere("zqxingetrokkenqzx") == []
    assert not Extract.objects.exists()
    assert SubjectHold.objects.get().circumstance_id is None
    assert {one.recipient.code for one in FactNotice.objects.filter(kind="erased")} == {"OM-MD", "JW-HAVEN"}


def test_no_partner_sees_in_its_calendar_that_somebody_asked_the_police_to_erase(world: World) -> None:
    _case, _request, sheet = asked(world)
    page(world, "hilde").post(proposed(world, sheet))
    (done,) = run()
    certificate = f"/bewaren/verklaring/{done.uid}/"

    assert certificate in officer(world, "dirk").get("/bewaren/").content.decode()
    assert officer(world, "dirk").get(certificate).status_code == 200
    for key in ("carla", "nadia"):
        assert certificate not in page(world, key).get("/bewaren/").content.decode()
        assert page(world, key).get(certificate).status_code == 404


def test_the_api_gives_the_second_person_how_much_and_never_what(world: World) -> None:
    _case, _request, sheet = asked(world)
    uid = proposed(world, sheet).split("/")[-2]
    hilde: Any = Api(world, "hilde", "pga_adult")

    told = hilde.get(f"/subject-erasures/{uid}")

    assert [(one["number"], one["items"], one["state"]) for one in told.json()["erasures"]] == [("T-1", 3, "proposed")]
    assert GONE not in told.content.decode()
    assert hilde.post(f"/subject-erasures/{uid}/approval", {}).status_code == 204
    assert hilde.post(f"/subject-erasures/{uid}/approval", {}).status_code == 422
    assert Api(world, "carla", "pga_adult").get(f"/subject-erasures/{uid}").status_code == 404
