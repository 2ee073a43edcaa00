"""Where pages lead: every link answers for every persona, and a choice of language or theme goes along.

How the pages look is in test_faces.py.
"""

import re
from collections import Counter, deque
from collections.abc import Callable
from html import unescape
from typing import Any
from zlib import crc32

import httpx
import pytest
import yaml

from tests.browser.conftest import Visitor
from tests.browser.installation import ROOT, Installation
from tests.invariants.crawl import WHOLE

pytestmark = pytest.mark.browser

CASE = "/casus/MD-2026-0418/"
Visit = Callable[..., Visitor]

PERSONAS = [row["key"] for row in yaml.safe_load((ROOT / "deploy/demo/parties.yaml").read_text())["personas"]]
LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
TARGET = re.compile(r'\bid="([^"]+)"')
LEADS_ON = re.compile(r"//[^/]+/[^/]+/[^/]+/$")
OF_A_KIND, ONCE_KNOWN = 2, 1
"""How many pages of one address pattern are followed per persona, and how many once others have followed as many: then
it is known that such pages open, and one tells whether they do for this persona. Of what itself leads on (a case, a
programme) always as many: what leads on from there differs."""
ONE_IN = 1 if WHOLE else 6
"""Of the patterns that are known to open, for a persona the same one in so many at every run; `make soak` asks all."""
_static_seen: set[str] = set()
_followed: Counter[str] = Counter()


def _kind(path: str) -> str:
    # Of cases, rows, articles, neighbourhoods, covenants and agencies: what comes after a slash and names one of many.
    number = r"MD-\d{4}-\d{4}|[0-9a-f-]{32,36}|(?<=/)\d+(?=/)|(?<=artikel/)[\d.]+|(?<=/)(?:bu\d+|[A-Z]+-[A-Z-]+)(?=/)"
    return re.sub(number, "#", re.sub(r"=[^&]*", "=", path))


def _by_turns(persona: str, kind: str) -> bool:
    return crc32(f"{persona} {kind.split('/', 3)[-1]}".encode()) % ONE_IN == 0


def _links_of(answer: httpx.Response) -> list[str]:
    """The addresses on a page, made whole; those within the page must have their target on it."""
    if "html" not in answer.headers.get("content-type", ""):
        return []
    # Where people call in is a place of the chair's own choice, and is marked as such.
    own = re.sub(r'<a href="[^"]*" rel="external', "<a", answer.text)
    found = [unescape(link) for link in LINK.findall(own)]
    targets = set(TARGET.findall(answer.text))
    within = [link[1:] for link in found if link.startswith("#")]
    assert set(within) <= targets, f"{answer.url} leads to {set(within) - targets}, which is not on it"
    return [str(answer.url.join(link)).split("#")[0] for link in found if link and not link.startswith("#")]


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_link_within_reach_of_a_persona_answers(
    installation: Installation, cookies: Callable[[str], Any], persona: str
) -> None:
    jar = {cookie["name"]: cookie["value"] for cookie in cookies(persona)["cookies"]}
    queue, known, kinds = deque([f"{installation.url}/"]), set(), Counter()
    dead: list[str] = []
    with httpx.Client(cookies=jar, timeout=30) as client:
        while queue:
            address = queue.popleft()
            answer = client.get(address)
            if answer.status_code not in (200, 302):
                dead.append(f"{answer.status_code} {address}")
            # An address or a number opens a program, not a page.
            for link in (found for found in _links_of(answer) if not found.startswith(("mailto:", "tel:"))):
                assert link.startswith(installation.url), f"{address} leads away: {link}"
                kind = _kind(link)
                is_known = _followed[kind] - kinds[kind] >= OF_A_KIND and not LEADS_ON.search(kind)
                most = OF_A_KIND if not is_known else ONCE_KNOWN if _by_turns(persona, kind) else 0
                if link in known or link in _static_seen or kinds[kind] >= most:
                    continue
                known.add(link)
                if "/static/" in link:
                    _static_seen.add(link)
                else:
                    kinds[kind] += 1
                    _followed[kind] += 1
                queue.append(link)
    assert dead == []


DUTCH = (
    "Werkvoorraad", "Convenanten", "Logboek", "Organisatie", "Bijdrage", "Afgeschermd", "Waarom", "Deelnemers",
    "Tijdlijn", "Volgende", "Uitloggen", "Annuleer", "Bekijk als", "Toon", "Leefgebieden", "U leest", "velden",
    "zichtbaar", "Betrokkene", "Handeling", "Uitkomst", "Naar het begin", "Weigering", "Geldt nu", "Handtekeningen",
    "Demonstratie", "Inloggen", "Wachtwoord", "Sneltoetsen", "Fase", "Sinds",
)  # fmt: skip
ENGLISH_PAGES = {
    "nadia": (
        "/",
        CASE,
        f"{CASE}tijdlijn/",
        f"{CASE}deelnemers/",
        f"{CASE}regels/",
        f"{CASE}doel/",
        f"{CASE}bijdrage/",
    ),
    "ineke": ("/privacy/logboek/",),
    "bas": ("/organisatie/", "/account/", "/account/organisatie/", "/convenanten/"),
}


@pytest.mark.parametrize("persona", ENGLISH_PAGES)
def test_english_is_chosen_once_and_has_no_dutch_interface_text(visit: Visit, persona: str) -> None:
    visitor = visit(persona, fresh=True)
    page = visitor.page
    page.click(".vb-who")
    page.click(".vb-menu__f button[lang=en]")
    page.wait_for_selector("html[lang=en]")
    found = []
    for path in ENGLISH_PAGES[persona]:
        visitor.open(path)
        assert page.get_attribute("html", "lang") == "en"
        text = page.inner_text("body")
        found += [f"{path}: {word}" for word in DUTCH if re.search(rf"\b{re.escape(word)}\b", text)]
    page.click(".vb-who")
    page.click(".vb-menu__f button[lang=nl]")
    page.wait_for_selector("html[lang=nl]")
    assert found == []


def test_the_theme_that_was_chosen_stays_on_the_next_page_and_after_a_reload(visit: Visit) -> None:
    visitor = visit("sanne", color_scheme="light")
    page = visitor.page
    visitor.open("/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-theme-toggle]")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert page.get_attribute("[data-theme-toggle]", "aria-pressed") == "true"
    assert dark != before
    for go in (lambda: visitor.open("/convenanten/"), page.reload):
        go()
        assert page.get_attribute("html", "data-theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
