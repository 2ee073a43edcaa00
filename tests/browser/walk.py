"""What a walk through one case needs: people who stay signed in, and a look at a page in every size and light.

Set VERBOND_WALK_SHOTS to a folder to keep a picture of every look; without it nothing is stored.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_faces import PHONE, SIDEWAYS, WIDE

WALL = (1920, 1080)
RESIDENT = "bewoner"
LIGHTS = ("light", "dark")


@dataclass
class Walk:
    """Everybody in the story at a browser of their own, and the case that they share."""

    visit: Callable[..., Visitor]
    sizes: dict[str, tuple[int, int]]
    number: str = ""
    check: str = ""
    meeting: str = ""
    looked: int = 0
    _people: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, who: str) -> Visitor:
        """The browser of this person; opened, and signed in by one click, at their first step."""
        if who not in self._people:
            key = "" if who == RESIDENT else who.partition(":")[0]
            self._people[who] = self.visit(key, size=self.sizes.get(who, WIDE))
        return self._people[who]

    def page(self, who: str) -> Page:
        """What this person has in front of them."""
        return self.visitor(who).page

    def open(self, who: str, path: str) -> Page:
        """This person goes to a page, which is there for them."""
        visitor = self.visitor(who)
        assert visitor.open(path).status == 200, f"{who}: {path}"
        return visitor.page

    def case(self, who: str, part: str = "") -> Page:
        """This person opens the case, or one of its pages."""
        return self.open(who, f"/casus/{self.number}/{part}")

    def lacks(self, who: str, path: str) -> None:
        """For this person the page does not exist, as if there were nothing."""
        visitor = self.visitor(who)
        visitor.expect_trouble(f"404: GET {path}", "status of 404")
        assert visitor.open(path).status == 404, f"{who}: {path}"

    def look(self, who: str, name: str, *sizes: tuple[int, int]) -> None:
        """Light and dark, on a phone and a laptop (or these sizes): nothing may scroll sideways."""
        page, own = self.page(who), self.page(who).viewport_size
        shots = os.environ.get("VERBOND_WALK_SHOTS", "")
        self.looked += 1
        if shots:
            # Taking a picture puts a style in the page, which its policy refuses.
            self.visitor(who).expect_trouble("Applying inline style violates")
        for width, height in sizes or (PHONE, WIDE):
            page.set_viewport_size({"width": width, "height": height})
            assert _sideways(page) <= 0, f"{who}, {name}: scrolls sideways at {width} px"
            for light in LIGHTS if shots else ():
                page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
                file = Path(shots) / f"{self.looked:02}-{name}-{who.replace(':', '-')}-{width}-{light}.png"
                page.screenshot(path=file, full_page=(width, height) != WALL)
        page.emulate_media(color_scheme="light")
        if own:
            page.set_viewport_size(own)


def main(page: Page) -> Locator:
    """What a page is about."""
    return page.locator("main")


def _sideways(page: Page) -> int:
    """How far a page scrolls sideways. Its screens load anew by themselves when a right ends, also just now."""
    try:
        return int(page.evaluate(SIDEWAYS))
    except Error:
        page.wait_for_load_state()
        return int(page.evaluate(SIDEWAYS))


def press(page: Page, name: str, *, exact: bool = True) -> None:
    """Press a button by its words."""
    main(page).get_by_role("button", name=name, exact=exact).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link by its words."""
    main(page).get_by_role("link", name=name).first.click()


def says(page: Page, *words: str) -> None:
    """The page says all of this."""
    for said in words:
        expect(main(page)).to_contain_text(said)


def silent(page: Page, *words: str) -> None:
    """None of this is anywhere in the page, also not in what it hides."""
    content = page.content()
    for said in words:
        assert said not in content, said
