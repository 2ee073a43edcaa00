"""Rows A1 and A2: deciding on all fields of a contribution, against Cedar and against the tests' interpreter."""

from collections.abc import Callable, Iterator
from itertools import cycle

from agreements.policy.compile import compile_policy
from agreements.policy.decide import Policy, decide
from agreements.policy.question import Question
from bench.cedar import Cedar
from bench.generated import Generated, generate, questions
from bench.report import Row, at_least
from bench.timing import Taken, take_turns
from tests.policy.oracle import World, oracle_grades

QUESTIONS = 500
COMPARED = 60
"""Questions of which all answers are checked equal, field by field, before the clock starts."""


def rows() -> Iterator[Row]:
    """A1 (warm, nothing cached) and A2."""
    world = generate(covenants=12, articles=15)
    policy = compile_policy(world.catalogue, world.versions)
    asked = questions(world, QUESTIONS)
    cedar, oracle = Cedar(world), World(world.catalogue, world.versions)
    visible = _check_equal(world, policy, cedar, oracle, asked)
    taken = _take(policy, cedar, oracle, asked)
    work = f"30 agencies, 12 × 15 articles, {len(world.catalogue.fields)} fields; {visible:.0%} of questions open any"
    warm, cold = taken.median("warm"), taken.median("cold")
    handles, text = taken.median("cedar"), taken.median("cedar as text")
    yield at_least(
        "A1 warm", taken.ratio("cedar", "warm"), 5000,
        f"{warm * 1e6:.2f} µs against {handles * 1e3:.1f} ms, Cedar's policies and entities parsed beforehand "
        f"({text * 1e3:.1f} ms as text); {work}",
    )  # fmt: skip
    yield at_least(
        "A1 nothing cached", taken.ratio("cedar", "cold"), 500, f"{cold * 1e6:.1f} µs, every memo emptied first; {work}"
    )
    slow = f"{warm * 1e6:.2f} µs against {taken.median('oracle') * 1e6:,.0f} µs for one pass; {work}"
    yield at_least("A2", taken.ratio("oracle", "warm"), 20, slow)


def _check_equal(world: Generated, policy: Policy, cedar: Cedar, oracle: World, asked: list[Question]) -> float:
    """Raises AssertionError where Cedar or the interpreter decides otherwise; gives the share that opens something."""
    opened = 0
    for number, question in enumerate(asked):
        decision = decide(policy, question)
        mine = (decision.visible, decision.announced)
        opened += bool(decision.visible | decision.announced)
        if number < COMPARED:
            assert mine == cedar.masks(cedar.ask(cedar.requests(question))), f"Cedar decides otherwise: {question}"
        assert mine == _masks(world, oracle, question), f"the interpreter decides otherwise: {question}"
    return opened / len(asked)


def _masks(world: Generated, oracle: World, question: Question) -> tuple[int, int]:
    grades = oracle_grades(oracle, question)
    visible = world.catalogue.mask(code for code, grade in grades.items() if grade == "visible")
    return visible, world.catalogue.mask(code for code, grade in grades.items() if grade == "announced")


def _take(policy: Policy, cedar: Cedar, oracle: World, asked: list[Question]) -> Taken:
    batches = cycle([cedar.requests(question) for question in asked[:COMPARED]])
    one_by_one = cycle(asked)

    def warm() -> None:
        for question in asked:
            decide(policy, question)

    def cold() -> None:
        for question in asked:
            policy.forget()
            decide(policy, question)

    contenders: dict[str, Callable[[], object]] = {
        "warm": warm,
        "cold": cold,
        "oracle": lambda: oracle_grades(oracle, next(one_by_one)),
        "cedar": lambda: cedar.ask(next(batches)),
        "cedar as text": lambda: cedar.ask_as_text(next(batches)),
    }
    warm()
    calls = {"warm": 20, "cold": 4, "oracle": 200, "cedar": 10, "cedar as text": 5}
    taken = take_turns(contenders, calls=calls)
    # The first two answer a whole list of questions in one call.
    each = {"warm": len(asked), "cold": len(asked)}
    return Taken(seconds={n: tuple(s / each.get(n, 1) for s in all_) for n, all_ in taken.seconds.items()})
