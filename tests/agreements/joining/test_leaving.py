"""Withdrawal: by whom, from which day, what happens to what was given, and back again before it takes effect."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from agreements.covenants.commands import withdraw_party
from agreements.covenants.epoch import current_epoch
from agreements.joining.commands import StepRefused, revoke, withdraw
from agreements.joining.commands.shared import own
from agreements.joining.consequences import of_withdrawal
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.agreements.covenants.world import BY, grade
from tests.agreements.joining.world import PGA, PLAIN, RETURNED, events, last_refusal, load, party, visit

pytestmark = pytest.mark.usefixtures("house")
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=clock.AMSTERDAM)


def test_a_signatory_gives_notice_and_the_party_leaves_at_the_end_of_the_last_day() -> None:
    load()
    with time_machine.travel(NOON, tick=False):
        epoch = current_epoch().number
        row = withdraw(visit("otto"), PGA, reason="geen capaciteit meer")

        # 30 November and three months: there is no 30 February.
        assert row.ends == clock.start_of(date(2027, 3, 1))
        assert current_epoch().number == epoch + 1
        assert events("party.")[-1] == "party.withdrew"
    with time_machine.travel(row.ends - timedelta(seconds=1), tick=False):
        assert grade() == "visible"
    with time_machine.travel(row.ends, tick=False):
        assert grade() == "silent"
        assert grade(clock.now() - timedelta(days=7)) == "visible"


def test_a_later_last_day_may_be_chosen_and_an_earlier_one_is_refused_with_the_notice_period() -> None:
    load()
    with time_machine.travel(NOON, tick=False):
        with pytest.raises(Invalid) as wrong:
            withdraw(visit("otto"), PGA, reason="x", last_day=date(2027, 2, 27))
        row = withdraw(visit("otto"), PGA, reason="x", last_day=date(2027, 6, 30))

    assert "3 maanden" in wrong.value.sentence
    assert "28 feb" in wrong.value.remedy
    assert row.ends == clock.start_of(date(2027, 7, 1))


def test_without_an_article_the_notice_is_three_months_and_the_page_says_so() -> None:
    load(withdrawal="")
    said = [item.sentence for item in of_withdrawal(own(visit("otto"), PGA), visit("otto").agency, clock.today())]

    assert "Het convenant noemt geen opzegtermijn; dan geldt 3 maanden." in said
    assert withdraw(visit("otto"), PGA, reason="x").facts_stay


@pytest.mark.parametrize(("says", "stays", "left"), [(PLAIN, True, "visible"), (RETURNED, False, "silent")])
def test_what_a_party_gave_stays_in_cases_or_goes_with_it_as_the_covenant_says(
    says: str, stays: bool, left: str
) -> None:
    load(withdrawal=says)
    week_before = clock.now()

    row = withdraw(visit("carla"), PGA, reason="de bekostiging stopt")

    assert row.facts_stay is stays
    with time_machine.travel(row.ends + timedelta(hours=1), tick=False):
        assert grade() == left
        assert grade(week_before) == "visible"


def test_a_notice_is_taken_back_until_it_takes_effect_and_not_after() -> None:
    load(withdrawal=RETURNED)
    row = withdraw(visit("otto"), PGA, reason="twijfel")

    stays = revoke(visit("otto"), PGA, reason="wij blijven")
    assert (stays.ends, stays.facts_stay) == (None, False)
    assert events("party.")[-1] == "party.withdrawal_revoked"

    row = withdraw(visit("otto"), PGA, reason="toch")
    with time_machine.travel(row.ends, tick=False), pytest.raises(StepRefused):
        revoke(visit("otto"), PGA, reason="te laat")


@pytest.mark.parametrize("key", ["margot", "lieke", "ruben", "bas"])
def test_only_a_signatory_gives_notice_and_the_attempt_is_journalled(key: str) -> None:
    load()

    with pytest.raises(StepRefused) as refused:
        withdraw(visit(key), PGA, reason="x")

    assert "tekenbevoegde van de partij zelf" in refused.value.remedy
    entry = last_refusal()
    assert (entry.event_type, entry.actor_ref) == ("step.refused", visit(key).actor_ref)
    assert party("GEM-MD").ends is None


def test_who_is_no_party_is_told_that_the_covenant_does_not_exist() -> None:
    load()

    with pytest.raises(NotFound):
        withdraw(visit("juul"), PGA, reason="x")


def test_who_left_can_not_leave_again() -> None:
    load()
    withdraw_party(PGA, agency="OM-MD", by=BY)

    with pytest.raises(StepRefused):
        withdraw(visit("otto"), PGA, reason="x")


def test_a_second_notice_and_a_notice_without_a_reason_are_refused() -> None:
    load()
    with pytest.raises(Invalid):
        withdraw(visit("otto"), PGA, reason="  ")
    withdraw(visit("otto"), PGA, reason="x")

    with pytest.raises(StepRefused):
        withdraw(visit("otto"), PGA, reason="nog eens")


def test_a_notice_goes_on_under_a_version_that_begins_meanwhile_unless_it_is_signed() -> None:
    load(withdrawal=PLAIN)
    load(withdrawal=RETURNED, number=3, version_starts=20)
    row = withdraw(visit("otto"), PGA, reason="x", last_day=clock.today() + timedelta(days=40))

    # The version that rules on the last day decides what stays.
    assert not row.facts_stay


def test_the_page_beforehand_warns_for_a_covenant_without_contact_point_or_bureau() -> None:
    load(parties=("GEM-MD", "OM-MD", "ZVH-MD"))
    agency = visit("carla").agency
    told = of_withdrawal(own(visit("carla"), PGA), agency, clock.today())

    grave = [item.sentence for item in told if item.tone == "danger"]
    assert any("minder dan twee partijen" in said for said in grave)
    assert any("geen contactpunt" in said for said in grave)
    assert any("Het bureau werkt namens" in said for said in grave)
