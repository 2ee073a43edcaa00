"""Withdrawal and suspension: from that moment, for that covenant, and never for the past."""

import pytest

from agreements.covenants.commands import NotAParty, resume_covenant, suspend_covenant, withdraw_party
from agreements.covenants.epoch import current_epoch
from agreements.covenants.models import Suspension
from audit.journal.models import Entry as Row
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.agreements.covenants.world import BY, PGA, days, grade, load, text

pytestmark = pytest.mark.usefixtures("house")


def test_a_party_that_withdraws_gets_nothing_from_then_on() -> None:
    load()
    before, epoch = clock.now(), current_epoch().number

    withdraw_party(PGA, agency="OM-MD", by=BY, reason="geen capaciteit")

    assert grade() == "silent"
    assert grade(before) == "visible"
    assert current_epoch().number == epoch + 1
    assert Row.objects.order_by("id").last().event_type == "party.withdrew"


def test_what_a_source_gave_stays_in_cases_when_it_withdraws_if_the_covenant_says_so() -> None:
    load()

    assert withdraw_party(PGA, agency="GEM-MD", by=BY).facts_stay

    assert grade() == "visible"


def test_a_source_that_withdraws_takes_along_what_it_gave_if_the_covenant_says_so() -> None:
    load(text().replace("running_cases: until_closing", "running_cases: returned"))

    assert not withdraw_party(PGA, agency="GEM-MD", by=BY).facts_stay

    assert grade() == "silent"


def test_a_notice_ends_the_party_at_its_moment() -> None:
    load()
    withdraw_party(PGA, agency="OM-MD", by=BY, ends=clock.now() + days(90))

    assert grade() == "visible"
    assert grade(clock.now() + days(91)) == "silent"


def test_nobody_withdraws_in_the_past_or_without_being_a_party() -> None:
    load()

    with pytest.raises(Invalid):
        withdraw_party(PGA, agency="OM-MD", by=BY, ends=clock.now() - days(1))
    with pytest.raises(NotAParty):
        withdraw_party(PGA, agency="HLT-MD", by=BY)
    with pytest.raises(NotFound):
        withdraw_party("BESTAAT-NIET", agency="OM-MD", by=BY)


def test_a_suspended_covenant_grants_nothing_until_it_is_resumed() -> None:
    load()
    before = clock.now()

    suspend_covenant(PGA, reason="datalek wordt onderzocht", by=BY)
    suspended = clock.now()
    assert grade() == "silent"

    resume_covenant(PGA, by=BY)
    assert grade() == "visible"
    assert grade(suspended) == "silent"
    assert grade(before) == "visible"


def test_a_suspension_needs_a_reason_and_stands_once() -> None:
    load()
    with pytest.raises(Invalid):
        suspend_covenant(PGA, reason=" ", by=BY)
    suspend_covenant(PGA, reason="onderzoek", by=BY)

    with pytest.raises(Invalid):
        suspend_covenant(PGA, reason="nog eens", by=BY)
    assert Suspension.objects.count() == 1


def test_what_is_not_suspended_is_not_resumed() -> None:
    load()

    with pytest.raises(NotFound):
        resume_covenant(PGA, by=BY)
