"""From a resident's signal to an opened case: report, take over, the four filters, the opening. No test lives here."""

from playwright.sync_api import Page, expect

from foundation import clock
from tests.browser.walk import RESIDENT, Walk, follow, main, press, says, silent

SEEN = "Een jongen van een jaar of vijftien zit overdag alleen in het portiek en zegt dat hij niet naar school gaat."
LATER = "Vandaag zat hij er weer, met twee oudere jongens. Hij huilde."
WHO = "Noor Verschuur"
BORN = "2011-03-14"
TODAY = clock.today().isoformat()
GROUNDS = {
    "Grondslag": "AVG art. 6 lid 1 onder e en het convenant JS-MD.",
    "Proportionaliteit": "Het gaat om een leerling die uit beeld raakt; alleen wat daarvoor nodig is wordt gedeeld.",
    "Subsidiariteit": "Gesprekken op school en een brief van leerplicht hielpen niet.",
}
PARTICIPANTS = {
    "Zorg- en Veiligheidshuis Maasdelta": "Voert de regie.",
    "Politie, basisteam Maasdelta-Zuid": "Kent de betrokkene of het gezin.",
    "Gemeente Maasdelta, sociaal team": "Heeft een taak in de aanpak.",
    "Jeugdbescherming Maasdelta": "Geeft zorg of hulp.",
    "Openbaar Ministerie, parket Maasdelta": "Treedt op in strafrecht of openbare orde.",
    "Het Baken College": "Heeft een taak in de aanpak.",
}
KNOWERS = ("Politie", "Jeugdbescherming", "Openbaar Ministerie")
ANSWERS = {
    "ruben": "Bij ons bekend", "marloes": "Bij ons niet bekend", "margot": "Dat mogen wij niet zeggen",
}  # fmt: skip
LINE = "Veiligheid: op straat met ouderen. School: hele dagen weg."
WHY = (
    "School, veiligheid en thuis spelen samen.", "Eén partner alleen komt er niet uit.",
    "Leerplicht en wijkteam hielpen niet.", "Zonder plan loopt het uit de hand.",
)  # fmt: skip


def reports(walk: Walk) -> None:
    """A resident reports on a phone, writes the code down and later adds something with it."""
    page = walk.open(RESIDENT, "/melden/")
    walk.look(RESIDENT, "melden")
    main(page).get_by_label("Een persoon of gezin").check()
    main(page).get_by_label("School", exact=True).check()
    main(page).get_by_label("Over wie gaat het?").fill(WHO)
    # At the pace of a person: what is sent within four seconds of opening a form is taken for a program.
    main(page).get_by_label("Wat zag of hoorde u?").press_sequentially(SEEN, delay=42)
    page.get_by_role("button", name="Verstuur").click()
    says(page, "Uw melding is ontvangen", "Schrijf deze code op")
    code = page.locator(".vb-code").inner_text()
    walk.look(RESIDENT, "code")
    follow(page, "Volg uw melding")
    main(page).get_by_label("Uw code").fill(code)
    press(page, "Toon")
    says(page, "Meer kunnen wij u niet vertellen")
    main(page).get_by_label("Wat wilt u toevoegen?").press_sequentially(LATER, delay=72)
    press(page, "Voeg toe")
    says(page, "Wat u toevoegde is ontvangen")
    silent(page, SEEN, WHO)
    walk.look(RESIDENT, "volgen")


def takes_over(walk: Walk) -> str:
    """The municipality reads the report and passes it on to the care-and-safety house; answers its number."""
    page = walk.open("sanne", "/signalen/")
    walk.look("sanne", "signalen")
    silent(page, SEEN, WHO)
    page.locator(".vb-sig__r.is-nieuw", has_text="namens een bewoner").first.get_by_role("link").click()
    says(page, "Gemeld door een bewoner", SEEN, LATER)
    walk.look("sanne", "signaal")
    number = page.url.rstrip("/").rpartition("/")[2]
    follow(page, "Stuur door")
    main(page).get_by_label("Naar").select_option(
        label=page.locator("option", has_text="Zorg- en Veiligheidshuis").first.inner_text()
    )
    press(page, "Stuur door")
    says(page, "doorgestuurd")
    return number


def starts_triage(walk: Walk, signal: str) -> None:
    """The director opens what was sent on and makes a case of it: nobody reads yet whom it is about."""
    page = walk.open("nadia", "/signalen/")
    walk.look("nadia", "signalen")
    page.locator(".vb-sig__r", has_text=signal).get_by_role("link").click()
    says(page, SEEN)
    silent(page, WHO)
    press(page, "Start triage")
    page.wait_for_url("**/triage/")
    walk.number = page.url.split("/")[-3]
    says(page, "zonder naam of adres", SEEN)
    silent(page, WHO)
    walk.look("nadia", "filter-1")
    for who in ("ruben", "peter", "marloes"):
        walk.lacks(who, f"/casus/{walk.number}/")


def asks_who_knows(walk: Walk) -> None:
    """Filter 2: the question goes out, and the municipality says once whom it is about."""
    page = walk.page("nadia")
    press(page, "Volledig en juist: naar filter 2")
    says(page, "Er is nog niet gevraagd wie de betrokkene kent")
    for box in page.locator("input[name=agencies]").all():
        box.uncheck()
    for name in KNOWERS:
        page.locator("label", has_text=name).locator("input[name=agencies]").check()
    press(page, "Stel de vraag")
    says(page, "Wacht op de melder")
    walk.check = page.locator("h3", has_text="Vraag").inner_text()
    walk.look("nadia", "filter-2")
    page = _check(walk, "sanne")
    _is(page)
    press(page, "Start de vraag")
    silent(page, WHO)


def answers_blind(walk: Walk) -> None:
    """Known, not known, may not say. Nobody sees an answer before all have answered, the asker neither."""
    for who, answer in ANSWERS.items():
        page = _check(walk, who)
        silent(page, WHO, SEEN)
        if who == "ruben":
            _is(page)
            press(page, "Vergelijk")
            says(page, "Dit is dezelfde persoon")
            silent(page, WHO)
            walk.look("ruben", "bekend")
        main(page).get_by_label(answer).check()
        press(page, "Geef antwoord")
        seen = walk.case("nadia", "triage/")
        if who != list(ANSWERS)[-1]:
            says(seen, "antwoord binnen, nog dicht")
            expect(seen.locator(".vb-antwoorden").first).not_to_contain_text("ekend")
    says(seen, *ANSWERS.values())
    walk.look("nadia", "filter-2-antwoorden")


def _check(walk: Walk, who: str) -> Page:
    page = walk.open(who, "/bekendheid/")
    follow(page, walk.check)
    return page


def _is(page: Page) -> None:
    main(page).get_by_label("Volledige naam").fill(WHO)
    main(page).get_by_label("Geboortedatum").fill(BORN)


def weighs(walk: Walk) -> None:
    """Filter 3: who knows her takes part and gives a line; the four criteria get a yes and a reason."""
    page = walk.page("nadia")
    press(page, "Loopt nog niet elders: naar filter 3")
    says(page, "De vier criteria")
    page = walk.case("ruben")
    silent(page, WHO)
    follow(page, "Bijdrage toevoegen")
    main(page).get_by_label("Problemen per leefgebied").fill(LINE)
    press(page, "Voeg toe")
    says(page, "Uw bijdrage is opgeslagen")
    page = walk.case("nadia", "triage/")
    says(page, LINE)
    silent(page, WHO)
    for letter, why in zip("abcd", WHY, strict=True):
        page.locator(f"#criterium_{letter}_met").get_by_label("Ja").check()
        page.locator(f"#criterium_{letter}_text").fill(why)
    press(page, "Leg het oordeel vast")
    says(page, *WHY)
    walk.look("nadia", "filter-3")
    page.locator("#voorstel_outcome").select_option(label="Toelaten")
    page.locator("#voorstel_text").fill("Alle vier de criteria zijn vervuld.")
    press(page, "Leg het voorstel voor")
    says(page, "Voorstel: Toelaten")


def admits(walk: Walk) -> None:
    """The municipality agrees: admitted. Only then, and on record, the director sees whom it is about."""
    page = walk.case("sanne", "triage/")
    says(page, "Voorstel: Toelaten")
    walk.look("sanne", "voorstel")
    press(page, "Stem in")
    page = walk.case("nadia", "triage/")
    says(page, "Besloten: Toelaten")
    silent(page, WHO)
    press(page, "Maak zichtbaar om wie het gaat")
    says(page, WHO)
    walk.look("nadia", "filter-4")


def opens(walk: Walk) -> None:
    """Purpose, grounds, covenants, six agencies with a reason each; then the person concerned is told."""
    page = walk.page("nadia")
    follow(page, "Open de casus")
    main(page).get_by_label("Doel").select_option(label="Jeugd en school")
    for code in ("PGA-MD", "NAZORG-MD"):
        main(page).get_by_label(code).uncheck()
    main(page).get_by_label("JS-MD").check()
    for name, words in GROUNDS.items():
        main(page).get_by_label(name).fill(words)
    main(page).get_by_label("Trekker").select_option(label="Zorg- en Veiligheidshuis Maasdelta")
    main(page).get_by_label("Procesregisseur").select_option(
        label="Nadia El Idrissi, Zorg- en Veiligheidshuis Maasdelta"
    )
    page.locator("summary").filter(has_text="andere organisatie").click()
    for agency, reason in PARTICIPANTS.items():
        main(page).get_by_label(agency, exact=True).last.select_option(label=reason)
    walk.look("nadia", "openen")
    press(page, "Open de casus")
    says(page, "De casus is geopend en gaat naar het overleg")
    follow(page, "Informeren")
    main(page).get_by_label("Geïnformeerd op").fill(TODAY)
    press(page, "Leg vast: geïnformeerd")
    says(page, "Geïnformeerd op")
    walk.look("nadia", "informeren")
    for who in ("ruben", "sanne", "margot", "marloes", "peter"):
        says(walk.case(who), "Wat mag ik hier zien?")
    walk.lacks("tessa", f"/casus/{walk.number}/")
