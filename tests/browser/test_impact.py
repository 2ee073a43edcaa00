"""Having consequences counted, at a browser: ask, leave, come back, look; on paper and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.test_faces import AXE, COLOURS, EVERYTHING, PHONE, RUN_AXE, SIDEWAYS, WIDE, Visit

pytestmark = pytest.mark.browser
URL = "/convenanten/bekijk/versie-JS-MD-2/gevolgen/"


def test_counting_goes_on_while_one_is_away_and_the_page_shows_it_by_itself(
    visit: Visit, installation: Installation
) -> None:
    director = visit("nadia", fresh=True)
    director.open(URL)
    director.page.click("form[action$='/tellen/'] button")
    director.page.wait_for_selector("#bezig")
    assert _barriers(director) == []

    director.open("/")
    other = visit("nadia", fresh=True)
    other.open(URL)
    other.page.wait_for_selector("#bezig")
    installation.manage("db_worker", "--batch")

    # Nobody reloads: the page asks by itself.
    other.page.wait_for_selector("#partners")
    other.page.locator("details.vb-velden > summary").first.click()
    expect(other.page.locator("#eigen")).to_be_visible()
    assert _barriers(other) == []


def test_without_scripts_a_link_refreshes(visit: Visit, installation: Installation) -> None:
    plain = visit("carla", java_script_enabled=False)
    plain.open(URL)
    with plain.page.expect_navigation():
        plain.page.click("form[action$='/tellen/'] button")
    installation.manage("db_worker", "--batch")

    with plain.page.expect_navigation():
        plain.page.click("a:text('Ververs')")

    assert plain.page.locator("#partners").is_visible()
    assert not plain.page.locator("#eigen").count()


def _barriers(visitor: Visitor) -> list[str]:
    page = visitor.page
    page.evaluate(AXE)
    found = []
    for width, height in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{width} px: scrolls sideways")
        for theme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)
            found += page.evaluate(RUN_AXE, ["#inhoud", rules])
    return found
