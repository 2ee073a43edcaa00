"""A page that is open when the rules change: what it may no longer show is gone within a second."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.changing import Changer, changing

pytestmark = pytest.mark.browser

CASE = "/casus/MD-2026-0418/"
BAR = 1.0
"""Seconds. Source: the design's target for a change of rights (B2)."""

NOTE = """new MutationObserver(() => {
  if (!document.documentElement?.classList.contains("vb-stil")) return;
  sessionStorage.hidden = JSON.stringify([...JSON.parse(sessionStorage.hidden || "[]"), Date.now() / 1000]);
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["class"]});"""
"""Notes each moment at which the page hides what it shows."""


@pytest.fixture
def change(installation: Installation) -> Iterator[Changer]:
    with changing(installation.env) as change:
        yield change


def hidden_after(visitor: Visitor, moment: float) -> float:
    """How many seconds after `moment` the page first hid what it showed; once it has been read anew."""
    moments: list[float] = visitor.page.evaluate("() => JSON.parse(sessionStorage.hidden)")
    took = min(at for at in moments if at >= moment) - moment
    print(f"hidden after {took:.3f} s")  # noqa: T201 - the figure, for who reads the run
    return took


def told(visitor: Visitor, words: str) -> None:
    visitor.page.wait_for_function(f"() => document.querySelector('#meld').textContent.includes('{words}')")


def test_a_suspension_takes_the_facts_off_an_open_page_and_says_so(
    visit: Callable[..., Visitor], change: Changer
) -> None:
    visitor = visit("peter")
    visitor.page.add_init_script(NOTE)
    visitor.open(CASE)
    facts = visitor.page.locator(".vb-fact").count()

    committed = change("suspend JS-MD")
    told(visitor, "JS-MD is opgeschort")
    took = hidden_after(visitor, committed)
    fewer = visitor.page.locator(".vb-fact").count()
    change("resume JS-MD")
    told(visitor, "JS-MD geldt weer")
    visitor.open(CASE)

    assert took <= BAR
    assert (facts > 0, fewer) == (True, 0)
    assert visitor.page.locator(".vb-fact").count() == facts


def test_a_suspension_that_was_set_for_later_takes_effect_at_its_moment(
    visit: Callable[..., Visitor], change: Changer
) -> None:
    visitor = visit("peter")
    visitor.page.add_init_script(NOTE)
    visitor.open(CASE)

    starts = change("suspend JS-MD 3")
    told(visitor, "JS-MD is opgeschort")
    took = hidden_after(visitor, starts)
    change("resume JS-MD")

    assert took <= BAR
