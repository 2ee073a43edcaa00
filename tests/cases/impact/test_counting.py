"""The counts are those of asking about every fact, one by one."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.db import transaction

from agreements.models import Agency, Professional
from agreements.policy.compile import VersionTerms, compile_policy
from agreements.policy.decide import Policy
from agreements.policy.document import CovenantDocument
from cases.impact import counting, profiles
from cases.impact.effects import Observer
from cases.impact.scope import scope_of
from tests.cases.impact import caseload
from tests.policy.strategies import AGENCIES, CATALOGUE, COVENANTS, FIELDS, MOMENTS, PHASES, ROLES, Dice

pytestmark = pytest.mark.django_db
AT = MOMENTS[2]
CODE = COVENANTS[0]


@pytest.fixture(scope="module")
def who(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Agency]]:
    """Sixty random cases and their agencies, for all tests of this file."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True
        with outer:
            found = caseload.agencies()
            by = Professional.objects.create(email="proef@example.nl", name="Proef")
            for seed in (1, 2, 3):
                caseload.fill(seed, at=AT, who=found, by=by, cases=20)
            yield found
            transaction.set_rollback(True)


def policies(seed: int) -> tuple[Policy, Policy]:
    """Random rules, and the same with another text of the first covenant: quite another, or one rule changed."""
    dice = Dice(seed)
    world = dice.world(4)
    before = [terms for terms in world.versions if terms.document.version == 1]
    other = dice.terms(CODE, 2, 4) if seed % 2 else _changed(dice, next(t for t in before if t.document.code == CODE))
    after = [other if terms.document.code == CODE else terms for terms in before]
    return tuple(compile_policy(CATALOGUE, terms, third_party_mode=world.third_party_mode) for terms in (before, after))


def _changed(dice: Dice, terms: VersionTerms) -> VersionTerms:
    content = terms.document.model_dump(mode="json", by_alias=True, exclude_none=True)
    ruling = content["articles"][1]
    kind = dice.one([kind for kind in ("grants", "prohibitions") if ruling.get(kind)])
    rules = ruling[kind]
    rule = dice.one(rules)
    parts = ["from", "to", "fields", "phases", "roles", "gone"]
    part = dice.one([*parts, "conditions"] if kind == "grants" else parts)
    if part == "gone":
        rules.remove(rule)
    elif part in ("from", "to"):
        rule[part] = dice.tokens()
    else:
        rule[part] = {
            "fields": lambda: dice.some(FIELDS, whole=0.3) or FIELDS,
            "phases": lambda: dice.some(PHASES, whole=0.3) or PHASES,
            "roles": lambda: dice.some(ROLES, whole=0.3) or ROLES,
            "conditions": lambda: [] if rule.get("conditions") else ["om_consent"],
        }[part]()  # fmt: skip
    return replace(terms, document=CovenantDocument.model_validate(content))


def counted(before: Policy, after: Policy, agency: Agency, **more: Any) -> dict[str, Any]:
    found = counting.tally(before, after, code=CODE, at=AT, observer=Observer(agency=agency.pk), **more)
    return counting.result_of(found, agencies=counting.agencies_by_row(), catalogue=CATALOGUE)


@pytest.mark.parametrize("seed", range(24))
def test_the_counts_are_those_of_asking_about_every_fact(who: dict[str, Agency], seed: int) -> None:
    before, after = policies(seed)
    observer = Random(seed).choice(list(who.values()))

    found = counted(before, after, observer)

    assert found == caseload.count_slowly(before, after, code=CODE, at=AT, observer=observer)


def test_some_of_these_rules_change_something_that_is_known_and_something_that_is_not(who: dict[str, Agency]) -> None:
    cells = [
        cell
        for seed in range(24)
        for ways in counted(*policies(seed), who["POL-A"])["recipients"].values()
        for way in ways.values()
        for cell in way["fields"].values()
    ]

    assert sum(cell[0] for cell in cells) > 30
    assert sum(cell[2] for cell in cells) > 30


def test_the_size_of_a_chunk_makes_no_difference(who: dict[str, Agency], monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = policies(3)
    whole = counted(before, after, who["GEM-A"])
    steps: list[tuple[int, int]] = []

    monkeypatch.setattr(counting, "SMALLEST", 7)
    in_pieces = counted(before, after, who["GEM-A"], progress=lambda done, total: steps.append((done, total)))

    assert in_pieces == whole
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1]
    assert len(steps) > 5


def test_cases_whose_rows_lie_far_apart_are_counted_too(
    who: dict[str, Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = policies(3)
    whole = counted(before, after, who["GEM-A"])

    monkeypatch.setattr(profiles, "SPARSE", 0)

    assert counted(before, after, who["GEM-A"]) == whole


def test_the_same_rules_change_nothing(who: dict[str, Agency]) -> None:
    before, _ = policies(3)

    assert counted(before, before, who["GEM-A"])["recipients"] == {}


@pytest.mark.parametrize("seed", range(24))
def test_whatever_changes_is_foretold_by_the_rules_alone(who: dict[str, Agency], seed: int) -> None:
    before, after = policies(seed)
    scope = scope_of(before, after, code=CODE, at=AT, agencies=AGENCIES)

    for code, ways in counted(before, after, who["POL-A"])["recipients"].items():
        for way, part in ways.items():
            assert CATALOGUE.mask(part["fields"]) & ~scope.reaches[code][way].fields == 0, (code, way)


def test_the_same_rules_under_other_numbers_foretell_nothing() -> None:
    before, _ = policies(3)

    assert scope_of(before, before, code=CODE, at=AT, agencies=AGENCIES).reaches == {}
