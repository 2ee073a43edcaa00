""" "Bekijk als": never wider than what I see, never wider than what they see, and journalled as mine."""

from datetime import timedelta
from itertools import product

import pytest

from agreements.models import Agency
from cases.casework import queries
from cases.disclosure.answer import Answer
from cases.disclosure.preview import live_readers
from cases.models import Case, Circumstance, Participation
from foundation import clock
from tests.cases.desk import changing, give, last_entry, make_case, page, reading, shown, told
from tests.invariants.crawl import found_in, get
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

READERS = ("peter", "ruben", "margot", "sanne", "marloes", "nadia", "farid", "wouter", "ilse", "esra", "tessa", "fenna")
Pair = tuple[str | None, str, str]


def facts(answer: Answer) -> set[Pair]:
    return {(p.subject, item.source.code, item.code) for p in answer.disclosures for item in p.facts}


def known(answer: Answer) -> set[Pair]:
    return facts(answer) | {
        (p.subject, item.source.code, item.code) for p in answer.disclosures for item in p.announcements
    }


def ordinary(world: World, code: str) -> str | None:
    """The persona who ordinarily reads for an agency: a professional, or the bureau's case director."""
    wanted = "case_director" if code.startswith("ZVH") else "professional"
    for key in READERS:
        mine = reading(world, key).visit
        if mine.agency.code == code and mine.roles in (frozenset({wanted}), frozenset({wanted, "chair"})):
            return key
    return None


@pytest.mark.parametrize("number", ["MW-1", "MW-2", "MW-3", "MW-4"])
def test_a_preview_is_never_wider_than_mine_nor_theirs(world: World, number: str) -> None:
    live = [source.code for source in live_readers(reading(world, "nadia"), world.cases[number])]
    keys = [key for key in READERS if reading(world, key).visit.agency.code in live]
    pairs, alone = 0, {key: queries.open_case(reading(world, key), number, None).answer for key in keys}
    theirs: dict[tuple[str, str], Answer] = {}
    for key, code in product(keys, live):
        mine, other = alone[key], ordinary(world, code)
        seen = queries.open_case(reading(world, key), number, None, preview=code).answer
        assert facts(seen) <= facts(mine), (key, code)
        assert known(seen) <= known(mine), (key, code)
        if other is None:
            continue
        asked = (other, mine.purpose)
        if asked not in theirs:
            # For my purpose if they have it, else for their own: as the preview itself says beside their name.
            session = {"purposes": {number: mine.purpose}}
            theirs[asked] = queries.open_case(reading(world, other), number, session).answer
        assert facts(seen) == facts(mine) & facts(theirs[asked]), (key, code)
        assert known(seen) == known(mine) & known(theirs[asked]), (key, code)
        pairs += 1
    assert pairs > len(keys), "the property must have been tried on more than everybody's view of themselves"


def test_a_fact_of_theirs_that_i_may_not_see_does_not_appear(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD", "GGZ-MD"))
    give(world, case, "GGZ-MD", diagnosis="zqx-diagnose")

    seen = queries.open_case(reading(world, "ruben"), "T-1", None, preview="GGZ-MD").answer

    assert shown(seen) == {}
    assert told(seen) == set()


def test_a_hold_for_them_holds_in_the_preview_as_well(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "OM-MD", "GEM-MD"))
    give(world, case, "POL-MD", police_incident="Ruzie")
    with changing():
        Circumstance.objects.create(
            case=case, nature="hold", code="embargo", recipient=Agency.objects.get(code="GEM-MD"), starts=clock.now(),
            recorded_by="x",
        )  # fmt: skip

    assert shown(queries.open_case(reading(world, "margot"), "T-1", None).answer)
    assert shown(queries.open_case(reading(world, "margot"), "T-1", None, preview="GEM-MD").answer) == {}


@pytest.mark.parametrize("code", ["WON-WATERWEG", "NERGENS", "OND-KADE", "RCL-MD", "'; --"])
def test_an_agency_that_does_not_read_along_is_refused(world: World, db: None, code: str) -> None:
    make_case("T-1", live=("POL-MD", "GEM-MD"), extract=("WON-WATERWEG",))

    assert page(world, "ruben").get("/casus/T-1/", {"als": code}).status_code == 422


def test_an_agency_whose_time_is_over_or_still_to_come_does_not_read_along(world: World, db: None) -> None:
    case: Case = make_case("T-1", live=("POL-MD", "GEM-MD", "OM-MD"))
    day = timedelta(days=1)
    with changing():
        Participation.objects.filter(case=case, agency__code="GEM-MD").update(ends=clock.now() - day)
        Participation.objects.filter(case=case, agency__code="OM-MD").update(starts=clock.now() + day)

    for code in ("GEM-MD", "OM-MD"):
        assert page(world, "ruben").get("/casus/T-1/", {"als": code}).status_code == 422
    assert [source.code for source in live_readers(reading(world, "ruben"), case)] == ["POL-MD"]


def test_a_preview_is_journalled_as_the_readers_own_reading(world: World, db: None) -> None:
    case = make_case("T-1", live=("POL-MD", "GEM-MD"))
    give(world, case, "GEM-MD", full_name="Bo Roos")
    client = page(world, "ruben")

    seen = get(world, client, "/casus/T-1/?als=GEM-MD")

    entry = last_entry()
    assert (entry.event_type, entry.agency_ref) == ("case.previewed", reading(world, "ruben").visit.agency_ref)
    assert "Bo Roos" in seen.text
    assert found_in(world, seen.text) == ()
