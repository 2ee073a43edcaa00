"""Every page as people meet it: readable by all, on every screen, in both themes.

What people do on these pages is in test_days.py; where their links lead, in test_reach.py.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visitor
from tests.browser.face import Face
from tests.browser.installation import Installation
from tests.invariants.crawl import WHOLE

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async ([place, only]) => {
  const found = await axe.run(place || document, {runOnly: only, resultTypes: ["violations"], preload: WHOLE});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}""".replace("WHOLE", str(WHOLE).lower())
# It fetches the style sheets anew (preload) for rules on locked orientation and on sound; `make soak` asks them.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that a theme can change: between light and dark only colours differ."""
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
WIDE, LAPTOP, SMALL, PHONE, NARROW = (1440, 900), (1366, 768), (1180, 820), (390, 844), (320, 640)
CASE = "/casus/MD-2026-0418/"
LOOKS = [(size, theme) for size in (WIDE, PHONE) for theme in ("light", "dark")]
Visit = Callable[..., Visitor]


ROOMS = [
    import_module(f"tests.browser.faces_{room}")
    for room in (
        "agents",
        "oversight",
        "drafting",
        "signing",
        "joining",
        "insight",
        "registers",
        "impact",
        "attachments",
        "breakglass",
        "extracts",
        "giveback",
        "inbox",
        "intake",
        "meetings",
        "minutes",
        "numbers",
        "plans",
        "justice",
        "mediation",
        "programmes",
        "relations",
        "requests",
        "retention",
        "search",
        "subject_requests",
        "street",
        "triage",
    )
]
FACES = [
    *(face for room in ROOMS for face in room.FACES),
    Face("", "/inloggen/"),
    Face("", "/account/inloggen/"),
    Face("", "/account/wachtwoord/vergeten/"),
    Face("nadia", "/"),
    Face("nadia", "/", press=".vb-who", shown=".vb-menu__p"),
    Face("nadia", CASE),
    Face("nadia", CASE, press=".vb-why", shown="#waarom-kop"),
    Face("nadia", CASE, press="details.vb-bron > summary", shown=".vb-bron[open] .vb-bron__p"),
    Face("nadia", CASE, press="#doelbalk .vb-linkbtn", shown="#venster[open] form"),
    Face("nadia", f"{CASE}?als=JB-MD"),
    Face("nadia", f"{CASE}tijdlijn/"),
    Face("nadia", f"{CASE}deelnemers/"),
    Face("nadia", f"{CASE}regels/"),
    Face("nadia", f"{CASE}doel/"),
    Face("nadia", CASE, follow=".vb-why"),
    Face("nadia", f"{CASE}bijdrage/"),
    Face("peter", "/"),
    Face("peter", CASE),
    Face("peter", "/verstrekkingen/MD-2026-0471/"),
    Face("joost", "/casus/MD-2026-0391/", status=404),
    Face("ruben", "/casus/MD-2026-0433/"),
    Face("ruben", "/casus/MD-2026-0433/bijdrage/", press="form[data-draft] [type=submit]", shown=".vb-fout"),
    Face("ruben", "/casus/MD-2026-0433/", follow="a[href$='/versies/']"),
    Face("ruben", "/casus/MD-2026-0433/", follow="a[href$='/corrigeer/']"),
    Face("ruben", "/casus/MD-2026-0433/", follow="a[href$='/trek-in/']"),
    Face("farid", "/casus/MD-2026-0425/"),
    Face("hanneke", "/"),
    Face("ineke", "/"),
    Face("ineke", "/privacy/logboek/"),
    Face("ineke", "/privacy/logboek/", follow="#regels tbody a"),
    Face("carla", "/convenanten/"),
    Face("carla", "/convenanten/PGA-MD/"),
    Face("carla", "/convenanten/PGA-MD/artikel/7.1/"),
    Face("bas", "/organisatie/"),
    Face("bas", "/organisatie/", follow="a[href$='/rollen/']"),
    Face("bas", "/account/"),
    Face("bas", "/account/organisatie/"),
    Face("bas", "/account/sessies/"),
    Face("bas", "/account/beveiliging/"),
    Face("bas", "/bestaat-niet/", status=404),
]


def _meet(visitor: Visitor, face: Face) -> None:
    """Go to the page, and open on it what is to be opened."""
    if face.status >= 400:
        visitor.expect_trouble(str(face.status))
    status = visitor.open(face.path).status
    assert status == face.status
    if face.follow:
        target = visitor.page.locator(face.follow).first.get_attribute("href")
        assert target, f"no link {face.follow} on {face.path}"
        assert visitor.open(target).status == 200
    if face.press:
        visitor.expect_trouble("422")
        visitor.page.locator(face.press).first.click()
        visitor.page.wait_for_selector(face.shown)


@pytest.fixture(scope="module")
def seats(installation: Installation, browser: Browser, cookies: Callable[[str], Any]) -> Callable[[str], Visitor]:
    """The one page at which a persona looks at everything in turn: what all pages share is fetched and read once."""
    known: dict[str, Visitor] = {}

    def of(key: str) -> Visitor:
        if key not in known:
            state = cookies(key) if key else None
            context = browser.new_context(locale="nl-NL", reduced_motion="reduce", storage_state=state)
            context.set_default_timeout(30_000)
            context.add_init_script(AXE)
            known[key] = Visitor(context=context, page=context.new_page(), base=installation.url)
            known[key].watch()
        return known[key]

    return of


@pytest.fixture
def seat(seats: Callable[[str], Visitor], visit: Visit, face: Face) -> Iterator[Visitor]:
    """A visitor for this face. What was pressed may linger in a browser, so that one starts anew."""
    if face.press:
        fresh = visit(face.persona)
        fresh.context.add_init_script(AXE)
        yield fresh
        return
    visitor = seats(face.persona)
    visitor.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    visitor.page.emulate_media(color_scheme="light")
    yield visitor
    visitor.page.wait_for_load_state()
    try:
        visitor.end()
    finally:
        visitor.notes.clear()
        visitor.expected.clear()


@pytest.mark.parametrize("face", FACES, ids=str)
def test_a_page_has_no_barrier_and_never_scrolls_sideways(seat: Visitor, face: Face) -> None:
    """axe: WCAG 2.0 to 2.2 A and AA and best practice. A pop-up: within it.

    Each page at one of light and dark on wide and phone, by turns; at all four as `make soak` asks.
    """
    _meet(seat, face)
    page, found = seat.page, []
    looks = LOOKS if WHOLE else [LOOKS[crc32(str(face).encode()) % len(LOOKS)]]
    for size in (WIDE, LAPTOP, SMALL, PHONE, NARROW):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{size[0]} px: scrolls sideways")
        for theme in (theme for at, theme in looks if at is size):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            violations = page.evaluate(RUN_AXE, [face.shown, EVERYTHING])
            found += [f"{size[0]} px, {theme}: {violation}" for violation in violations]
    assert found == []
