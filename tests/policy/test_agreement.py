"""decide = explain = oracle, on random worlds; and everything kept from earlier questions changes nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.policy.compile import Policy, compile_policy
from agreements.policy.decide import decide
from agreements.policy.explain import STEP_KINDS, explain, explain_all
from agreements.policy.question import Question
from tests.policy.oracle import World, field_codes, openings, oracle_grades
from tests.policy.strategies import CATALOGUE, FIELDS, many_questions, worlds

thorough = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def oracle_masks(world: World, question: Question) -> tuple[int, int]:
    grades = oracle_grades(world, question)
    return tuple(
        CATALOGUE.mask(code for code, grade in grades.items() if grade == wanted) for wanted in ("visible", "announced")
    )


def oracle_obligations(world: World, question: Question) -> set[str]:
    """What follows from the articles that give something that is given."""
    found: set[str] = set()
    own = question.source.code == question.reader.agency.code
    grades = {} if own else oracle_grades(world, question)
    for key, grade in (("grants", "visible"), ("announcements", "announced")):
        for version, rule in openings(world, question, key):
            if any(grades.get(code) == grade for code in field_codes(version, rule)):
                found |= set(getattr(rule, "obligations", ("log", "notify_source")))
    return found


def compiled(world: World) -> Policy:
    return compile_policy(world.catalogue, world.versions, third_party_mode=world.third_party_mode)


@thorough
@given(worlds(), many_questions())
def test_decide_gives_what_the_oracle_reads(world: World, asked: list[Question]) -> None:
    policy = compiled(world)

    for question in asked:
        decision = decide(policy, question)
        assert (decision.visible, decision.announced) == oracle_masks(world, question)
        assert decision.obligations == oracle_obligations(world, question)


@settings(thorough, max_examples=200)
@given(worlds(), many_questions(8))
def test_explain_gives_the_grade_of_decide_for_every_field(world: World, asked: list[Question]) -> None:
    policy = compiled(world)

    for question in asked:
        decision = decide(policy, question)
        for item, explanation in zip(CATALOGUE.fields, explain_all(policy, question), strict=True):
            visible, announced = decision.visible >> item.bit & 1, decision.announced >> item.bit & 1
            expected = "visible" if visible else "announced" if announced else "silent"
            assert explanation.grade == expected
            assert [step.kind for step in explanation.steps] == sorted(
                (step.kind for step in explanation.steps), key=STEP_KINDS.index
            )
            assert decision.article_of(item.bit) == (explanation.articles or (None,))[0]


@settings(thorough, max_examples=200)
@given(worlds(), many_questions(8), st.sampled_from(FIELDS))
def test_a_chain_breaks_exactly_where_something_must_change(world: World, asked: list[Question], code: str) -> None:
    policy = compiled(world)

    for question in asked:
        explanation = explain(policy, question, code)
        assert explanation.grade == oracle_grades(world, question)[code]
        assert bool(explanation.mend) <= (explanation.grade != "visible")
        if explanation.grade == "silent":
            assert explanation.mend
            assert any(not step.passed and step.kind != "own" for step in explanation.steps)
        if explanation.grade == "visible":
            assert all(step.passed for step in explanation.steps if step.kind != "own")


@thorough
@given(worlds(), many_questions(8))
def test_prepared_and_plain_and_a_fresh_policy_give_the_same_in_any_order(world: World, asked: list[Question]) -> None:
    policy = compiled(world)
    first = [decide(policy, question) for question in asked]

    again = [decide(policy, question) for question in reversed(asked)]
    prepared = [
        policy.prepare(q.reader, q.setting, at=q.at, via=q.via, act=q.act).decide(
            q.source, q.under, q.satisfied, q.held
        )
        for q in asked
    ]
    policy.forget()
    afresh = [decide(policy, question) for question in asked]

    assert first == list(reversed(again)) == prepared == afresh
