"""A covenant's way in the browser: three signatories sign, the teacher's open page changes, the PDF proves it.

On an installation of its own: what is signed here would change the pages that other tests visit.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation, serving

pytestmark = pytest.mark.browser

CASE = "/casus/MD-2026-0418/"
SIGNATURES = "/convenanten/JS-MD/versie/2/handtekeningen/"
MANDATES = {"hilde": "mandaat korpschef", "carla": "mandaatbesluit college 2024-118", "karin": "rector-bestuurder"}


@pytest.fixture(scope="module")
def installation(new_folder: Callable[[], Path]) -> Iterator[Installation]:
    with serving(new_folder()) as running:
        yield running
        assert "Traceback" not in running.log


def contacts_of(visitor: Visitor) -> str:
    """What the teacher's page says of contacts with the police."""
    row = visitor.page.locator("main").inner_text()
    return row.partition("Contacten 12 mnd")[2].strip().splitlines()[0]


def sign(visitor: Visitor, mandate: str) -> str:
    """Read and sign as one signatory; what the page says then."""
    visitor.open(SIGNATURES)
    visitor.page.get_by_role("link", name="Lees en onderteken").click()
    visitor.page.fill("[name=mandate]", mandate)
    visitor.page.check("[name=agrees]")
    visitor.page.get_by_role("button", name="Onderteken als").click()
    visitor.page.wait_for_url("**/handtekeningen/")
    return visitor.page.locator("main").inner_text()


def made_in_the_background(installation: Installation, visitor: Visitor, path: str) -> APIResponse:
    """What stands there once the worker made it; a busy store can send one run of it home with nothing done."""
    for _ in range(5):
        installation.manage("db_worker", "--batch")
        answer = visitor.page.request.get(f"{installation.url}{path}")
        if answer.body().startswith(b"%PDF"):
            break
    return answer


def test_three_sign_the_teachers_page_changes_and_the_pdf_proves_it(
    installation: Installation, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    teacher = visit("peter")
    teacher.open(CASE)
    before = contacts_of(teacher)

    said = [sign(visit(key), mandate) for key, mandate in list(MANDATES.items())[:2]]
    still = contacts_of(teacher)
    last = visit("karin")
    said.append(sign(last, MANDATES["karin"]))
    teacher.page.wait_for_function("() => document.querySelector('#meld').textContent.includes('versie 2 is ingegaan')")
    answer = made_in_the_background(installation, last, "/convenanten/JS-MD/versie/2/pdf")
    pdf = tmp_path / "js-md-v2.pdf"
    pdf.write_bytes(answer.body())
    good = installation.manage("verify_covenant", str(pdf))
    turned = bytearray(answer.body())
    turned[len(turned) // 2] ^= 1
    pdf.write_bytes(turned)
    bad = installation.manage("verify_covenant", str(pdf))

    assert before == still == "Afgeschermd"
    assert contacts_of(teacher).isdigit()
    assert "geldt vanaf nu" in said[-1]
    assert good.returncode == 0, good.stdout
    assert "Hilde Verbeek" in good.stdout
    assert bad.returncode == 1, bad.stdout
    assert "Traceback" not in bad.stderr
