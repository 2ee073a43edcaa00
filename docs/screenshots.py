"""Makes the pictures of the documentation from the running demo: `make screenshots`. Nothing else is drawn by hand.

Names of pictures as arguments (`python docs/screenshots.py toezicht datalek`) make only those.

Each picture is used on a page under docs/ or in README.md; tests/architecture/test_docs.py checks that.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.small_png import lighten  # noqa: E402 - the path comes first
from tests.browser.installation import Installation, chromium, prepare, serving  # noqa: E402
from tests.browser.running_meeting import meeting  # noqa: E402

IMAGES = ROOT / "docs" / "img"
WIDE, TALL, PHONE, WALL = (1440, 900), (1240, 1560), (390, 844), (1920, 1080)
CASE = "/casus/MD-2026-0418/"
LOOKED_UP = "/privacy/toezicht/tijdlijn/?sort=case&text=MD-2026-0451"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: who looks where, on which screen, after doing what."""

    name: str
    persona: str
    path: str
    size: tuple[int, int] = WIDE
    act: Callable[[Page], None] = lambda page: None


def _why_allowed(page: Page) -> None:
    page.locator("main a[href*='/waarom/']").first.click()
    page.wait_for_load_state()


def _affected(page: Page) -> None:
    page.fill("[name=case]", "MD-2026-0451")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def _why(page: Page) -> None:
    page.locator(".vb-why").first.click()
    page.wait_for_selector("#waarom-kop")


def _source(page: Page) -> None:
    page.locator("details.vb-bron > summary").nth(4).click()


def _purpose(page: Page) -> None:
    page.click("#doelbalk .vb-linkbtn")
    page.wait_for_selector("#venster[open] form")


def _offline(page: Page) -> None:
    field = page.locator("[name=street_observation]")
    field.fill("Milan staat met twee anderen bij het station. Rustig, gaat zo naar huis.")
    page.context.set_offline(True)
    page.click("form[data-draft] [type=submit]")
    page.wait_for_selector("[data-draft-notice].is-offline")
    page.locator("[data-draft-notice]").scroll_into_view_if_needed()


def _first_reading(page: Page) -> None:
    page.select_option("[name=event_type]", "case.read")
    page.click("form[role=search] button[type=submit]")
    page.locator("#regels tbody tr", has_text="Casus gelezen").first.locator("a").click()
    page.wait_for_selector("[aria-labelledby=velden]")


def _in_draft(*links: str) -> Callable[[Page], None]:
    """From the list of drafts into the one of the demo, and on by these links."""

    def act(page: Page) -> None:
        page.locator("main a", has_text="Nazorg").first.click()
        for link in links:
            page.locator(link).first.click()
        page.wait_for_load_state()

    return act


def _count(page: Page) -> None:
    page.get_by_role("button", name="Tel de gevolgen").click()
    page.wait_for_load_state()
    RUNNING[0].manage("db_worker", "--batch")
    page.reload()


def _first_file(page: Page) -> None:
    page.locator(".vb-bijlage__d a").first.click()
    sheet = page.locator(".vb-blad img").first
    sheet.wait_for(state="attached")
    sheet.evaluate("found => found.decode()")


def _first(text: str) -> Callable[[Page], None]:
    """By the first link in the page with these words."""

    def act(page: Page) -> None:
        page.locator("main a", has_text=text).first.click()
        page.wait_for_load_state()

    return act


_escalated, _minutes, _agent = _first("besluit"), _first("Verslag"), _first("Zohra")


def _agenda(page: Page) -> None:
    page.locator(".vb-next h2 a").click()
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.wait_for_load_state()


@cache
def _room() -> str:
    """A meeting that is on: the police and the municipality are there."""
    return meeting(RUNNING[0].env, POL_MD="ruben", GEM_MD="sanne")


def _in_room(place: str) -> Callable[[Page], None]:
    """One of the screens of that meeting."""

    def act(page: Page) -> None:
        page.goto(f"{RUNNING[0].url}{_room()}{place}/")
        page.wait_for_timeout(1000)

    return act


_wall, _chair, _along = _in_room("scherm"), _in_room("voorzitter"), _in_room("mee")


def _search(page: Page) -> None:
    page.locator("main select").first.select_option(label="Persoonsgerichte aanpak jeugd en gezin")
    page.locator("main [name=q]").fill("jayden")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)


def _on_the_quay(part: str, *, ticked: bool = False) -> Callable[[Page], None]:
    """From one's channels to a page of the channel on the quay."""

    def act(page: Page) -> None:
        channel = page.locator("main a", has_text="Interventie Kade 9").first.get_attribute("href")
        page.goto(f"{RUNNING[0].url}{channel}{part}/")
        if ticked:
            page.locator(".vb-slog__v input").last.check()
            page.locator(".vb-slog__v").last.scroll_into_view_if_needed()

    return act


RUNNING: list[Installation] = []
DRAFTS = "/convenanten/concepten/"
NEXT = "/convenanten/bekijk/versie-JS-MD-2/"
PROGRAMME = "/wijkprogrammas/havenkwartier-2038/"

SHOTS = (
    Shot(name="inloggen", persona="", path="/inloggen/"),
    Shot(name="casus-regisseur", persona="nadia", path=CASE, size=TALL),
    Shot(name="casus-school", persona="peter", path=CASE, size=TALL),
    Shot(name="werkvoorraad", persona="nadia", path="/"),
    Shot(name="waarom", persona="nadia", path=f"{CASE}#gezondheid", act=_why),
    Shot(name="bron", persona="nadia", path=CASE, act=_source),
    Shot(name="doel", persona="nadia", path=CASE, act=_purpose),
    Shot(name="bekijk-als", persona="nadia", path=f"{CASE}?als=JB-MD"),
    Shot(name="regelblad", persona="nadia", path=f"{CASE}regels/"),
    Shot(name="bijdrage", persona="sanne", path="/casus/MD-2026-0402/bijdrage/"),
    Shot(name="bijlagen", persona="sanne", path=f"{CASE}bijlagen/"),
    Shot(name="bijlage", persona="nadia", path=f"{CASE}bijlagen/", act=_first_file),
    Shot(name="bijlage-toevoegen", persona="sanne", path=f"{CASE}bijlagen/nieuw/?field=debt_problem"),
    Shot(name="weigering", persona="joost", path="/casus/MD-2026-0391/"),
    Shot(name="verstrekking", persona="peter", path="/verstrekkingen/MD-2026-0471/"),
    Shot(name="convenant", persona="carla", path="/convenanten/PGA-MD/"),
    Shot(name="convenant-matrix", persona="lieke", path=f"{NEXT}matrix/?fase=plan"),
    Shot(name="convenant-verschil", persona="lieke", path=f"{NEXT}verschil/"),
    Shot(name="convenant-gevolgen", persona="lieke", path=f"{NEXT}gevolgen/", act=_count),
    Shot(name="convenant-tekenen", persona="hilde", path="/convenanten/JS-MD/versie/2/handtekeningen/"),
    Shot(name="convenant-partijen", persona="karin", path="/convenanten/JS-MD/partijen/"),
    Shot(name="concept-artikelen", persona="lieke", path=DRAFTS, act=_in_draft()),
    Shot(name="concept-regel", persona="lieke", path=DRAFTS, act=_in_draft("a[href$='/regel/6.1/']")),
    Shot(name="concept-bevindingen", persona="lieke", path=DRAFTS, act=_in_draft("a[href$='/bevindingen/']")),
    Shot(name="openbaar", persona="", path="/openbaar/convenanten/JS-MD/"),
    Shot(name="verwerkingsregister", persona="lieke", path="/verwerkingsregister/"),
    Shot(name="logboek", persona="ineke", path="/privacy/logboek/"),
    Shot(name="logregel", persona="ineke", path="/privacy/logboek/", act=_first_reading),
    Shot(name="collegas", persona="bas", path="/organisatie/"),
    Shot(name="mensen-en-plaats", persona="sanne", path=f"{CASE}mensen-en-plaats/", size=(1440, 1100)),
    Shot(name="kaart-gebied", persona="nadia", path="/casus/MD-2026-0425/mensen-en-plaats/"),
    Shot(name="telefoon-werkvoorraad", persona="esra", path="/", size=PHONE),
    Shot(name="telefoon-casus", persona="esra", path="/casus/MD-2026-0471/", size=PHONE),
    Shot(name="telefoon-offline", persona="esra", path="/casus/MD-2026-0471/bijdrage/", size=PHONE, act=_offline),
    Shot(name="signaal-telefoon", persona="esra", path="/signalen/nieuw/", size=PHONE),
    Shot(name="signalen", persona="nadia", path="/signalen/"),
    Shot(name="melden-telefoon", persona="", path="/melden/", size=PHONE),
    Shot(name="triage", persona="nadia", path="/casus/MD-2026-0391/triage/"),
    Shot(name="bekendheid", persona="margot", path="/bekendheid/"),
    Shot(name="inbox", persona="sanne", path="/inbox/"),
    Shot(name="vragen", persona="nadia", path="/casus/MD-2026-0418/vragen/"),
    Shot(name="opschalen-telefoon", persona="anouk", path="/inbox/", size=PHONE, act=_escalated),
    Shot(name="verstrekkingen", persona="nadia", path="/casus/MD-2026-0418/verstrekkingen/"),
    Shot(name="overleggen", persona="nadia", path="/overleggen/"),
    Shot(name="overleg-agenda", persona="nadia", path="/overleggen/", act=_agenda),
    Shot(name="overleg-scherm", persona="nadia", path="/overleggen/", size=WALL, act=_wall),
    Shot(name="overleg-voorzitter", persona="nadia", path="/overleggen/", act=_chair),
    Shot(name="overleg-toestel", persona="ruben", path="/overleggen/", size=PHONE, act=_along),
    Shot(name="verslag", persona="sanne", path="/overleggen/", act=_minutes),
    Shot(name="straatverslag", persona="anouk", path="/straat/", act=_on_the_quay("verslag"), size=(1440, 1100)),
    Shot(name="straatlogboek", persona="farid", path="/straat/", act=_on_the_quay("logboek", ticked=True), size=PHONE),
    Shot(name="plan", persona="nadia", path="/casus/MD-2026-0418/plan/"),
    Shot(name="plan-effect", persona="nadia", path="/casus/MD-2026-0377/plan/#effect"),
    Shot(name="acties-telefoon", persona="sanne", path="/acties/", size=PHONE),
    Shot(name="bewaren", persona="ineke", path="/bewaren/"),
    Shot(name="zoeken", persona="nadia", path="/zoeken/", act=_search),
    Shot(name="cijfers", persona="nadia", path="/cijfers/"),
    Shot(name="noodtoegang-telefoon", persona="ruben", path="/casus/MD-2026-0418/noodtoegang/", size=PHONE),
    Shot(name="toezicht", persona="dirk", path="/privacy/toezicht/"),
    Shot(name="waarom-mocht-dit", persona="dirk", path=LOOKED_UP, act=_why_allowed, size=(1440, 1100)),
    Shot(name="datalek", persona="ineke", path="/privacy/datalek/", act=_affected),
    Shot(name="wijken", persona="", path="/wijken/"),
    Shot(name="wijkprogramma", persona="anouk", path=PROGRAMME),
    Shot(name="trekker", persona="karin", path=f"{PROGRAMME}trekker/"),
    Shot(name="pact", persona="hilde", path=f"{PROGRAMME}pact/"),
    Shot(name="urgentie", persona="", path="/urgentie/", act=_first("2026")),
    Shot(name="teruggave", persona="", path="/teruggave/"),
    Shot(name="beslag", persona="thijs", path="/teruggave/beslag/"),
    Shot(name="halfjaarbericht", persona="", path=f"{PROGRAMME}halfjaarberichten/"),
    Shot(name="samenwerkingspeiling", persona="hilde", path=f"{PROGRAMME}samenwerking/"),
    Shot(name="leerkaarten", persona="anouk", path="/lessen/"),
    Shot(name="bemiddeling", persona="anouk", path=f"{PROGRAMME}bemiddeling/", act=_first("Herrie")),
    Shot(name="vervolging", persona="astrid", path=f"{PROGRAMME}vervolging/"),
    Shot(name="sleutelfiguren", persona="anouk", path=f"{PROGRAMME}sleutelfiguren/", size=(1440, 1100)),
    Shot(name="sleutelfiguur-telefoon", persona="anouk", path=f"{PROGRAMME}sleutelfiguren/", size=PHONE, act=_agent),
    Shot(name="sleutelfiguren-politie", persona="hilde", path=f"{PROGRAMME}sleutelfiguren/"),
    Shot(name="verzoek", persona="dirk", path="/verzoeken/nieuw/", size=(1440, 1100)),
    Shot(name="signaalpatronen", persona="nadia", path="/signaalpatronen/", size=(1440, 1300)),
)


def take(browser: Browser, base: str, shot: Shot) -> int:
    """Make one picture; gives its size in bytes."""
    context = browser.new_context(
        viewport={"width": shot.size[0], "height": shot.size[1]},
        device_scale_factor=2 if shot.size == PHONE else 1,
        locale="nl-NL",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.persona:
        page.goto(f"{base}/inloggen/")
        page.click(f"button[name=persona][value={shot.persona}]")
        page.wait_for_url(f"{base}/")
    page.goto(base + shot.path)
    shot.act(page)
    page.evaluate("document.fonts.ready")
    file = IMAGES / f"{shot.name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    page.goto("about:blank")
    lighten(file, page)
    context.close()
    return file.stat().st_size


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        prepare(folder)
        running, browser = stack.enter_context(serving(folder)), stack.enter_context(chromium())
        RUNNING.append(running)
        wanted = set(sys.argv[1:])
        for shot in (shot for shot in SHOTS if not wanted or shot.name in wanted):
            size = take(browser, running.url, shot)
            sys.stdout.write(f"docs/img/{shot.name}.png  {size // 1024} kB\n")


if __name__ == "__main__":
    main()
