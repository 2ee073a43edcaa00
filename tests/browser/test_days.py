"""What people do in a day: find a case, ask why, add what they know, look through another's eyes, be accountable.

How pages look to all is in test_faces.py.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation

pytestmark = pytest.mark.browser

CASE = "/casus/MD-2026-0418/"
ADD = "/casus/MD-2026-0402/bijdrage/"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('verbond:draft:')).length"
FOCUSED = "document.activeElement"
OFFLINE = "[data-draft-notice].is-offline"
Visit = Callable[..., Visitor]


def _facts(page: Page) -> set[str]:
    """The labels of the values that this page shows."""
    shown = page.locator(".vb-fact:not(:has(.vb-hid)) > .vb-fact__k")
    return {label.strip() for label in shown.all_inner_texts()}


# --- finding one's way ---------------------------------------------------------------------------


def test_a_newcomer_reaches_the_first_case_in_two_clicks(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open("/")
    expect(page).to_have_url(re.compile("/inloggen/$"))

    page.click("button[name=persona] >> nth=0")
    page.click(".vb-cases tbody a >> nth=0")

    expect(page).to_have_url(re.compile(r"/casus/[^/]+/$"))
    expect(page.locator(".vb-fact").first).to_be_visible()
    expect(page.locator("#doelbalk")).to_contain_text("U leest voor")


def test_the_keyboard_alone_leads_from_the_skip_link_to_a_case(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".ams-skip-link")).to_be_focused()
    expect(page.locator(".ams-skip-link")).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()
    page.keyboard.press("j")
    first = page.locator("[data-jk] a").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/casus/[^/]+/$"))


def test_tab_goes_through_a_case_in_reading_order_and_the_place_is_always_seen(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open(CASE)
    page.evaluate("window.before = null")
    for stop in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
              const after = !window.before || window.before.compareDocumentPosition(here) & 4;
              window.before = here;
              return {
                tag: here.outerHTML.slice(0, 80), after: !!after,
                ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
              };
            }"""
        )
        assert all(seen.values()), f"stop {stop}: {seen}"


def test_j_and_k_walk_the_list_and_question_mark_lists_only_keys_that_work(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open("/")
    links = page.locator("[data-jk] a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()

    page.keyboard.press("?")
    dialog = page.locator("#dlg-toetsen")
    expect(dialog).to_be_visible()
    keys = set(dialog.locator("kbd").all_inner_texts())
    assert ("/" in keys) == (page.locator("#dlg-zoeken").count() == 1)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_single_key_shortcuts_can_be_switched_off(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open("/")
    page.keyboard.press("?")
    page.uncheck("[data-keys-toggle]")
    page.keyboard.press("Escape")
    page.reload()

    page.keyboard.press("j")
    expect(page.locator("[data-jk] a").first).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#dlg-toetsen")).to_be_hidden()


# --- why, for what, and through whose eyes -------------------------------------------------------


def test_why_opens_beside_the_field_shows_the_chain_and_gives_focus_back(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open(CASE)
    asked = page.locator(".vb-why").first
    asked.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#waarom")).to_be_visible()
    expect(page.locator("#waarom-kop")).to_be_focused()
    steps = page.locator("#waarom .vb-chain li")
    assert steps.count() >= 2
    expect(page.locator("#waarom .vb-chain")).to_contain_text(re.compile(r"\w+-MD v\d art\. \d"))
    page.keyboard.press("Escape")
    expect(page.locator("#waarom")).to_be_hidden()
    expect(asked).to_be_focused()
    expect(page).to_have_url(re.compile(f"{CASE}$"))


def test_the_source_of_a_value_opens_within_the_window_and_escape_gives_focus_back(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open(CASE)
    chip = page.locator("details.vb-bron > summary").nth(4)
    low = chip.evaluate("here => { const box = here.getBoundingClientRect(); return box.bottom + 40; }")
    page.set_viewport_size({"width": 1440, "height": round(low)})
    chip.click()
    panel = page.locator(".vb-bron[open] .vb-bron__p")

    expect(panel).to_be_in_viewport(ratio=1)
    expect(panel).to_contain_text("Gemeente Maasdelta")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip).to_be_focused()


def test_why_can_be_asked_for_a_moment_before_the_covenant(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open(CASE)
    page.locator(".vb-why").first.click()
    now = page.locator("#waarom .vb-chain").inner_text()
    page.click("#waarom .vb-toen summary")
    page.fill("#waarom [name=op]", "2020-01-02T12:00")
    page.click("#waarom .vb-toen button[type=submit]")

    expect(page.locator("#waarom")).to_contain_text("zoals het gold op 2 jan")
    expect(page.locator("#waarom .vb-chain li.is-stop").first).to_be_visible()
    assert page.locator("#waarom .vb-chain").inner_text() != now


def test_another_purpose_shows_other_facts_and_says_so_in_the_bar(visit: Visit) -> None:
    visitor = visit("nadia", fresh=True)
    page = visitor.page
    visitor.open(CASE)
    before, bar = _facts(page), page.locator("#doelbalk").inner_text()
    page.click("#doelbalk .vb-linkbtn")
    page.check("#venster [value=youth_school]")
    page.click("#venster button[type=submit]")

    expect(page.locator("#doelbalk b")).to_have_text("Jeugd en school")
    assert page.locator("#doelbalk").inner_text() != bar
    assert _facts(page) != before


def test_looking_as_a_partner_is_announced_never_widens_and_can_be_stopped(visit: Visit) -> None:
    visitor = visit("nadia")
    page = visitor.page
    visitor.open(CASE)
    own = _facts(page)
    page.select_option("#als", "JB-MD")
    page.click(".vb-als button[type=submit]")

    expect(page.locator(".vb-preview")).to_contain_text("zoals Jeugdbescherming Maasdelta (")
    assert _facts(page) < own
    expect(page.locator("text=Bijdrage toevoegen")).to_have_count(0)
    page.click(".vb-preview a")
    expect(page.locator(".vb-preview")).to_have_count(0)
    assert _facts(page) == own


def test_a_landlord_with_the_link_of_a_case_reads_which_article_refuses_him(visit: Visit) -> None:
    visitor = visit("joost")
    visitor.expect_trouble("404")
    answer = visitor.open("/casus/MD-2026-0391/")
    page = visitor.page

    assert answer.status == 404
    expect(page.locator("h1")).to_contain_text("U mag deze casus in deze fase niet openen")
    expect(page.locator(".vb-chain")).to_contain_text(re.compile(r"PGA-MD v\d.*Wgs art\. 2\.31"))
    expect(page.locator("#inhoud")).to_contain_text("vastgelegd als weigering")


def test_the_privacy_officer_finds_the_reading_that_was_just_done_with_its_fields(visit: Visit) -> None:
    reader = visit("ruben")
    reader.open("/casus/MD-2026-0433/")
    fields = _facts(reader.page)
    officer = visit("ineke")
    page = officer.page
    officer.open("/privacy/logboek/")
    page.fill("[name=case]", "MD-2026-0433")
    page.fill("[name=reader]", "Ruben Kok")
    page.click("form[role=search] button[type=submit]")
    line = page.locator("#regels tbody tr", has_text="Casus gelezen").first
    expect(line).to_contain_text("Ruben Kok")
    line.locator("a").click()

    expect(page.locator("h1")).to_have_text("Casus gelezen")
    read = page.locator("[aria-labelledby=velden] .vb-panel__b > ul").first
    assert set(read.locator("li").all_inner_texts()) == fields
    expect(page.locator("#inhoud")).to_contain_text("PGA-MD v2 art. 6.2")
    expect(page.locator("[aria-labelledby=wie]")).to_contain_text("Persoonsgerichte aanpak volwassenen")
    expect(page.locator("#inhoud")).to_contain_text("De regel klopt")


# --- adding what one knows -----------------------------------------------------------------------


def _write(visitor: Visitor, text: str) -> None:
    visitor.open(ADD)
    visitor.page.fill("[name=subject_view]", text)


def test_a_wrong_form_starts_with_its_errors_and_each_leads_to_its_field(visit: Visit) -> None:
    visitor = visit("sanne")
    visitor.expect_trouble("422")
    page = visitor.page
    _write(visitor, "Wil graag blijven wonen.")
    page.fill("[name=observed_on]", "")
    page.click("form[data-draft] [type=submit]")

    errors = page.locator(".vb-fouten")
    expect(errors).to_be_focused()
    errors.locator("a").first.click()
    expect(page.locator("[name=observed_on]")).to_be_focused()
    expect(page.locator("[name=subject_view]")).to_have_value("Wil graag blijven wonen.")


def test_an_empty_contribution_is_refused_where_the_eye_is(visit: Visit) -> None:
    visitor = visit("sanne")
    visitor.expect_trouble("422")
    page = visitor.page
    visitor.open(ADD)
    page.click("form[data-draft] [type=submit]")

    expect(page.locator(".vb-fout")).to_be_focused()
    expect(page.locator(".vb-fout")).to_be_in_viewport()
    expect(page.locator(".vb-fout")).to_contain_text("Vul ten minste één veld in.")


def test_the_form_says_beforehand_who_will_see_each_field(visit: Visit) -> None:
    visitor = visit("sanne")
    page = visitor.page
    visitor.open(ADD)
    fields = page.locator(".vb-veld:has([name=subject_view]), .vb-veld:has([name=contact_details])")

    assert fields.count() == 2
    for field in fields.all():
        expect(field.locator(".vb-veld__a")).to_contain_text("Dit krijgen te zien:")
    expect(page.locator(".vb-wie .vb-mono").first).to_be_visible()


def test_a_contribution_sent_without_connection_goes_out_once_when_the_line_is_back(
    installation: Installation, visit: Visit
) -> None:
    visitor = visit("sanne")
    visitor.expect_trouble("INTERNET_DISCONNECTED")
    page = visitor.page
    before = installation.count("cases_contribution")
    _write(visitor, "Heeft uitstel gevraagd aan de verhuurder.")
    visitor.context.set_offline(True)
    page.click("form[data-draft] [type=submit]")
    expect(page.locator(OFFLINE)).to_contain_text("Niet verbonden. Uw tekst staat op dit scherm")
    assert installation.count("cases_contribution") == before

    visitor.context.set_offline(False)
    expect(page).to_have_url(re.compile("/casus/MD-2026-0402/$"))
    expect(page.locator(".ams-alert")).to_contain_text("Uw bijdrage is opgeslagen.")
    expect(page.locator("#inhoud")).to_contain_text("Heeft uitstel gevraagd aan de verhuurder.")
    assert installation.count("cases_contribution") == before + 1
    assert page.evaluate(DRAFTS) == 0


def test_a_contribution_whose_answer_was_lost_is_not_added_twice(installation: Installation, visit: Visit) -> None:
    visitor = visit("sanne")
    visitor.expect_trouble("failed: POST", "ERR_FAILED")
    page = visitor.page
    before = installation.count("cases_contribution")
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    page.route(f"**{ADD}", lose_the_first_answer)
    _write(visitor, "De sleutel ligt bij de buurvrouw.")
    page.click("form[data-draft] [type=submit]")
    expect(page.locator(OFFLINE)).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page).to_have_url(re.compile("/casus/MD-2026-0402/$"))
    assert lost == [302]
    assert installation.count("cases_contribution") == before + 1


def test_what_was_typed_comes_back_after_a_reload_and_can_be_thrown_away(visit: Visit) -> None:
    visitor = visit("sanne")
    page = visitor.page
    _write(visitor, "Nog niet af")
    page.reload()
    expect(page.locator("[name=subject_view]")).to_have_value("Nog niet af")
    expect(page.locator("[data-draft-text]")).to_contain_text("Concept hersteld")

    page.click("[data-draft-drop]")
    expect(page.locator("[name=subject_view]")).to_have_value("")
    assert page.evaluate(DRAFTS) == 0


def test_signing_out_wipes_every_draft_on_the_device(visit: Visit) -> None:
    visitor = visit("sanne", fresh=True)
    page = visitor.page
    _write(visitor, "Vertrouwelijk")
    assert page.evaluate(DRAFTS) == 1
    page.click(".vb-who")
    page.click("form[data-signout] button")
    expect(page).to_have_url(re.compile("/inloggen/"))

    assert page.evaluate(DRAFTS) == 0
    assert "Vertrouwelijk" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


def test_a_draft_of_somebody_else_is_gone_as_soon_as_another_signs_in(visit: Visit) -> None:
    visitor = visit("sanne", fresh=True)
    page = visitor.page
    _write(visitor, "Vertrouwelijk")
    visitor.open("/inloggen/")
    page.click("button[name=persona][value=tessa]")
    page.wait_for_selector(".vb-who >> text=Tessa Groenhart")

    assert page.evaluate(DRAFTS) == 0
