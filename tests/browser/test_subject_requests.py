"""A request of a person concerned at a browser: taken in, decided on by each agency, answered; every page for all."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from foundation import clock
from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.test_faces import AXE, COLOURS, EVERYTHING, PHONE, RUN_AXE, SIDEWAYS, WIDE, Visit

pytestmark = pytest.mark.browser
BORN = clock.today() - timedelta(days=12568)
"""As the demo reckons it (deploy/demo/cases/05-koen-prins.json)."""


def test_a_request_goes_from_intake_to_the_answer_without_a_barrier(visit: Visit, installation: Installation) -> None:
    carla = visit("carla")
    carla.open("/verzoeken/nieuw/")
    for name, value in (("name", "Koen Prins"), ("born_on", BORN.isoformat()), ("contact", "Kade 9")):
        carla.page.fill(f"[name={name}]", value)
    carla.page.click("main form button[type=submit]")
    url = carla.page.url.removeprefix(carla.base)
    assert barriers(carla) == []
    carla.page.click(f"a[href='{url}identiteit/']")
    carla.page.click("main form button[type=submit]")
    carla.page.click(f"a[href='{url}beslisblad/']")
    carla.page.click("button[value=ja]")
    expect(carla.page.locator("main")).to_contain_text("Koen Prins")
    assert barriers(carla) == []
    carla.page.click(f"form[action='{url}beslisblad/rest/'] button")
    carla.page.click(f"form[action='{url}beslisblad/afronden/'] button")
    for key in ("dirk", "ineke"):
        other = visit(key)
        other.open(f"{url}beslisblad/")
        for button in other.page.locator("button[value=ja]").all():
            button.click()
        if other.page.locator(f"form[action='{url}beslisblad/rest/'] button").count():
            other.page.click(f"form[action='{url}beslisblad/rest/'] button")
        other.page.click(f"form[action='{url}beslisblad/afronden/'] button")

    carla.open(url)
    carla.page.click(f"form[action='{url}pakket/maken/'] button")
    carla.page.wait_for_selector("#pakket progress")
    installation.manage("db_worker", "--batch")

    # Nobody reloads: the page asks by itself.
    carla.page.wait_for_selector(f"a[href='{url}pakket/pdf/']")
    assert barriers(carla) == []
    with carla.page.expect_download() as waiting:
        carla.page.click(f"a[href='{url}pakket/pdf/']")
    assert waiting.value.suggested_filename.endswith(".pdf")


def barriers(visitor: Visitor) -> list[str]:
    """What axe finds on the page, in both themes, on a wide screen and on a phone, and whether it scrolls sideways."""
    visitor.page.evaluate(AXE)
    found: list[str] = []
    for size in (WIDE, PHONE):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        if visitor.page.evaluate(SIDEWAYS) > 0:
            found.append(f"{size[0]} px: scrolls sideways")
        for theme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            visitor.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += visitor.page.evaluate(RUN_AXE, [None, rules])
    visitor.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return found
