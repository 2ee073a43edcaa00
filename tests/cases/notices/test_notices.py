"""Who had a fact is told what became of it: by the journal, no more than they may know, and never a value."""

from datetime import timedelta
from typing import Any

import pytest

from audit.journal.entry import mask_of_columns
from audit.journal.evidence import body_value
from audit.journal.models import Entry
from cases.casework import commands as casework
from cases.casework import queries
from cases.casework.commands.contribution import Given
from cases.inbox.waiting import waiting_for
from cases.models import Case, CaseCovenant, Circumstance, Contribution, Participation
from cases.notices.models import FactNotice, NoticeReader
from cases.retention.rows import erase_case
from foundation import clock
from foundation.masks import from_hex
from tests.cases.desk import Api, changing, page, reading
from tests.cases.subject_requests.asking import GIVEN, known, officer, say_it_is_them, somebody, taken_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
MENDED = "zqverbeterd"


def looks(world: World, key: str, number: str = "T-1") -> None:
    """This persona opens the case."""
    queries.open_case(reading(world, key), number, None)


def corrected(world: World, fact: Contribution, key: str = "ruben", **values: Any) -> None:
    given = Given(values=values or {"police_incident": MENDED}, observed_on=clock.today())
    casework.correct_contribution(reading(world, key), "T-1", fact.uid, given, reason="Het was een ander.")


def told() -> dict[str, str]:
    """Per agency that was told what it was told."""
    return {one.recipient.code: one.kind for one in FactNotice.objects.select_related("recipient")}


def waits(world: World, key: str) -> list[str]:
    return [line.url for line in waiting_for(reading(world, key)) if line.kind == "notice"]


def test_who_read_it_finds_a_notice_in_the_inbox_that_shows_no_value_until_it_is_dealt_with(world: World) -> None:
    fact = known(somebody(), "POL-MD", police_incident=GIVEN)
    looks(world, "margot")
    corrected(world, fact)

    (url,) = waits(world, "margot")
    last = Entry.objects.latest("pk").pk
    text = page(world, "margot").get(url).content.decode()

    assert "Een gegeven is verbeterd" in text
    assert "Politie" in text
    assert "Incident" in text
    assert not any(value in text for value in (GIVEN, MENDED, "Het was een ander."))
    # What the page tells, that the field is there, is what was journalled.
    read = Entry.objects.get(pk__gt=last, event_type="notice.read")
    bit = reading(world, "margot").policy.catalogue.by_code["police_incident"].bit
    assert mask_of_columns((read.fields_0, read.fields_1, read.fields_2)) == 0
    assert from_hex(body_value(read)["matter"]["announced"]) == 1 << bit
    page(world, "margot").post(url)
    assert waits(world, "margot") == []
    assert "Afgehandeld op" in page(world, "margot").get(url).content.decode()


def test_an_agency_that_never_read_it_is_told_nothing_and_neither_is_the_source(world: World) -> None:
    fact = known(somebody(), "POL-MD", police_incident=GIVEN)
    looks(world, "ruben")
    looks(world, "margot")

    corrected(world, fact)

    assert told() == {"OM-MD": "corrected"}
    assert NoticeReader.objects.get().professional == world.people["margot"]
    for key in ("ruben", "sanne", "nadia"):
        assert waits(world, key) == []


def test_who_read_a_field_of_one_source_learns_nothing_of_what_the_rules_kept_silent_of_another(world: World) -> None:
    # The journal says that a name was read, not whose. The rules gave the prosecutor that of the municipality alone.
    fact = known(somebody(), "POL-MD", full_name="Zwaantje Quist")
    looks(world, "margot")
    bit = reading(world, "margot").policy.catalogue.by_code["full_name"].bit
    read = Entry.objects.filter(event_type="case.read").latest("pk")
    assert mask_of_columns((read.fields_0, read.fields_1, read.fields_2)) >> bit & 1

    corrected(world, fact, full_name=MENDED)

    assert told() == {}


@pytest.mark.parametrize(("held", "expected"), [(True, {}), (False, {"OM-MD": "corrected"})])
def test_what_was_held_back_when_they_read_was_not_theirs(world: World, held: bool, expected: dict[str, str]) -> None:
    case = somebody()
    fact = known(case, "POL-MD", police_incident=GIVEN)
    known(case, "POL-MD", police_incident="zqeenandere")
    if held:
        with changing():
            Circumstance.objects.create(
                case=case, nature="hold", code="embargo", contribution=fact, source=fact.source,
                starts=clock.now() - timedelta(days=1), recorded_by="test",
            )  # fmt: skip
    looks(world, "margot")
    with changing():
        Circumstance.objects.filter(case=case).update(ends=clock.now())

    corrected(world, fact)

    assert told() == expected


def test_a_read_before_the_fact_was_given_does_not_count(world: World) -> None:
    case = somebody()
    looks(world, "margot")
    fact = known(case, "POL-MD", police_incident=GIVEN)

    corrected(world, fact)

    assert told() == {}


def test_what_was_withdrawn_is_told_and_the_rules_of_then_count(world: World) -> None:
    case = somebody()
    fact = known(case, "POL-MD", police_incident=GIVEN)
    looks(world, "margot")
    with changing():
        # The covenant of the case ended; who had the fact had it.
        CaseCovenant.objects.filter(case=case).update(ends=clock.now())

    casework.withdraw_contribution(reading(world, "ruben"), "T-1", fact.uid, reason="Verkeerde persoon.")

    assert told() == {"OM-MD": "withdrawn"}


def test_who_left_the_case_no_longer_gets_it_but_the_officer_of_the_agency_does(world: World) -> None:
    case = somebody()
    fact = known(case, "POL-MD", police_incident=GIVEN)
    looks(world, "sanne")
    corrected(world, fact)
    (url,) = waits(world, "carla")
    assert waits(world, "sanne") == [url]

    with changing():
        Participation.objects.filter(case=case, agency__code="GEM-MD").update(is_open=False, ends=clock.now())

    assert waits(world, "sanne") == []
    assert page(world, "sanne").get(url).status_code == 404
    assert "Incident" in page(world, "carla").get(url).content.decode()
    assert page(world, "dirk").get(url).status_code == 404
    assert Entry.objects.filter(event_type="notice.read", outcome="refused").count() == 2


def test_a_restriction_is_told_and_its_end_too(world: World) -> None:
    case = somebody()
    known(case, "POL-MD", police_incident=GIVEN)
    looks(world, "margot")
    police = officer(world, "dirk")
    request = taken_in(police, "restriction")
    say_it_is_them(police, request, case)

    assert told() == {"OM-MD": "restricted"}
    hold = request.sheets.get(agency__code="POL-MD").holds.get()
    police.post(f"/verzoeken/{request.uid}/beslisblad/vrijgeven/{hold.uid}/", {"reason": "Het klopte."})

    assert [one.kind for one in FactNotice.objects.order_by("pk")] == ["restricted", "released"]


def test_the_api_gives_codes_of_fields_and_takes_it_as_done(world: World) -> None:
    fact = known(somebody(), "POL-MD", police_incident=GIVEN)
    looks(world, "margot")
    corrected(world, fact)
    api = Api(world, "margot", "pga_adult")

    (line,) = api.get("/notices").json()

    assert (line["kind"], line["fields"], line["number"]) == ("corrected", ["police_incident"], "T-1")
    assert api.post(f"/notices/{line['uid']}/done", {}).status_code == 204
    assert api.get(f"/notices/{line['uid']}").json()["done_at"]
    assert waits(world, "margot") == []


def test_a_notice_goes_with_its_case(world: World) -> None:
    case = somebody()
    fact = known(case, "POL-MD", police_incident=GIVEN)
    looks(world, "margot")
    corrected(world, fact)

    with changing():
        erase_case(Case.objects.get(pk=case.pk))

    assert not FactNotice.objects.exists()
    assert not NoticeReader.objects.exists()
