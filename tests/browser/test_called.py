"""Who is called for an alarm without being a member, on a phone at night: from the list to the alarm, and an answer."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.street_stage import Leader, leading
from tests.browser.test_faces import AXE, EVERYTHING, RUN_AXE, SIDEWAYS

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
NIGHT = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2, "size": (390, 844), "color_scheme": "dark"}


@pytest.fixture(scope="module")
def lead(installation: Installation) -> Iterator[Leader]:
    with leading(installation.env) as leader:
        yield leader


def barriers(visitor: Visitor) -> list[str]:
    visitor.page.evaluate(AXE)
    found = list(visitor.page.evaluate(RUN_AXE, [None, EVERYTHING]))
    return found + (["scrolls sideways"] if visitor.page.evaluate(SIDEWAYS) > 0 else [])


def test_who_is_called_opens_the_alarm_from_the_list_answers_and_hears_how_it_ends(visit: Visit, lead: Leader) -> None:
    channel = lead.open("esra", "maarten", "farid")
    alarm = lead.say(channel, "farid", "Kom bij de brug", field="street_alarm", kind="alarm")
    lead.say(channel, "esra", "Ik zie niemand meer.")
    lead.unanswered(channel)
    ruben = visit("ruben", **NIGHT)
    ruben.open("/straat/")
    assert barriers(ruben) == []
    ruben.page.get_by_role("link", name="Open het alarm").first.click()
    page = ruben.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alarm van Farid")
    expect(page.locator("#oproep")).to_contain_text("Kom bij de brug")
    expect(page.locator("#oproep")).to_contain_text("Nog geen antwoord")
    assert "Ik zie niemand meer" not in page.content()
    assert barriers(ruben) == []

    page.get_by_role("button", name="5 min", exact=True).click()
    expect(page.locator("#oproep")).to_contain_text("Hulp komt")
    expect(page.locator("#oproep")).to_contain_text("over 5 min")
    assert barriers(ruben) == []

    # Somebody else comes as well: it appears by itself.
    esra = visit("esra", **NIGHT)
    esra.expect_trouble(r"WebSocket", r"failed: ")
    esra.open(f"/straat/{channel}/")
    coming = esra.page.get_by_role("alertdialog")
    expect(coming).to_contain_text("Ruben", timeout=30_000)
    coming.get_by_role("button", name="2 min", exact=True).click()
    expect(page.locator("#oproep")).to_contain_text("over 2 min", timeout=30_000)

    # Its channel closes for who was called as for everybody: the page empties itself and says why.
    ruben.expect_trouble(r"403")
    lead.close(channel)
    expect(page.get_by_text("kanaal van dit alarm is gesloten")).to_be_visible(timeout=30_000)
    assert "brug" not in page.content()
    assert alarm not in page.locator("main").inner_html()
