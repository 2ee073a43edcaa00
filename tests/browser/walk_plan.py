"""The plan that follows: a goal, an action settled by its owner, effects measured, and the phases up to aftercare."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from foundation import clock
from tests.browser.walk import Walk, follow, main, press, says, silent
from tests.browser.walk_intake import TODAY, WHO
from tests.browser.walk_meeting import TASK

GOAL = "Zij gaat elke dag naar school."
PROGRESS = "Zij komt op tijd; de mentor belt wekelijks."
WATCHED = "Twee dagen verzuim in een week: dan belt de gemeente."
UNTIL = (clock.today() + timedelta(days=180)).isoformat()


def makes_a_plan(walk: Walk) -> None:
    """The director sets a goal; the school settles the action that the meeting gave it, on its own list."""
    page = walk.case("nadia", "plan/")
    follow(page, "Doel toevoegen")
    main(page).get_by_label("Wat moet bereikt zijn?").fill(GOAL)
    main(page).get_by_label("Leefgebied").select_option(label="Werk en opleiding")
    press(page, "Voeg toe", exact=False)
    says(page, GOAL, TASK)
    walk.look("nadia", "plan")
    press(press_next(walk, "Start het plan"), "Start het plan")
    says(page, "Naar monitoring")


def press_next(walk: Walk, name: str) -> Page:
    """The next step of the case, from the plan."""
    page = walk.case("nadia", "plan/")
    page.locator("aside").get_by_role("link", name=name).click()
    return page


def measures(walk: Walk, moment: str, score: int) -> None:
    """The municipality measures how she fares at work and school at a moment."""
    page = walk.case("sanne", "plan/")
    page.locator("#effect").get_by_role("link", name="Meet").first.click()
    main(page).get_by_label(moment, exact=True).check()
    main(page).get_by_label("Gemeten op").fill(TODAY)
    main(page).get_by_role("group", name="Werk en opleiding").get_by_label(str(score), exact=True).check()
    walk.look("sanne", f"meten-{score}")
    press(page, "Leg vast", exact=False)
    expect(page.locator("#effect")).to_contain_text("Werk en opleiding")


def the_school_settles(walk: Walk) -> None:
    """The owner of the action says on its own list that it was done; everybody who heard of it sees that."""
    page = walk.open("peter", "/acties/")
    walk.look("peter", "acties")
    action = page.locator(".vb-actie", has_text=TASK)
    action.get_by_role("button", name="Gedaan").click()
    expect(action).to_have_count(0)
    page = walk.case("nadia", "plan/")
    expect(page.locator(".vb-actie.is-klaar")).to_contain_text(TASK)


def goes_to_monitoring(walk: Walk) -> None:
    """The plan runs: how it goes is written down."""
    page = press_next(walk, "Naar monitoring")
    main(page).get_by_label("Voortgang en bijstelling").fill(PROGRESS)
    press(page, "Naar monitoring")
    says(page, "Naar nazorg")


def goes_to_aftercare(walk: Walk) -> None:
    """Who loses sight is named before it happens; then the school reads the case no more, and the watcher does."""
    expect(walk.case("nadia", "plan/").locator("#effect")).to_contain_text("van 2 naar 4, 2 stappen beter")
    page = press_next(walk, "Naar nazorg")
    main(page).get_by_label("Wie blijft kijken").select_option(label="Gemeente Maasdelta, sociaal team")
    main(page).get_by_label("Waar wordt op gelet").fill(WATCHED)
    main(page).get_by_label("Tot en met").fill(UNTIL)
    press(page, "Bekijk wie het zicht verliest")
    lost = page.locator("section", has_text="Leest straks niet meer mee").last
    expect(lost).to_contain_text("Het Baken College")
    walk.look("nadia", "nazorg-zicht")
    main(page).locator("form").last.get_by_role("button").first.click()
    page.wait_for_url("**/plan/")
    says(page, WATCHED, "Gemeente Maasdelta, sociaal team kijkt mee")
    walk.look("nadia", "nazorg")
    says(walk.case("sanne", "plan/"), WATCHED)
    for who in ("peter", "ruben", "margot"):
        walk.lacks(who, f"/casus/{walk.number}/")


def the_officer_reads_the_journal(walk: Walk) -> None:
    """The privacy officer sees who did what and when, and no content of fields."""
    page = walk.open("ineke", "/privacy/logboek/")
    main(page).get_by_label("Casus", exact=True).fill(walk.number)
    press(page, "Zoek")
    page.wait_for_url(f"**case={walk.number}**")
    says(page, "Nadia El Idrissi", "Nazorg begonnen", "Casus geweigerd", "Peter van Dam")
    silent(page, WHO, WATCHED)
    walk.look("ineke", "logboek")
