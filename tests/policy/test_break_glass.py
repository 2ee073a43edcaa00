"""Break-glass in the core: never more than its article says, never to another, never after its time, never past a
prohibition or a hold. On random worlds, against the slow interpreter.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.break_glass import openable
from agreements.policy.decide import decide
from agreements.policy.explain import explain
from agreements.policy.question import BreakGlassAct, Delivery, Question
from tests.policy import worked
from tests.policy.oracle import World, field_codes, oracle_grades, prohibitions
from tests.policy.strategies import CATALOGUE, FIELDS, Dice, seeds, worlds
from tests.policy.test_agreement import compiled, oracle_masks

brisk = settings(max_examples=150, deadline=None)


def acted(count: int = 12) -> st.SearchStrategy[list[Question]]:
    """Questions under an act of break-glass that mostly stands, for mostly the right agency."""

    def ask(seed: int) -> list[Question]:
        dice = Dice(seed)
        found = [dice.question() for _ in range(count)]
        return [
            replace(q, via=Delivery.BREAK_GLASS, satisfied=q.satisfied | 2**31 - 1 if dice.chance(0.5) else q.satisfied,
                    act=dice.act(q.reader.agency.code, q.at))
            for q in found
        ]  # fmt: skip

    return seeds.map(ask)


def given_by_article(world: World, question: Question) -> int:
    """The fields that the act's article names in any version, whatever the rest of the world says."""
    act = question.act
    assert act is not None
    codes = {
        code
        for version in world.versions
        if version.document.code == act.covenant
        for article in version.document.articles
        if article.break_glass is not None and article.break_glass.id == act.article
        for code in field_codes(version, article.break_glass)
    }
    return int(CATALOGUE.mask(codes))


@settings(max_examples=400, deadline=None)
@given(worlds(), acted())
def test_an_act_gives_what_the_oracle_reads(world: World, asked: list[Question]) -> None:
    policy = compiled(world)

    for question in asked:
        decision = decide(policy, question)
        assert (decision.visible, decision.announced) == oracle_masks(world, question)
        for code in FIELDS:
            assert explain(policy, question, code).grade == oracle_grades(world, question)[code]


@brisk
@given(worlds(), acted())
def test_never_more_than_its_article_and_never_past_a_prohibition_or_a_hold(
    world: World, asked: list[Question]
) -> None:
    policy = compiled(world)
    for question in (q for q in asked if q.source.code != q.reader.agency.code):
        decision = decide(policy, question)
        forbidden = CATALOGUE.mask(
            code for version, rule in prohibitions(world, question) for code in field_codes(version, rule)
        )

        assert not decision.visible & ~given_by_article(world, question)
        assert not decision.visible & (forbidden | question.held)
        assert not decision.announced


@brisk
@given(worlds(), acted(), st.integers(0, 10**6))
def test_never_to_another_agency_and_never_outside_its_time(world: World, asked: list[Question], beside: int) -> None:
    policy = compiled(world)
    for question in (q for q in asked if q.source.code != q.reader.agency.code):
        act = question.act
        assert act is not None
        later = timedelta(microseconds=beside)
        strangers = [
            replace(question, act=replace(act, agency="ZVH-ELDERS")),
            replace(question, at=act.until + later),
            replace(question, at=act.starts - later - timedelta(microseconds=1)),
            replace(question, act=replace(act, until=act.starts)),
            replace(question, act=replace(act, until=act.until.replace(tzinfo=None))),
        ]

        for other in strangers:
            assert decide(policy, other).visible == 0


@brisk
@given(worlds(), acted())
def test_a_decision_says_no_later_than_the_act_when_it_ends(world: World, asked: list[Question]) -> None:
    policy = compiled(world)
    for question in asked:
        decision, act = decide(policy, question), question.act
        assert act is not None
        if decision.visible and question.source.code != question.reader.agency.code:
            assert decision.until is not None
            assert decision.until <= act.until
            again = replace(question, at=decision.until - timedelta(microseconds=1))
            assert decide(policy, again).visible == decision.visible


@brisk
@given(worlds(), acted())
def test_what_may_be_opened_is_what_an_act_can_open(world: World, asked: list[Question]) -> None:
    policy = compiled(world)
    for question in (q for q in asked if q.source.code != q.reader.agency.code):
        allowed = openable(policy, question.reader, question.setting, at=question.at)
        named = {(article.ref.covenant, article.ref.article) for article in allowed}
        act, decision = question.act, decide(policy, question)
        assert act is not None

        assert not decision.visible or (act.covenant, act.article) in named


def test_the_worked_covenant_opens_one_article_for_an_hour() -> None:
    policy = worked.policy()
    reader = worked.ask("GEM", "POL", satisfied="", via=Delivery.BREAK_GLASS)
    allowed = openable(policy, reader.reader, reader.setting, at=worked.NOW)
    act = BreakGlassAct(
        covenant="PGA-MD", article="12.1", agency="GEM-MD", starts=worked.NOW, until=worked.NOW + timedelta(minutes=60)
    )
    asked = replace(reader, satisfied=allowed[0].grounds, act=act)

    assert [(str(article.ref), article.minutes, article.review_hours) for article in allowed] == [
        ("PGA-MD art. 12.1", 60, 24)
    ]
    assert explain(policy, asked, "weapon_risk").grade == "visible"
    assert str(explain(policy, asked, "weapon_risk").articles[0]) == "PGA-MD art. 12.1"
    assert decide(policy, asked).until == act.until
    over = explain(policy, replace(asked, at=act.until), "weapon_risk")
    assert over.grade == "silent"
    assert {step.detail.get("because") for step in over.mend} == {"break_glass"}
    assert decide(policy, replace(asked, held=-1)).visible == 0


def test_an_agency_that_no_article_names_has_nothing_to_open() -> None:
    question = worked.ask("RVK", "POL", via=Delivery.BREAK_GLASS)

    assert openable(worked.policy(), question.reader, question.setting, at=worked.NOW) == ()
