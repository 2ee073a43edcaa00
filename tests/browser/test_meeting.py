"""A meeting at several browsers at once: the wall narrows and widens, typing is followed, nothing typed is lost."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor, sign_in
from tests.browser.installation import ROOT, Installation, environment
from tests.browser.running_meeting import meeting
from tests.browser.test_faces import AXE, COLOURS, EVERYTHING, NARROW, PHONE, RUN_AXE, SIDEWAYS, WIDE
from tests.door import open_door

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
WALL = (1920, 1080)
TEXT = "Jayden haakt af in de ochtend omdat de avond thuis leeg is."


@pytest.fixture
def room(installation: Installation) -> str:
    return meeting(installation.env, POL_MD="ruben", GEM_MD="sanne")


def facts(page: Page) -> set[str]:
    return {text.strip() for text in page.locator(".vb-ovf h4").all_inner_texts()}


def narrow(page: Page) -> None:
    expect(page.locator("#zaal.is-rekent")).to_have_count(0)


def test_the_school_comes_in_and_facts_vanish_and_come_back_only_at_the_chairs_word(
    visit: Callable[..., Visitor], room: str
) -> None:
    chair, wall, school = visit("nadia"), visit("nadia", size=WALL), visit("peter")
    wall.open(f"{room}scherm/")
    chair.open(f"{room}voorzitter/")
    school.open(f"{room}mee/")
    before = facts(wall.page)
    wall.page.evaluate("window.same = true")

    chair.page.click("#aan-OND-BAKEN")
    expect(wall.page.locator("#bericht")).to_contain_text("alle 4 aanwezige partners")
    expect(school.page.locator("#kop")).to_contain_text("Uw organisatie is aanwezig")
    narrow(wall.page)
    during = facts(wall.page)
    chair.page.locator("#aanmelden li", has_text="Het Baken College").get_by_role("button", name="Meld af").click()
    expect(wall.page.locator(".vb-pres__c.is-weg")).to_be_visible()
    narrow(wall.page)
    after_leaving = facts(wall.page)
    chair.page.click("#bevestig-OND-BAKEN")
    expect(wall.page.locator("#bericht")).to_contain_text("alle 3 aanwezige partners")
    narrow(wall.page)

    assert during < before
    assert after_leaving == during
    assert facts(wall.page) == before
    assert wall.page.evaluate("window.same") is True, "the wall was loaded anew"


def test_typing_is_followed_on_the_wall_and_by_who_is_present_and_by_nobody_else(
    visit: Callable[..., Visitor], room: str
) -> None:
    chair, wall, police, school = visit("nadia"), visit("nadia", size=WALL), visit("ruben"), visit("peter")
    for visitor, place in ((chair, "voorzitter"), (wall, "scherm"), (police, "mee"), (school, "mee")):
        visitor.open(f"{room}{place}/")
    chair.page.select_option("#leefgebied", "work")

    chair.page.locator("#beeldtekst").press_sequentially(TEXT, delay=5)

    expect(wall.page.locator("#beeldtekst")).to_have_value(TEXT)
    expect(police.page.locator("#woorden")).to_contain_text(TEXT)
    expect(chair.page.locator("[data-editor-state]")).to_have_text("Bewaard")
    assert TEXT not in school.page.content()
    school.page.reload()
    assert TEXT not in school.page.content()


def test_a_line_is_typed_with_the_keyboard_alone(visit: Callable[..., Visitor], room: str) -> None:
    wall = visit("nadia", size=WALL)
    wall.open(f"{room}scherm/")
    wall.expect_trouble("422")

    wall.page.keyboard.press("a")
    wall.page.keyboard.type("verzuim terugkoppelen vr")
    expect(wall.page.locator("#regel-lezing")).to_contain_text("Wie doet dit?")
    wall.page.keyboard.press("Enter")
    expect(wall.page.locator("#fout-regel")).to_contain_text("Wie doet dit?")
    assert wall.page.locator("#regel").input_value() == "verzuim terugkoppelen vr"
    wall.page.keyboard.type(" @OND")
    wall.page.keyboard.press("Enter")
    expect(wall.page.locator("#rechts")).to_contain_text("verzuim terugkoppelen")
    wall.page.keyboard.type("! Avondhulp thuis vanaf maandag")
    wall.page.keyboard.press("Enter")
    expect(wall.page.locator(".vb-besl")).to_contain_text("Avondhulp thuis vanaf maandag")
    wall.page.keyboard.press("Escape")
    wall.page.keyboard.press(" ")
    expect(wall.page.locator("#knop-klok")).to_contain_text("Hervat")
    wall.page.keyboard.press("n")
    expect(wall.page.locator(".vb-zaal__ag .is-nu")).to_contain_text("2")


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(visit: Callable[..., Visitor], room: str) -> None:
    chair, wall = visit("nadia"), visit("nadia", size=WALL)
    chair.open(f"{room}voorzitter/")
    wall.open(f"{room}scherm/")
    chair.expect_trouble("ERR_INTERNET_DISCONNECTED", "WebSocket", "failed:", "console: htmx:")
    chair.page.select_option("#leefgebied", "housing")
    chair.page.locator("#beeldtekst").press_sequentially("Voor de storing", delay=5)
    expect(wall.page.locator("#beeldtekst")).to_have_value("Voor de storing")

    chair.context.set_offline(True)
    expect(chair.page.locator("#verbinding")).to_be_visible()
    chair.page.locator("#beeldtekst").press_sequentially(", en erna", delay=5)
    expect(chair.page.locator("[data-editor-state]")).to_contain_text("op dit toestel")
    chair.context.set_offline(False)

    expect(wall.page.locator("#beeldtekst")).to_have_value("Voor de storing, en erna")
    expect(chair.page.locator("[data-editor-state]")).to_have_text("Bewaard")
    chair.page.reload()
    expect(chair.page.locator("#woorden")).to_contain_text("Voor de storing, en erna")


def test_two_who_type_at_once_see_both_texts_and_choose(visit: Callable[..., Visitor], room: str) -> None:
    chair, wall = visit("nadia"), visit("nadia", size=WALL)
    chair.open(f"{room}voorzitter/")
    wall.open(f"{room}scherm/")
    wall.expect_trouble("ERR_INTERNET_DISCONNECTED", "WebSocket", "failed:", "console: htmx:")
    for page in (chair.page, wall.page):
        page.select_option("#leefgebied", "network")
    wall.context.set_offline(True)
    wall.page.locator("#beeldtekst").press_sequentially("Van het grote scherm", delay=5)
    chair.page.locator("#beeldtekst").press_sequentially("Van de voorzitter", delay=5)
    expect(chair.page.locator("[data-editor-state]")).to_have_text("Bewaard")

    wall.context.set_offline(False)

    expect(wall.page.locator("[data-editor-clash]")).to_be_visible()
    expect(wall.page.locator("[data-clash-theirs]")).to_have_text("Van de voorzitter")
    expect(wall.page.locator("#beeldtekst")).to_have_value("Van het grote scherm")
    wall.page.click("[data-clash-mine]")
    expect(chair.page.locator("#woorden")).to_contain_text("Van het grote scherm")


@pytest.mark.parametrize(
    ("key", "place"), [("nadia", "scherm"), ("nadia", "voorzitter"), ("ruben", "mee"), ("peter", "mee")]
)
def test_no_screen_has_a_barrier(visit: Callable[..., Visitor], room: str, key: str, place: str) -> None:
    visitor = visit(key, size=WALL if place == "scherm" else WIDE)
    visitor.open(f"{room}{place}/")
    visitor.page.evaluate(AXE)
    found = []
    for size in (*((WALL,) if place == "scherm" else ()), WIDE, PHONE, NARROW):
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        if visitor.page.evaluate(SIDEWAYS) > 0:
            found.append(f"{size[0]} px: scrolls sideways")
        for theme, rules in (("light", EVERYTHING), ("dark", COLOURS)) if size != NARROW else ():
            visitor.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += [f"{size[0]} px, {theme}: {one}" for one in visitor.page.evaluate(RUN_AXE, ["", rules])]
    assert found == []


def test_the_wall_does_not_scroll_with_up_to_eight_facts(
    visit: Callable[..., Visitor], installation: Installation
) -> None:
    room = meeting(installation.env, POL_MD="ruben", GEM_MD="sanne", OND_BAKEN="peter", JB_MD="marloes")
    wall = visit("nadia", size=WALL)
    wall.open(f"{room}scherm/")

    shown = wall.page.locator(".vb-ovf > div").count()
    over = "e => e.scrollHeight - e.clientHeight"
    assert 0 < shown <= 8
    assert wall.page.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 0
    for part in (".vb-ovf", ".vb-zaal__ag ol", ".vb-zaal__lijsten"):
        assert wall.page.locator(part).evaluate(over) <= 1, part


class Server:
    """A server that can be killed and started again behind the same door."""

    def __init__(self, env: dict[str, str], door: socket.socket, log: Any) -> None:
        self.env, self.door, self.log = env, door, log
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "deploy.asgi:application", "--log-level", "warning"]
        self.process = subprocess.Popen(
            [*command, "--fd", str(self.door.fileno())], cwd=ROOT, env=self.env, pass_fds=[self.door.fileno()],
            stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)


@contextmanager
def killable(folder: Path) -> Iterator[tuple[Server, str]]:
    env = environment(folder)
    with open_door() as door, (folder / "server.log").open("wb") as log:
        server = Server(env, door, log)
        try:
            yield server, f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.kill()


def test_nothing_typed_is_lost_when_the_server_is_killed(browser: Browser, new_folder: Callable[[], Path]) -> None:
    with killable(new_folder()) as (server, base):
        room = meeting(server.env, POL_MD="ruben")
        page = browser.new_context(locale="nl-NL").new_page()
        sign_in(page, base, "nadia")
        page.goto(f"{base}{room}voorzitter/")
        page.select_option("#leefgebied", "work")
        page.locator("#beeldtekst").press_sequentially("Tot hier ging het", delay=5)
        server.kill()
        page.locator("#beeldtekst").press_sequentially(", en toen viel de server om", delay=5)
        expect(page.locator("#verbinding")).to_be_visible()
        server.start()

        expect(page.locator("[data-editor-state]")).to_have_text("Bewaard", timeout=60_000)
        page.goto(f"{base}{room}voorzitter/")
        expect(page.locator("#woorden")).to_contain_text("Tot hier ging het, en toen viel de server om")
