"""What partners do with an opened case: facts, a question, a note, and a decision of the own leadership."""

from typing import Any

from tests.browser.walk import Walk, follow, main, press, says, silent
from tests.browser.walk_intake import BORN, WHO

INCIDENT = "Op 12 november aangesproken in het centrum, in gezelschap van twee meerderjarigen."
ASLEEP = "Slaapt in de les en eet in de pauze niet."
GIVEN: dict[str, dict[str, Any]] = {
    "sanne": {"Naam": WHO, "Geboortedatum": BORN},
    "ruben": {"Contacten 12 mnd": "4"},
    "peter": {"Observatie school": ASLEEP},
}
QUESTION = "Wat speelde er in november op straat? Wij willen weten of zij daar alleen was."
NOTE = "Bel moeder liever niet op woensdag."
STUCK = "Voor een begeleider in de avond is geen budget. Mag dit uit maatwerk?"
DECIDED = "Ja, drie maanden uit maatwerk. Begin maandag."


def give_what_they_know(walk: Walk) -> None:
    """Each agency gives its own facts, and reads of the others what the covenant gives it."""
    for who, facts in GIVEN.items():
        page = walk.case(who)
        follow(page, "Bijdrage toevoegen")
        for label, value in facts.items():
            main(page).get_by_label(f"{label} (niet verplicht)", exact=True).fill(value)
        walk.look(who, "bijdrage")
        press(page, "Voeg toe")
        says(page, "Uw bijdrage is opgeslagen")
    says(walk.case("nadia"), WHO, ASLEEP, "Contacten 12 mnd")
    walk.look("nadia", "casus")
    page = walk.case("peter")
    says(page, WHO, ASLEEP, "Contacten 12 mnd", "Afgeschermd")
    walk.look("peter", "casus")
    page = walk.case("ruben")
    says(page, WHO)
    silent(page, ASLEEP)
    walk.look("ruben", "casus")


def asks_the_police(walk: Walk) -> None:
    """The director asks; the police fill in just that field, and the question is answered by what they gave."""
    page = walk.case("nadia", "vragen/")
    follow(page, "Stel een vraag")
    follow(page, "Politie")
    main(page).get_by_label("Incident", exact=True).check()
    main(page).get_by_label("Wat vraagt u, en waarom?").fill(QUESTION)
    walk.look("nadia", "vraag")
    press(page, "Stel de vraag")
    says(page, QUESTION)
    silent(walk.case("peter", "vragen/"), QUESTION)

    page = walk.open("ruben", "/inbox/")
    walk.look("ruben", "inbox")
    main(page).get_by_role("link", name=walk.number).first.click()
    says(page, QUESTION)
    follow(page, "Vul deze velden in")
    main(page).get_by_label("Incident (niet verplicht)", exact=True).fill(INCIDENT)
    press(page, "Voeg toe")
    says(page, "U gaf alles wat is gevraagd")
    press(page, "Rond af")
    says(page, "Beantwoord")
    walk.look("ruben", "vraag-beantwoord")
    says(walk.case("nadia"), INCIDENT)
    silent(walk.case("peter"), INCIDENT)


def leave_a_note(walk: Walk) -> None:
    """A note for the partners: who reads it stands beside it."""
    page = walk.case("sanne", "vragen/")
    main(page).get_by_role("textbox", name="Notitie").fill(NOTE)
    press(page, "Bewaar notitie")
    says(page, NOTE)
    walk.look("sanne", "notitie")
    says(walk.case("marloes", "vragen/"), NOTE)


def escalates(walk: Walk) -> None:
    """The municipality's own leadership decides, on a phone, and reads the question but not the case."""
    page = walk.case("sanne")
    follow(page, "Schaal op")
    main(page).get_by_label("Wat vraagt u van uw leiding?").fill(STUCK)
    walk.look("sanne", "opschalen")
    press(page, "Schaal op")
    page = walk.open("anouk", "/inbox/")
    walk.look("anouk", "inbox")
    main(page).locator("li", has_text=walk.number).get_by_role("link", name="Uw team vraagt u een besluit").click()
    says(page, STUCK, "U leest de vraag van uw eigen medewerker, niet de casus")
    silent(page, WHO)
    main(page).get_by_label("Uw besluit").fill(DECIDED)
    walk.look("anouk", "besluit")
    press(page, "Besluit")
    says(page, "Uw besluit is opgeslagen")
    says(walk.case("anouk"), "Het convenant geeft uw rol hier geen doel")
    page = walk.open("sanne", "/inbox/")
    main(page).get_by_role("link", name="Uw leiding besloot op uw opschaling").first.click()
    says(page, DECIDED)
    for who in ("nadia", "ruben"):
        silent(walk.open(who, "/inbox/"), STUCK, DECIDED)
