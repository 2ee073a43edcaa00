"""The matrix of a covenant by keyboard, by hand and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

MATRIX = "/convenanten/bekijk/versie-JS-MD-2/matrix/"
STOPS = "document.querySelectorAll('[data-grid] td a[tabindex=\"0\"]').length"
AT = "new URL(document.activeElement.href).searchParams.get('cel')"
LAST = "new URL([...document.querySelectorAll('[data-grid] td a')].pop().href).searchParams.get('cel')"
POLICE_TO_SCHOOL = "a[href*='police.POL-MD.OND-BAKEN']"
Visit = Callable[..., Visitor]


def _walk(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return str(page.evaluate(AT))


def test_arrows_walk_from_cell_to_cell_and_the_table_is_one_stop(visit: Visit) -> None:
    visitor = visit("lieke")
    visitor.open(MATRIX)
    page = visitor.page
    assert page.evaluate(STOPS) == 1

    page.focus("[data-grid] td a[tabindex='0']")
    assert _walk(page) == "identity.GEM-MD.JB-MD", "the first cell is the municipality's own"
    assert _walk(page, "ArrowRight") == "identity.GEM-MD.OM-MD"
    assert _walk(page, "ArrowDown") == "identity.SOC-WATERKANT.OM-MD"
    assert _walk(page, "Home") == "identity.SOC-WATERKANT.GEM-MD"
    assert _walk(page, "ArrowUp") == "identity.SOC-WATERKANT.GEM-MD", "above it is no link"
    last = page.evaluate(LAST)
    assert _walk(page, "Control+End") == last, "the last cell of the last row"
    assert page.evaluate(STOPS) == 1


def test_enter_opens_a_cell_beside_it_and_tab_goes_on_into_it(visit: Visit) -> None:
    visitor = visit("lieke")
    visitor.open(MATRIX)
    page = visitor.page

    page.focus(POLICE_TO_SCHOOL)
    page.keyboard.press("Enter")
    expect(page.locator("#cel.is-open")).to_contain_text("Politie naar Het Baken College")
    expect(page.locator("#cel")).to_contain_text("6.4 Verstrekking")
    assert page.evaluate(AT) == "police.POL-MD.OND-BAKEN", "focus stays in the table"

    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#cel').contains(document.activeElement)")


def test_a_filter_changes_the_table_and_its_address(visit: Visit) -> None:
    visitor = visit("lieke")
    visitor.open(MATRIX)
    page = visitor.page

    page.select_option("#fase", "meeting")
    page.wait_for_url("**fase=meeting**")
    expect(page.locator("#matrix")).to_contain_text("verstrekkingen")
    assert page.evaluate(STOPS) == 1


def test_on_a_phone_the_opened_cell_comes_into_view_and_leads_back(visit: Visit) -> None:
    visitor = visit("peter", size=(390, 844))
    visitor.open(MATRIX)
    page = visitor.page

    page.locator(POLICE_TO_SCHOOL).click()
    expect(page.locator("#cel h3")).to_be_in_viewport()
    page.locator("[data-back]").click()
    expect(page.locator(POLICE_TO_SCHOOL)).to_be_focused()
    expect(page.locator(POLICE_TO_SCHOOL)).to_be_in_viewport()


def test_without_scripts_a_cell_is_a_link_and_a_filter_a_form(visit: Visit) -> None:
    visitor = visit("lieke", java_script_enabled=False)
    visitor.open(MATRIX)
    page = visitor.page

    page.locator(POLICE_TO_SCHOOL).click()
    expect(page.locator("#cel")).to_contain_text("Politie naar Het Baken College")
    page.select_option("#fase", "meeting")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#fase")).to_have_value("meeting")
