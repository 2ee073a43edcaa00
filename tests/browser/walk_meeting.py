"""The meeting: planned, prepared, held at three screens while the school comes and goes, and its minutes."""

from datetime import timedelta

from playwright.sync_api import expect

from foundation import clock
from tests.browser.test_meeting import facts, narrow
from tests.browser.walk import WALL, Walk, follow, main, press, says, silent
from tests.browser.walk_together import ASLEEP

TITLE = "Casusoverleg jeugd"
OWN_VIEW = "De meldkamer kent haar alleen van de straat."
TOGETHER = "Zij zoekt op straat wat zij thuis mist."
WITHOUT_SCHOOL = "Avondhulp thuis vanaf maandag"
WITH_SCHOOL = "Noor begint om tien uur, met een vaste mentor"
WHY_NOT = "Later beginnen mag alleen met ontheffing."
LINE, TASK = "verzuim terugkoppelen vr @OND", "verzuim terugkoppelen"
NOT_FOR_THE_SCHOOL = {"Contacten 12 mnd", "Incident"}
PRESENT = {"ruben": "POL-MD", "sanne": "GEM-MD", "margot": "OM-MD", "marloes": "JB-MD"}
ANSWERS = {"ruben": "Ik kom", "sanne": "Ik kom", "margot": "Ik bel in", "marloes": "Ik kom", "peter": "Ik kom"}


def plans_and_invites(walk: Walk) -> None:
    """The chair plans, puts the case on the agenda and invites the six agencies that take part in it."""
    page = walk.open("nadia", "/overleggen/")
    walk.look("nadia", "overleggen")
    follow(page, "Plan overleg")
    main(page).get_by_label("Titel").fill(TITLE)
    starts = (clock.now() + timedelta(hours=1)).astimezone(clock.AMSTERDAM)
    main(page).get_by_label("Begint").fill(starts.strftime("%Y-%m-%dT%H:%M"))
    main(page).get_by_label("Plaats").fill("Stadskantoor, zaal 2.14")
    press(page, "Plan overleg")
    says(page, "Zet nu de casussen op de agenda")
    walk.meeting = page.url.removeprefix(walk.visitor("nadia").base).removesuffix("agenda/")
    main(page).get_by_label("Nummer").fill(walk.number)
    press(page, "Zoek")
    main(page).locator(f"input[name=cases][value='{walk.number}']").check()
    press(page, "Zet op de agenda")
    expect(page.locator("#agenda")).to_contain_text(walk.number)
    walk.look("nadia", "agenda")
    follow(page, "Verder: nodig uit")
    expect(page.locator("input[name=invitees]:checked")).to_have_count(5)
    walk.look("nadia", "uitnodigen")
    press(page, "Nodig de gekozen partners uit")
    says(page, "Geen voorstellen meer")
    walk.lacks("tessa", walk.meeting)


def answer_and_prepare(walk: Walk) -> None:
    """Everybody answers by one tap and accepts secrecy; the police prepare their own view of a life domain."""
    for who, answer in ANSWERS.items():
        page = walk.open(who, walk.meeting)
        press(page, answer)
        expect(main(page).get_by_role("button", name=answer, exact=True)).to_have_attribute("aria-pressed", "true")
        follow(page, "Lees en aanvaard")
        press(page, "Ik aanvaard dit")
        says(page, "U hebt de geheimhouding aanvaard")
    walk.look("peter", "overleg")
    page = walk.open("ruben", walk.meeting)
    follow(page, "Zet uw beeld klaar")
    page.locator("#leef-network summary").click()
    page.locator("#beeld-network").fill(OWN_VIEW)
    walk.look("ruben", "beeld")
    page.locator("#leef-network").get_by_role("button", name="Bewaar").click()
    expect(page.locator("#leef-network summary")).to_contain_text("ingevuld")
    page = walk.open("nadia", walk.meeting)
    says(page, "Stadskantoor")
    follow(page, "Lees en aanvaard")
    press(page, "Ik aanvaard dit")
    says(page, "U hebt de geheimhouding aanvaard")


def begins(walk: Walk) -> None:
    """The chair starts on the own device; the wall follows and shows what all five present may see."""
    chair = walk.open("nadia", f"{walk.meeting}voorzitter/")
    wall = walk.open("nadia:muur", f"{walk.meeting}scherm/")
    press(chair, "Start overleg")
    press(chair, "Eerste punt")
    expect(chair.locator("#aanmelden")).to_be_visible()
    for code in PRESENT.values():
        chair.locator(f"#aan-{code}").click()
        expect(chair.locator("#aanmelden .vb-zitten__l").first.locator(f"input[value='{code}']")).to_have_count(1)
    expect(wall.locator("#bericht")).to_contain_text("alle 5 aanwezige partners")
    narrow(wall)
    assert facts(wall) >= NOT_FOR_THE_SCHOOL
    assert ASLEEP not in wall.content()
    walk.look("nadia:muur", "muur", WALL)
    walk.look("nadia", "voorzitter")


def comes_and_goes(walk: Walk) -> None:
    """The school comes in: what it may not know vanishes at once, and stays away until the chair confirms it left."""
    chair, wall = walk.page("nadia"), walk.page("nadia:muur")
    police = walk.open("ruben", f"{walk.meeting}mee/")
    school = walk.open("peter", f"{walk.meeting}mee/")
    wall.evaluate("window.same = true")
    before = facts(wall)
    chair.select_option("#leefgebied", "network")
    chair.locator("#beeldtekst").press_sequentially(TOGETHER, delay=5)
    expect(wall.locator("#beeldtekst")).to_have_value(TOGETHER)
    expect(police.locator("#woorden")).to_contain_text(TOGETHER)
    expect(chair.locator("[data-editor-state]")).to_have_text("Bewaard")
    silent(school, TOGETHER)
    wall.keyboard.press("a")
    wall.keyboard.type(f"! {WITHOUT_SCHOOL}")
    wall.keyboard.press("Enter")
    expect(wall.locator(".vb-besl")).to_contain_text(WITHOUT_SCHOOL)
    wall.keyboard.press("Escape")

    chair.locator("#aan-OND-BAKEN").click()
    expect(wall.locator("#bericht")).to_contain_text("alle 6 aanwezige partners")
    expect(school.locator("#kop")).to_contain_text("Uw organisatie is aanwezig")
    narrow(wall)
    during = facts(wall)
    assert before - during == NOT_FOR_THE_SCHOOL
    silent(school, TOGETHER, WITHOUT_SCHOOL)
    walk.look("nadia:muur", "muur-met-school", WALL)
    walk.look("ruben", "mee")
    walk.look("peter", "mee")


def decide_and_dissent(walk: Walk) -> None:
    """With the school there: an action in one line, a decision, and the prosecution that does not agree."""
    wall, school = walk.page("nadia:muur"), walk.page("peter")
    wall.keyboard.press("a")
    wall.keyboard.type(LINE)
    wall.keyboard.press("Enter")
    expect(wall.locator("#rechts")).to_contain_text(TASK)
    wall.keyboard.type(f"! {WITH_SCHOOL}")
    wall.keyboard.press("Enter")
    expect(wall.locator(".vb-besl")).to_contain_text(WITH_SCHOOL)
    expect(school.locator(".vb-besl")).to_contain_text(WITH_SCHOOL)
    expect(school.locator(".vb-besl")).not_to_contain_text(WITHOUT_SCHOOL)
    page = walk.open("margot", f"{walk.meeting}mee/")
    decision = page.locator(".vb-besl li", has_text=WITH_SCHOOL)
    decision.get_by_label("Wijkt af").check()
    decision.get_by_label("Waarom").fill(WHY_NOT)
    decision.get_by_role("button", name="Leg vast").click()
    walk.look("margot", "mee-afwijken")


def leaves_and_ends(walk: Walk) -> None:
    """The school leaves: the wall stays narrow until the chair says that it has gone. Then the meeting ends."""
    chair, wall = walk.page("nadia"), walk.page("nadia:muur")
    narrowed = facts(wall)
    chair.locator("#aanmelden li", has_text="Het Baken College").get_by_role("button", name="Meld af").click()
    expect(wall.locator(".vb-pres__c.is-weg")).to_be_visible()
    narrow(wall)
    assert facts(wall) == narrowed
    walk.look("nadia", "voorzitter-bevestigt")
    chair.locator("#bevestig-OND-BAKEN").click()
    expect(wall.locator("#bericht")).to_contain_text("alle 5 aanwezige partners")
    narrow(wall)
    assert facts(wall) == narrowed | NOT_FOR_THE_SCHOOL
    assert wall.evaluate("window.same") is True, "the wall was loaded anew"
    press(chair, "Rond punt af", exact=False)
    says(wall, "Er is nu geen punt aan de orde")
    press(chair, "Sluit overleg")
    says(chair, "Het overleg is afgelopen")
    walk.look("nadia:muur", "muur-afgelopen", WALL)


def read_the_minutes(walk: Walk) -> None:
    """Each agency reads its own version: the school what was said while it was there, and approves."""
    page = walk.open("sanne", walk.meeting)
    follow(page, "Naar het verslag")
    says(page, WITHOUT_SCHOOL, WITH_SCHOOL, WHY_NOT, TOGETHER, TASK)
    walk.look("sanne", "verslag")
    press(page, "Akkoord namens mijn organisatie")
    expect(main(page).get_by_role("button", name="Akkoord namens mijn organisatie")).to_have_count(0)
    press(page, "Maak mijn PDF")
    says(page, "Uw PDF wordt")
    page = walk.open("peter", walk.meeting)
    follow(page, "Naar het verslag")
    says(page, WITH_SCHOOL, TASK)
    silent(page, WITHOUT_SCHOOL, TOGETHER, OWN_VIEW)
    walk.look("peter", "verslag")
