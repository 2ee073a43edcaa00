"""Taking a right away never shows more; adding a prohibition or a hold never shows more. Removing one may."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.compile import VersionTerms
from agreements.policy.conditions import condition_bit
from agreements.policy.decide import Decision, decide
from agreements.policy.document import CovenantDocument, Prohibition
from agreements.policy.question import Question, Setting
from agreements.policy.together import decide_together
from tests.policy.oracle import World
from tests.policy.strategies import CATALOGUE, CONDITIONS, FIELDS, Dice, many_questions, seeds, worlds
from tests.policy.test_agreement import compiled

brisk = settings(max_examples=150, deadline=None)
GRANTING = ("grants", "announcements")


def is_within(less: Decision, more: Decision) -> bool:
    """Every field has at most the grade it has in the other."""
    seen, known = more.visible, more.visible | more.announced
    return not less.visible & ~seen and not (less.visible | less.announced) & ~known


def changed(document: CovenantDocument, **article: object) -> CovenantDocument:
    """The document with parts of its last article replaced."""
    first, last = document.articles
    return document.model_copy(update={"articles": (first, last.model_copy(update=article))})


def all_within(less: World, more: World, asked: list[Question]) -> bool:
    policy, other = compiled(less), compiled(more)
    return all(is_within(decide(policy, q), decide(other, q)) for q in asked)


def with_version(world: World, number: int, terms: VersionTerms) -> World:
    versions = list(world.versions)
    versions[number] = terms
    return replace(world, versions=tuple(versions))


def without_one_right(world: World) -> Iterator[World]:
    """The world less one grant, announcement or accession, in all ways."""
    for number, terms in enumerate(world.versions):
        for key in GRANTING:
            rules = getattr(terms.document.articles[1], key)
            for gone in range(len(rules)):
                fewer = changed(terms.document, **{key: rules[:gone] + rules[gone + 1 :]})
                yield with_version(world, number, replace(terms, document=fewer))
        for gone in range(len(terms.accessions)):
            fewer_parties = terms.accessions[:gone] + terms.accessions[gone + 1 :]
            yield with_version(world, number, replace(terms, accessions=fewer_parties))


@brisk
@given(worlds(), many_questions(6), seeds)
def test_removing_a_grant_an_announcement_or_a_party_never_widens(
    world: World, asked: list[Question], seed: int
) -> None:
    fewer = Random(seed).choice(list(without_one_right(world)))

    assert all_within(fewer, world, asked)


@brisk
@given(worlds(), many_questions(10), st.sampled_from(CONDITIONS))
def test_losing_a_participation_or_another_condition_never_widens(
    world: World, asked: list[Question], name: str
) -> None:
    policy = compiled(world)
    for question in asked:
        poorer = replace(question, satisfied=question.satisfied & ~condition_bit(name))

        assert is_within(decide(policy, poorer), decide(policy, question))


@brisk
@given(worlds(), many_questions(10))
def test_carrying_facts_under_fewer_covenants_never_widens_their_grants(world: World, asked: list[Question]) -> None:
    unscoped = replace(world, versions=tuple(without_scope(terms) for terms in world.versions))
    policy = compiled(unscoped)
    for question in asked:
        poorer = replace(question, under=question.under - {"C-A"})

        assert is_within(decide(policy, poorer), decide(policy, question))


def without_scope(terms: VersionTerms) -> VersionTerms:
    """A prohibition of facts given under its own covenant goes away with that covenant: not here."""
    rules = terms.document.articles[1].prohibitions
    everywhere = tuple(rule.model_copy(update={"scope": "all"}) for rule in rules)
    return replace(terms, document=changed(terms.document, prohibitions=everywhere))


@brisk
@given(worlds(), many_questions(6), seeds)
def test_adding_a_prohibition_never_widens(world: World, asked: list[Question], seed: int) -> None:
    terms = world.versions[0]
    added = Prohibition.model_validate(Dice(seed).prohibition("6.29"))
    rules = (*terms.document.articles[1].prohibitions, added)
    stricter = with_version(world, 0, replace(terms, document=changed(terms.document, prohibitions=rules)))

    assert all_within(stricter, world, asked)


@brisk
@given(worlds(), many_questions(10), st.sampled_from(FIELDS))
def test_a_hold_takes_its_field_away_and_nothing_else(world: World, asked: list[Question], code: str) -> None:
    policy, mask = compiled(world), CATALOGUE.mask([code])
    for question in asked:
        decision, held = decide(policy, question), decide(policy, replace(question, held=question.held | mask))

        if question.source == question.reader.agency:
            assert held == decision
        else:
            assert held.visible == decision.visible & ~mask
            assert held.announced == decision.announced & ~mask


@brisk
@given(worlds(), many_questions(10))
def test_own_facts_are_all_visible_whatever_else(world: World, asked: list[Question]) -> None:
    policy = compiled(world)
    for question in asked:
        nothing = Setting(kind="", phase="", covenants=frozenset())
        own = replace(question, source=question.reader.agency, setting=nothing, held=~0, satisfied=0)

        assert decide(policy, own).visible == CATALOGUE.mask(CATALOGUE.by_code)


@brisk
@given(worlds(), many_questions(10))
def test_a_decision_holds_until_it_says_and_each_edge_is_half_open(world: World, asked: list[Question]) -> None:
    policy, tick = compiled(world), timedelta(microseconds=1)
    for question in asked:
        decision = decide(policy, question)
        if decision.until is not None:
            last, first = decision.until - tick, decision.until

            assert decide(policy, replace(question, at=last)) == decision
            after = decide(policy, replace(question, at=first))
            assert after.until is None or after.until > first
        else:
            assert decide(policy, replace(question, at=question.at + timedelta(days=999))) == decision


@brisk
@given(worlds(), many_questions(4))
def test_together_is_the_minimum_for_every_field(world: World, asked: list[Question]) -> None:
    policy = compiled(world)

    joint = decide_together(policy, asked)

    alone = [decide(policy, question) for question in asked]
    for item in CATALOGUE.fields:
        assert grade(joint, item.bit) == min(grade(decision, item.bit) for decision in alone)
    assert joint.until == min((d.until for d in alone if d.until), default=None)
    assert not joint.visible & joint.announced


def grade(decision: Decision, bit: int) -> int:
    return 2 if decision.visible >> bit & 1 else decision.announced >> bit & 1
