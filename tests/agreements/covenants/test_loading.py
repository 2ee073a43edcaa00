"""Loading a version: when it rules, what it ends, what is refused, and that it is all or nothing."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from agreements.covenants.commands import CovenantRefused, check_covenant, load_covenant
from agreements.covenants.commands.offering import withdraw_offer
from agreements.covenants.epoch import current_epoch
from agreements.covenants.models import Covenant, CovenantVersion, Party, PolicyEpoch, Signature
from agreements.covenants.rules import Outcome, State
from agreements.parties.models import Agency
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.entry import Outcome as Ended
from audit.journal.models import Entry as Row
from foundation import clock
from foundation.clock import AMSTERDAM
from tests.agreements.covenants.world import (
    ATTENDANCE,
    BY,
    attendance_announced,
    days,
    grade,
    load,
    signatures,
    text,
    unsigned,
    version,
    without,
)

pytestmark = pytest.mark.usefixtures("house")


def _events() -> list[str]:
    rows = Row.objects.filter(event_type__regex=r"^(covenant|party)\.").order_by("id")
    return list(rows.values_list("event_type", flat=True))


def _counts() -> tuple[int, ...]:
    tables = (Covenant, CovenantVersion, Party, Signature, Row)
    return (*(model.objects.count() for model in tables), current_epoch().number)


def _refused(source: str, data: dict[str, Any] | None = None) -> dict[str, str]:
    """What was found, as code -> remedy; and nothing was written."""
    before = _counts()
    with pytest.raises(CovenantRefused) as refusal:
        load_covenant(source, signatures() if data is None else data, by=BY)
    assert _counts() == before
    return {finding.code: finding.remedy for finding in refusal.value.findings}


def test_a_signed_covenant_rules_from_its_start() -> None:
    loaded = load()

    assert loaded.outcome is Outcome.IN_FORCE
    assert loaded.starts == datetime(2026, 1, 1, tzinfo=AMSTERDAM)
    assert grade() == "visible"
    assert grade(loaded.starts) == "visible"
    assert grade(loaded.starts - days(0.001)) == "silent"


def test_the_last_day_of_the_term_counts_and_the_next_does_not() -> None:
    load()

    assert grade(datetime(2027, 12, 31, 23, 59, tzinfo=AMSTERDAM)) == "visible"
    assert grade(datetime(2028, 1, 1, tzinfo=AMSTERDAM)) == "silent"


def test_loading_is_journalled_and_moves_the_epoch_once() -> None:
    before = current_epoch().number

    load()

    events = _events()
    assert events[0] == "covenant.loaded"
    assert events.count("covenant.version_in_force") == 1
    assert events.count("covenant.signed") == events.count("party.acceded") == 17
    assert current_epoch().number == before + 1
    assert set(Row.objects.filter(event_type__startswith="covenant.").values_list("policy_epoch", flat=True)) == {
        before + 1
    }


def test_the_same_bytes_again_change_nothing() -> None:
    load()
    before = _counts()

    assert load().outcome is Outcome.UNCHANGED
    assert _counts() == before


def test_a_comment_is_no_other_text_but_a_word_is() -> None:
    load()

    assert load(text() + "# een opmerking\n").outcome is Outcome.UNCHANGED
    assert _refused(text().replace("Doelen", "Doeleinden")) == {"version_changed": "Geef de nieuwe tekst nummer 3."}


def test_one_article_changed_in_a_new_version_changes_the_answer_and_the_old_day_keeps_its_own() -> None:
    load(text("pga-md.v1"), signatures("pga-md.v1"))
    load()
    assert grade() == "visible"

    load(attendance_announced(3), signatures(version_starts=0))

    assert grade() == "announced"
    assert grade(clock.now() - days(2)) == "visible"
    assert grade(datetime(2025, 12, 1, tzinfo=AMSTERDAM)) == "announced"
    numbers = CovenantVersion.objects.order_by("number").values_list("number", "starts", "ends")
    assert [row[0] for row in numbers] == [1, 2, 3]
    assert [row[2] for row in numbers][:2] == [row[1] for row in numbers][1:]


def test_a_version_does_not_reach_back_over_days_on_which_it_was_already_decided() -> None:
    load()
    now = clock.now()
    entry = Entry(
        event_type="case.read", action=Action.READ, outcome=Ended.OK, actor_ref="professional:x",
        agency_ref="y", policy_epoch=current_epoch().number,
    )  # fmt: skip
    append([entry])

    loaded = load(attendance_announced(3), signatures(version_starts=-30))

    assert loaded.starts >= now
    assert grade(now - days(1)) == "visible"


def test_a_party_that_has_not_signed_keeps_the_whole_version_from_ruling() -> None:
    loaded = load(data=unsigned(signatures(), "OM-MD"))

    assert loaded.outcome is Outcome.FOR_SIGNATURE
    assert [finding.code for finding in loaded.warnings] == ["unsigned"]
    assert grade() == "silent"
    assert not Party.objects.exists()


def test_the_last_signature_brings_the_version_into_force() -> None:
    load(data=unsigned(signatures(), "OM-MD"))

    loaded = load()

    assert loaded.outcome is Outcome.IN_FORCE
    assert grade() == "visible"
    assert Party.objects.count() == 17


def test_the_bureau_acts_for_a_party_and_need_not_sign() -> None:
    assert load(data=unsigned(signatures(), "ZVH-MD")).outcome is Outcome.IN_FORCE


def test_without_signatures_a_covenant_waits() -> None:
    assert load_covenant(text(), None, by=BY).outcome is Outcome.FOR_SIGNATURE
    assert grade() == "silent"


def test_who_signed_after_the_start_is_bound_from_that_day() -> None:
    data = signatures()
    for item in data["signatures"]:
        if item["agency"] == "OM-MD":
            item["signed_on"] = date(2026, 3, 2)
    load(data=data)

    assert grade(datetime(2026, 3, 1, 23, tzinfo=AMSTERDAM)) == "silent"
    assert grade(datetime(2026, 3, 2, tzinfo=AMSTERDAM)) == "visible"


def test_a_version_with_a_future_start_waits_for_it() -> None:
    load()
    load(attendance_announced(3), signatures(version_starts=10))

    assert grade() == "visible"
    assert grade(clock.now() + days(11)) == "announced"
    with time_machine.travel(clock.now() + days(11)):
        assert grade() == "announced"


def test_a_party_that_is_not_in_the_new_version_leaves_at_its_start() -> None:
    load()
    load(version(3), without(signatures(version_starts=10), "OM-MD"))

    assert grade() == "visible"
    assert grade(clock.now() + days(11)) == "silent"
    assert _events()[-1] == "party.withdrew"


def test_a_version_over_the_same_days_is_refused() -> None:
    load()

    assert set(_refused(version(3), signatures(version_starts=date(2026, 1, 1)))) == {"version_overlaps"}


def test_a_number_that_has_been_passed_is_refused() -> None:
    load()

    assert _refused(text("pga-md.v1"), signatures("pga-md.v1"))["version_passed"] == "Geef de tekst nummer 3."


def test_a_signature_that_stands_is_not_replaced() -> None:
    data = signatures()
    load(data=unsigned(data, "OM-MD"))
    data["signatures"][0]["signatory"] = "Iemand Anders"

    assert set(_refused(text(), data)) == {"signature_differs"}


def test_nobody_joins_an_agreed_version_by_the_side_door() -> None:
    load(data=without(signatures(), "OND-KADE"))

    assert set(_refused(text())) == {"not_a_party"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agency": "POL-XX"}, "unknown_agency"),
        ({"capacity": "participant"}, "capacity_differs"),
        ({"signed_on": 3}, "signed_in_future"),
        ({"signatory": ""}, "signature_incomplete"),
        ({"agency": "OM-MD", "capacity": "controller"}, "party_twice"),
        ({"signed_on": "gisteren"}, "signatures_file"),
        ({"handtekening": "x"}, "signatures_file"),
    ],
)
def test_a_wrong_line_among_the_signatures_is_named(change: dict[str, Any], code: str) -> None:
    data = signatures()
    data["signatures"][0] |= change

    assert code in _refused(text(), data)


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    assert set(_refused(text(), signatures(version_ends=date(2025, 6, 1)))) == {"ends_before_start"}


def test_everything_that_is_wrong_is_found_with_article_and_line() -> None:
    source = (
        text()
        .replace("pol_full, purposes", "pol_fool, purposes", 1)
        .replace("roles: [street, team_lead]", "roles: [strat]")
    )
    with pytest.raises(CovenantRefused) as refusal:
        load(source)

    found = {(f.article, f.code) for f in refusal.value.findings}
    assert {("6.1", "unknown_set"), ("10.1", "unknown_role")} <= found
    assert all(f.line and f.remedy for f in refusal.value.findings)
    assert refusal.value.errors


def test_what_the_regime_forbids_is_not_loaded() -> None:
    source = text().replace(
        "fields: [truancy_hours, attendance_measure]", f"fields: [{ATTENDANCE}, school_observation]"
    )

    assert "category_not_on_list" in _refused(source)


@pytest.mark.parametrize("data", [signatures(), None], ids=["signed", "unsigned"])
def test_checking_leaves_no_trace(data: dict[str, Any] | None) -> None:
    before = _counts()

    assert not [f for f in check_covenant(text(), data) if f.severity == "error"]
    assert check_covenant("covenant: [", data)
    assert _counts() == before
    assert not PolicyEpoch.objects.exists()


def test_every_covenant_of_the_demo_loads() -> None:
    for name in ("pga-md.v1", "pga-md.v2", "js-md.v1", "hav-gebied.v1", "nazorg-md.v1"):
        assert load(text(name), signatures(name)).outcome is Outcome.IN_FORCE
    assert CovenantVersion.objects.filter(state=State.AGREED).count() == 5
    assert Agency.objects.filter(accessions__isnull=False).distinct().count() >= 17


def test_a_version_that_was_taken_out_of_signing_cannot_be_signed_by_loading_it() -> None:
    load(data=unsigned(signatures(), "OM-MD"))
    offered = CovenantVersion.objects.get(covenant__code="PGA-MD", number=2)
    withdraw_offer(offered, by=BY, reason="tekst klopt niet")

    with pytest.raises(CovenantRefused, match="ingetrokken"):
        load()
    offered.refresh_from_db()
    assert offered.state == State.WITHDRAWN
