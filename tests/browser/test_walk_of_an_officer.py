"""One day of the privacy officer: a look-up of a neighbour, break-glass, a request up to its PDF, the log checked.

On the installation that the other pages use; what is left there is a finding, an act that was judged and a request.
"""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.test_faces import Visit
from tests.browser.test_subject_requests import BORN
from tests.browser.walk import follow, main, press, says, silent

pytestmark = pytest.mark.browser
OFFICER, NEIGHBOUR, DANGER = "ineke", "MD-2026-0451", "/casus/MD-2026-0418/noodtoegang/"
WHY = "Er is nu een melding van een mes; wij kennen het adres niet."


def test_the_officer_finds_reviews_answers_and_proves_the_log(
    installation: Installation, visit: Visit, tmp_path: Path
) -> None:
    takes_break_glass(visit("ruben"))
    officer = visit(OFFICER)
    finds_who_looked_up_a_neighbour(officer)
    reviews_break_glass(officer)
    answers_a_request(installation, visit, officer)
    proves_that_the_log_is_whole(installation, officer, tmp_path)


def takes_break_glass(police: Visitor) -> None:
    """A police officer in acute danger opens what an article gives, with a reason."""
    police.open(DANGER)
    police.page.locator("textarea[name=reason]").first.fill(WHY)
    press(police.page, "Neem noodtoegang")
    says(police.page, "Alles wat u hier leest is vastgelegd als noodtoegang")


def finds_who_looked_up_a_neighbour(officer: Visitor) -> None:
    """On the workbench stands who read without a reason; from the read the officer sees why it was possible."""
    page = officer.page
    officer.open("/privacy/toezicht/")
    row = main(page).locator("tr", has_text="Esra Yıldız")
    expect(row).to_contain_text("Geen verklaring")
    row.get_by_role("link", name="Esra Yıldız").click()
    says(page, NEIGHBOUR, "1 inzage te beoordelen")
    press(page, "Open een bevinding")
    says(page, "Bevinding over Esra Yıldız", NEIGHBOUR)
    main(page).get_by_label("Wat wilt u weten?").fill("Waarvoor las u deze casus?")
    press(page, "Vraag om uitleg")
    says(page, "Wacht op antwoord")
    silent(page, "Boaz")


def reviews_break_glass(officer: Visitor) -> None:
    """Each act is judged by two officers; here for the source, which has none of its own."""
    page = officer.page
    officer.open("/privacy/noodtoegang/")
    follow(page, "Ruben Kok")
    says(page, WHY, "Wat is gelezen")
    main(page).get_by_label("Terecht", exact=True).check()
    main(page).locator("textarea").fill("Acuut gevaar, en het artikel noemt het.")
    press(page, "Leg beoordeling vast")
    says(page, "Ineke Vos")


def answers_a_request(installation: Installation, visit: Visit, officer: Visitor) -> None:
    """Taken in, decided on by each agency, made, and fetched as a PDF."""
    page = officer.page
    officer.open("/verzoeken/nieuw/")
    for name, value in (("name", "Koen Prins"), ("born_on", BORN.isoformat()), ("contact", "Kade 9")):
        page.fill(f"[name={name}]", value)
    press(page, "Leg het verzoek vast")
    follow(page, "Stel vast wie het is")
    press(page, "Leg vast en zet uit")
    url = page.url.removeprefix(officer.base)
    for key in (OFFICER, "carla", "dirk"):
        other = officer if key == OFFICER else visit(key)
        other.open(f"{url}beslisblad/")
        decides(other.page)
    officer.open(url)
    says(page, "Elke organisatie heeft beslist")
    press(page, "Maak het antwoord")
    page.wait_for_selector("#pakket")
    done = _made(installation, page, f"a[href='{url}pakket/pdf/']")
    with page.expect_download() as waiting:
        done.click()
    file = waiting.value.path()
    assert file.read_bytes().startswith(b"%PDF")


def decides(page: Page) -> None:
    """An agency says who it is, gives all, and has decided."""
    while main(page).get_by_role("button", name="Ja, dit is de betrokkene").count():
        press(page, "Ja, dit is de betrokkene")
    if main(page).get_by_role("button", name="Verstrek de rest").count():
        press(page, "Verstrek de rest")
    press(page, "Rond af")
    says(page, "Dit beslisblad is afgerond")


def proves_that_the_log_is_whole(installation: Installation, officer: Visitor, tmp_path: Path) -> None:
    """The bundle and the verifier, on a computer with Python alone: whole; and with one bit turned, not."""
    page = officer.page
    installation.manage("seal", "--once")
    officer.open("/privacy/integriteit/")
    press(page, "Maak een bundel")
    _made(installation, page, "#bundels a", reload=True)
    bundle, verifier = tmp_path / "bundle.zip", tmp_path / "verifier.py"
    for selector, place in (("#bundels a", bundle), ("a[href*=verifier]", verifier)):
        with page.expect_download() as waiting:
            main(page).locator(selector).first.click()
        waiting.value.save_as(place)
    with ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    policy = tmp_path / "beleid.txt"
    policy.write_bytes((folder / "policy.txt").read_bytes())

    def verified() -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", str(verifier), "bundle", str(folder), "--policy", str(policy), "--bodies"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    whole = verified()
    assert whole.returncode == 0, whole.stdout + whole.stderr
    entries = next(file for file in sorted((folder / "tile" / "entries").rglob("*")) if file.is_file())
    turned = bytearray(entries.read_bytes())
    turned[len(turned) // 2] ^= 1
    entries.write_bytes(turned)
    broken = verified()
    assert broken.returncode == 1, broken.stdout + broken.stderr


def _made(installation: Installation, page: Page, selector: str, *, reload: bool = False) -> Locator:
    """What stands there once the worker made it; a busy store can send one run of it home with nothing done."""
    for _ in range(5):
        installation.manage("db_worker", "--batch")
        if reload:
            page.reload()
        if page.locator(selector).count():
            break
    return page.locator(selector).first
