"""A page that is open when the rules change: what it may no longer show is gone within a second."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.browser.conftest import Visitor
from tests.browser.installation import ROOT, Installation

pytestmark = pytest.mark.browser

CASE = "/casus/MD-2026-0418/"
BAR = 1.0
"""Seconds. Source: the design's target for a change of rights (B2)."""

CHANGER = """
import sys, time, django
django.setup()
from datetime import timedelta
from agreements.covenants.commands import resume_covenant, suspend_covenant
from agreements.covenants.rules import operator
from foundation import clock
by = operator("tests")
for line in sys.stdin:
    what, code, *more = line.split()
    if what == "suspend":
        starts = clock.now() + timedelta(seconds=float(more[0])) if more else None
        row = suspend_covenant(code, reason="proef", by=by, starts=starts)
        moment = row.starts.timestamp() if more else time.time()
    else:
        resume_covenant(code, by=by)
        moment = time.time()
    print(moment, flush=True)
"""
NOTE = """new MutationObserver(() => {
  if (!document.documentElement?.classList.contains("vb-stil")) return;
  sessionStorage.hidden = JSON.stringify([...JSON.parse(sessionStorage.hidden || "[]"), Date.now() / 1000]);
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["class"]});"""
"""Notes each moment at which the page hides what it shows."""


class Changer:
    """Another process of the same installation, in which somebody changes covenants."""

    def __init__(self, installation: Installation) -> None:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        env |= {"DJANGO_SETTINGS_MODULE": "deploy.settings.embedded", "VERBOND_DEMO": "1"}
        env["VERBOND_VAR"] = str(installation.folder)
        self.process = subprocess.Popen(
            [sys.executable, "-c", CHANGER], cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, line: str) -> float:
        """Do it; the moment (in seconds since 1970) at which it is committed, or begins when that is later."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@pytest.fixture
def change(installation: Installation) -> Iterator[Changer]:
    changer = Changer(installation)
    yield changer
    changer.process.communicate(timeout=20)


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
