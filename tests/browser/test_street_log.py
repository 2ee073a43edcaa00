"""Ticking entries of the log on a phone and at a desk, and the report that follows: nothing typed is lost."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.street_stage import Leader, leading
from tests.browser.test_faces import AXE, EVERYTHING, RUN_AXE, SIDEWAYS

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PHONE = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2, "size": (390, 844)}
DESK = {"size": (1440, 900)}


def findings(page: Page) -> list[str]:
    """What axe has against the page, and whether it scrolls sideways."""
    page.evaluate(AXE)
    sideways = ["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
    return [*sideways, *page.evaluate(RUN_AXE, [None, EVERYTHING])]


@pytest.fixture(scope="module")
def lead(installation: Installation) -> Iterator[Leader]:
    with leading(installation.env) as leader:
        yield leader


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_what_was_ticked_stays_until_it_is_a_signal(visit: Visit, lead: Leader, screen: dict[str, object]) -> None:
    channel = lead.open("esra", "farid")
    lead.say(channel, "farid", "Zeven jongeren bij de trap", field="hotspot_note")
    lead.say(channel, "farid", "Nu nog vier bij de brug", field="hotspot_note")
    lead.say(channel, "esra", "Scooter zonder kenteken", field="hotspot_note")
    visitor = visit("farid", **screen)
    visitor.expect_trouble(r"422: POST", r"status of 422")
    visitor.open(f"/straat/{channel}/logboek/")
    page = visitor.page

    boxes = page.locator("input[name=event]")
    expect(boxes).to_have_count(2)
    page.locator(".vb-slog__v").nth(1).click()
    expect(boxes.nth(1)).to_be_checked()
    page.fill("[name=place]", "Bij de brug")
    page.get_by_role("button", name="Neem over als signaal").click()

    # Without what it is about, nothing goes; what was ticked and typed is still there.
    expect(page.locator(".vb-fouten")).to_contain_text("Kies waar het over gaat.")
    expect(page.locator(".vb-fouten")).to_be_focused()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    expect(page.locator("[name=place]")).to_have_value("Bij de brug")
    assert findings(page) == []

    page.select_option("[name=kind]", "crime")
    page.get_by_role("button", name="Neem over als signaal").click()
    expect(page.locator(".vb-slog")).to_contain_text("Overgenomen in signaal")
    expect(boxes).to_have_count(1)
    assert findings(page) == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_leader_reads_the_report_and_orders_its_pdf(
    visit: Visit, lead: Leader, installation: Installation, screen: dict[str, object]
) -> None:
    channel = lead.open("esra", "farid")
    lead.say(channel, "anouk", "Wij beginnen bij de brug")
    lead.say(channel, "anouk", "Kijk bij de trap", field="street_task", kind="task")
    lead.say(channel, "esra", "Koperwiek op de hoek")
    visitor = visit("anouk", **screen)
    visitor.open(f"/straat/{channel}/logboek/")
    page = visitor.page

    page.locator("main").get_by_role("link", name="Verslag").click()
    expect(page.locator(".vb-sverslag")).to_contain_text("Wij beginnen bij de brug")
    expect(page.locator(".vb-sverslag")).to_contain_text("art. 14.1 staat geen kopie toe")
    expect(page.locator(".vb-sverslag")).not_to_contain_text("Koperwiek")
    assert findings(page) == []
    page.get_by_role("button", name="Maak mijn PDF").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    installation.manage("db_worker", "--batch")
    expect(page.get_by_role("link", name="Haal de PDF op")).to_be_visible(timeout=60_000)
    assert findings(page) == []
