"""A party that left reads nothing; what it gave stays for the others only where its accession says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agreements.policy.compile import Policy, compile_policy
from agreements.policy.decide import decide
from agreements.policy.explain import explain
from tests.policy.worked import CATALOGUE, NOW, PGA, ask, signed

LEFT = NOW - timedelta(days=1)


def policy_after(*, facts_stay: bool, left: str = "POL") -> Policy:
    """PGA-MD after one party left."""
    terms = signed(PGA)
    accessions = tuple(
        replace(item, ends=LEFT, facts_stay=facts_stay) if item.agency.type == left else item
        for item in terms.accessions
    )
    return compile_policy(CATALOGUE, [replace(terms, accessions=accessions)])


@pytest.mark.parametrize("facts_stay", [True, False])
def test_what_a_party_gave_stays_for_others_or_goes_with_it(facts_stay: bool) -> None:
    question = ask("GEM", "POL", phase="plan")

    found = decide(policy_after(facts_stay=facts_stay), question)

    assert bool(found.visible) is facts_stay


@pytest.mark.parametrize("facts_stay", [True, False])
def test_a_party_that_left_reads_nothing_more(facts_stay: bool) -> None:
    question = ask("POL", "GEM", phase="plan")

    assert decide(policy_after(facts_stay=facts_stay), question).visible == 0


def test_before_it_left_nothing_differs() -> None:
    question = replace(ask("GEM", "POL", phase="plan"), at=LEFT - timedelta(seconds=1))

    assert (
        decide(policy_after(facts_stay=False), question).visible
        == decide(policy_after(facts_stay=True), question).visible
    )


def test_the_chain_says_that_the_source_is_no_party_any_more() -> None:
    found = explain(policy_after(facts_stay=False), ask("GEM", "POL", phase="plan"), "police_incident")

    assert [step.detail["because"] for step in found.mend if step.kind == "party"] == ["source"]
