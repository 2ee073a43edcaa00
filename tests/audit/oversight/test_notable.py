"""The rules that find notable reads: what each marks and what it leaves, without a database."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.oversight import notable
from audit.oversight.notable import Day, Row
from foundation import clock

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.AMSTERDAM)
HOURS = (time(7), time(20))


def row(**what: Any) -> Row:
    given_ = {
        "uid": uuid4(), "at": NOON, "actor": "professional:a", "agency": "1", "case": "case:a", "event": "case.read",
        "opened": True, "reason": "U", "fact": "participation:1",
    }  # fmt: skip
    return Row(**(given_ | what))


@pytest.mark.parametrize(
    ("at", "found"),
    [(NOON, False), (NOON.replace(hour=23), True), (NOON.replace(hour=6, minute=59), True),
     (NOON.replace(hour=7), False), (NOON.replace(hour=20), True), (NOON + timedelta(days=4), True)],
)  # fmt: skip
def test_off_hours_are_evenings_nights_and_weekends(at: datetime, found: bool) -> None:
    one = row(at=at)
    assert notable.off_hours([one], lambda agency: HOURS) == ({one.uid} if found else set())


def test_an_agency_that_works_around_the_clock_has_no_off_hours() -> None:
    assert not notable.off_hours([row(at=NOON.replace(hour=3))], lambda agency: None)


def test_a_list_is_never_notable() -> None:
    night = row(at=NOON.replace(hour=3), opened=False)
    assert not notable.off_hours([night], lambda agency: HOURS)
    assert not notable.no_part([row(opened=False, fact="")])


def test_a_read_without_any_participation_is_marked_and_one_with_is_not() -> None:
    without, with_ = row(fact=""), row()
    assert notable.no_part([without, with_, row(fact="", reason="R9")]) == {without.uid}


def searched(minutes: int) -> Row:
    return row(at=NOON - timedelta(minutes=minutes), event="search.asked", opened=False, case="", reason="")


@pytest.mark.parametrize(("minutes", "found"), [(0, True), (10, True), (11, False), (-1, False)])
def test_a_search_and_then_one_case_is_marked(minutes: int, found: bool) -> None:
    one = row()
    near = {one.actor: [searched(minutes), one]}
    assert notable.search_one([one], near) == ({one.uid} if found else set())


def test_who_opens_more_after_a_search_is_at_work() -> None:
    one, two = row(), row(case="case:b", at=NOON + timedelta(minutes=29))
    assert not notable.search_one([one, two], {one.actor: [searched(1), one, two]})


def day(cases: int, *, before: datetime | None = None) -> Day:
    reads = tuple(uuid4() for _ in range(cases))
    return Day(actor="professional:a", agency="1", cases=cases, reads=reads, before=before, start=NOON)


def test_a_day_far_above_the_peers_is_marked_whole() -> None:
    much = day(30)
    assert notable.volume([much, day(9)], {"1": [2, 3, 4, 3, 2]}) == set(much.reads)


def test_a_day_like_that_of_the_peers_is_not() -> None:
    assert not notable.volume([day(30)], {"1": [28, 30, 33, 29]})


@given(st.integers(1, 40), st.integers(0, 200))
def test_one_outlier_among_the_peers_does_not_hide_another(more: int, wild: int) -> None:
    """Median and MAD do not follow one value, as mean and deviation would."""
    calm = [5, 5, 5, 5, *([5] * more)]
    assert notable.far_out([*calm, wild]) == notable.far_out(calm) == 10


def test_long_silence_and_then_many_cases_is_marked() -> None:
    burst = day(10, before=NOON - timedelta(days=60))
    quiet = [day(10, before=NOON - timedelta(days=59)), day(9, before=NOON - timedelta(days=90)), day(10)]
    assert notable.dormant([burst, *quiet]) == set(burst.reads)


def test_every_rule_has_a_code_that_fits_its_column() -> None:
    assert all(len(code) <= 24 and rule.code == code for code, rule in notable.RULES.items())
    assert isinstance(row().uid, UUID)
