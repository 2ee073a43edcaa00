"""A draft in the browser: composing a rule, the text by line, two people at once, and each page without barrier."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.face import Face
from tests.browser.test_faces import AXE
from tests.browser.test_faces import test_a_page_has_no_barrier_and_never_scrolls_sideways as has_no_barrier

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PARTIES = {"GEM-MD": "controller", "POL-MD": "controller", "OND-BAKEN": "third_party"}
DEEPER = (
    "", "yaml/", "aanhef/", "artikel/", "artikel/6/", "artikel/7/regel/", "regel/6.4/", "regel/12.1/", "set/",
    "doel/", "bevindingen/", "opmerkingen/", "voortgang/", "voortgang/drop/", "voortgang/partijen/tekst/", "tekst/1/",
    "regel/6.4/verwijder/",
)  # fmt: skip


def _begin(visitor: Visitor, code: str) -> str:
    """A draft from a model, as lieke makes it; its address."""
    page = visitor.page
    visitor.open("/convenanten/concepten/nieuw/")
    page.check("[name=start][value='model:personal_approach']")
    page.fill("[name=code]", code)
    page.fill("[name=title]", "Proefconvenant in de browser")
    page.click("summary:has-text('Partijen')")
    for agency, capacity in PARTIES.items():
        page.select_option(f"[name='partij_{agency}']", capacity)
    page.click("text=Begin het concept")
    page.wait_for_selector(".vb-editor")
    return page.url.removeprefix(visitor.base)


def _save_text(page: Page, old: str, new: str) -> None:
    text = page.input_value("#id_text")
    assert old in text
    page.fill("#id_text", text.replace(old, new))
    page.click("text=Bewaar de tekst")


def test_every_page_of_a_draft_has_no_barrier(visit: Visit) -> None:
    here = _begin(visit("lieke"), "PROEF-1")

    visitor = visit("lieke")
    visitor.context.add_init_script(AXE)
    for place in DEEPER:
        has_no_barrier(visitor, Face("lieke", here + place))


def test_a_rule_is_read_as_a_sentence_while_it_is_composed(visit: Visit) -> None:
    visitor = visit("lieke")
    page, here = visitor.page, _begin(visitor, "PROEF-2")
    visitor.open(f"{here}artikel/7/regel/")

    for name, value in {
        "givers": "POL",
        "receivers": "OND",
        "roles": "professional",
        "purposes": "4.1",
        "phases": "plan",
    }.items():
        page.check(f"[name={name}][value='{value}']")
    page.click("details.vb-rubriek summary:has-text('Politie')")
    page.check("[name=fields_][value=police_contacts_12m]")

    page.wait_for_selector("#zin:has-text('Politie verstrekt aan Onderwijs')")
    assert not page.is_visible("[name=reason]")
    page.check("[name=kind][value=prohibitions]")
    page.wait_for_selector("#zin:has-text('Verboden voor Onderwijs')")
    assert page.is_visible("[name=reason]")
    assert not page.is_visible("[name=conditions]")
    page.click("text=Bewaar de regel")
    page.wait_for_selector("#art-7\\.11:has-text('Verboden voor Onderwijs')")


def test_a_finding_leads_to_its_line_and_the_numbers_follow_what_is_typed(visit: Visit) -> None:
    visitor = visit("lieke")
    page, here = visitor.page, _begin(visitor, "PROEF-3")
    visitor.open(f"{here}yaml/")
    before = page.locator("[data-yaml-lines] li").count()

    page.fill("#id_text", "# een\n# twee\n" + page.input_value("#id_text"))
    assert page.locator("[data-yaml-lines] li").count() == before + 2
    page.click("text=Bewaar de tekst")
    page.wait_for_selector(".vb-alert:has-text('Bewaard als tekst 2')")
    link = page.locator("a[data-line]").first
    line = int(link.get_attribute("data-line") or 0)
    link.click()

    chosen = page.evaluate("(a => a.value.slice(a.selectionStart, a.selectionEnd))(document.querySelector('#id_text'))")
    assert chosen == page.input_value("#id_text").split("\n")[line - 1]


def test_the_second_to_save_sees_the_first_and_saves_both(visit: Visit) -> None:
    first, second = visit("lieke"), visit("lieke")
    here = _begin(first, "PROEF-4")
    for visitor in (first, second):
        visitor.open(f"{here}yaml/")
    _save_text(first.page, "title: Begrippen en wettelijk kader", "title: Begrippen")
    first.page.wait_for_selector(".vb-alert:has-text('Bewaard als tekst 2')")

    second.expect_trouble("409")
    _save_text(second.page, "title: Straatteam", "title: Het straatteam")
    second.page.wait_for_selector("h1:has-text('Iemand anders was u voor')")
    assert second.page.is_visible(".vb-verschil__r--plus:has-text('title: Begrippen')")
    second.page.click("text=Bewaar beide wijzigingen")
    second.page.wait_for_selector(".vb-alert:has-text('Bewaard als tekst 3')")

    text = second.page.input_value("#id_text")
    assert "title: Begrippen\n" in text
    assert "title: Het straatteam" in text
    assert not second.page.is_visible("[data-draft-notice]")


def test_a_draft_is_written_without_scripts_too(visit: Visit) -> None:
    visitor = visit("lieke", java_script_enabled=False)
    page, here = visitor.page, _begin(visitor, "PROEF-5")

    visitor.open(f"{here}artikel/2/")
    page.fill("[name=body]", "Zonder scripts geschreven.")
    with page.expect_navigation():
        page.click("button:has-text('Bewaar')")

    assert page.url.removeprefix(visitor.base).startswith(here)
    assert page.is_visible("#art-2:has-text('Zonder scripts geschreven.')")
