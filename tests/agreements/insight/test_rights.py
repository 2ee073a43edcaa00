"""Who may look into what, and the same answers over the API."""

import pytest

from agreements.drafting.commands.saving import save_text
from tests.agreements.covenants import world
from tests.agreements.drafting import world as drafting
from tests.agreements.insight.world import NEXT, NOW, api, page

pytestmark = pytest.mark.usefixtures("house")
PAGES = ("matrix", "wie-ziet-wat", "verschil")
OPERATIONS = ("matrix", "rights", "difference")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("who", "key", "status"), [
    ("peter", NEXT, 200),
    ("hilde", NEXT, 200),
    ("joost", NEXT, 404),
    ("joost", NOW, 200),
])  # fmt: skip
def test_everybody_at_a_party_reads_its_versions(who: str, key: str, status: int, name: str) -> None:
    assert page(who, key, name).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_a_draft_is_for_who_works_on_it(name: str) -> None:
    draft = drafting.start()
    key = f"concept-{draft.uid}"

    assert page("lieke", key, name).status_code == 200
    assert page("hilde", key, name).status_code == 404, "not shared yet"
    assert page("sanne", key, name).status_code == 404, "another role at the same agency"


def test_a_draft_has_its_own_tabs_and_no_pdf() -> None:
    draft = drafting.start()

    text = page("lieke", f"concept-{draft.uid}", "matrix").content.decode()
    assert f"/convenanten/concepten/{draft.uid}/" in text
    assert "als pdf" not in text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_api_hides_what_is_not_for_the_reader(operation: str) -> None:
    path = f"/covenants/subjects/{NEXT}/{operation}"

    assert api("peter", path).status_code == 200
    assert api("joost", path).status_code == 404


def test_the_api_gives_the_letters_of_the_page() -> None:
    found = api("lieke", f"/covenants/subjects/{NOW}/matrix", phase="plan", cell="police.POL-MD.GEM-MD").json()

    police = next(row for row in found["rows"] if row["section"] == "police" and row["source"] == "POL-MD")
    letters = {cell["recipient"]: cell["letter"] for cell in police["cells"]}
    assert (letters["POL-MD"], letters["GEM-MD"], letters["OND-BAKEN"]) == ("E", "S", "–")
    assert found["cell"]["articles"][0]["number"] == "6.1"
    assert found["subject"]["sha256"]


def test_the_api_says_what_somebody_would_see_and_what_is_gained() -> None:
    asked = {"agency": "OND-BAKEN", "role": "professional", "phase": "plan", "condition": ["involved", "minor"]}
    found = api("peter", f"/covenants/subjects/{NEXT}/rights", **asked).json()

    assert {right["field"]: right["change"] for right in found["rights"] if right["change"]} == {
        "police_contacts_12m": "gained",
        "legal_guardian": "lost",
    }


def test_the_api_gives_the_difference_as_data_and_in_sentences() -> None:
    found = api("peter", f"/covenants/subjects/{NEXT}/difference").json()

    assert found["base"]["version"] == 1
    assert found["data"]["rights"]
    assert found["sentences"]["OND"]["gained"][0].startswith("Onderwijs ziet voortaan")
    assert api("lieke", f"/covenants/subjects/{NOW}/difference").status_code == 404


def test_a_draft_that_cannot_be_read_yet_sends_its_author_to_the_findings() -> None:
    draft = drafting.start()
    broken = draft.text.replace("  title:", "  titel:", 1)
    save_text(drafting.lieke(), draft.uid, text=broken, base_revision=draft.revision)

    for name in PAGES:
        answer = page("lieke", f"concept-{draft.uid}", name)
        assert answer.status_code == 422
        assert "Verhelp eerst de bevindingen" in answer.content.decode()


def test_a_draft_with_one_party_has_nothing_to_show_yet() -> None:
    draft = drafting.start(parties={})

    assert "krijgt niemand iets" in page("lieke", f"concept-{draft.uid}", "matrix").content.decode()
    assert "Niets te zien" in page("lieke", f"concept-{draft.uid}", "wie-ziet-wat").content.decode()


def test_a_draft_is_compared_with_the_version_that_rules() -> None:
    text = world.text("js-md.v2").replace("  version: 2\n", "  version: 3\n")
    draft = drafting.start(text, parties={"POL-MD": "controller", "OND-BAKEN": "controller", "GEM-MD": "controller"})

    shown = page("lieke", f"concept-{draft.uid}", "verschil").content.decode()
    assert "Versie 1, van kracht" in shown
    assert "Concept van versie 3" in shown
    assert "Onderwijs ziet voortaan" in shown
