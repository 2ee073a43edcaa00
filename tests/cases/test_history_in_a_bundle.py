"""Version rows in a bundle: the verifier compares them with what the journal vouched for when they were made."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from agreements.models import Professional
from audit.sealing import sealer, signing
from cases.casework import commands
from cases.casework.commands.contribution import Given
from cases.models import Contribution
from cases.records.history import contents_of, history_ref
from foundation import clock
from tests.audit.integrity.steps import bundled, verify
from tests.audit.sealing.conftest import fresh_lanes
from tests.audit.sealing.steps import tamper
from tests.cases.desk import changing, give, make_case, reading
from tests.invariants.world import World, load_house

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["fresh_lanes"]
ROWS = "history.ndjson"


def given(**values: object) -> Given:
    return Given(values=values, observed_on=clock.today(), submission=uuid4())


def test_a_moment_in_another_zone_is_vouched_for_as_it_comes_back_from_the_store() -> None:
    load_house()
    case = make_case("T-2", live=("GEM-MD", "ZVH-MD"))
    world = World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})
    made = give(world, case, "GEM-MD", debt_problem=True)
    with changing():
        made.withdrawn_at = clock.now().astimezone(clock.AMSTERDAM)
        made.save()
    version = made.history.latest()
    version.withdrawn_at = made.withdrawn_at

    vouched = history_ref(version)

    row = (vouched.table, vouched.history_id)
    assert contents_of([row]) == {row: vouched.content}


def test_the_verifier_finds_a_version_row_that_was_changed_or_taken_away(tmp_path: Path, settings: Any) -> None:
    settings.LOG_SIGNER_DIRECTORY = tmp_path / "signer"
    load_house()
    world = World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})
    case = make_case("T-1", live=("GEM-MD", "ZVH-MD", "POL-MD"))
    (uid,) = commands.add_contribution(reading(world, "sanne"), case.number, given(debt_problem=True))
    commands.correct_contribution(
        reading(world, "sanne"), case.number, uid, given(debt_problem=False), reason="Bij nader inzien"
    )
    commands.withdraw_contribution(reading(world, "sanne"), case.number, uid, reason="Alles is betaald")
    sealer.seal_all()
    signer = signing.configured()
    assert signer
    signing.sign(signer)

    honest = bundled(tmp_path / "honest", "--with-history")
    told = verify("history", honest, str(honest / ROWS))
    assert told.returncode == 0, told.stdout
    assert "3 version rows are those for which an entry vouches" in told.stdout

    rows = list(Contribution.history.order_by("history_id").values_list("history_id", flat=True))
    tamper("UPDATE cases_historicalcontribution SET section = section, present = '0' WHERE history_id = %s", [rows[1]])
    changed = bundled(tmp_path / "changed", "--with-history")
    told = verify("history", changed, str(changed / ROWS))
    assert told.returncode == 1
    assert f"row {rows[1]} of cases_historicalcontribution" in told.stdout

    tamper("DELETE FROM cases_historicalcontribution WHERE history_id = %s", [rows[2]])
    gone = bundled(tmp_path / "gone", "--with-history")
    told = verify("history", gone, str(gone / ROWS))
    assert f"row {rows[2]} of cases_historicalcontribution" in told.stdout
    assert "is missing" in told.stdout
