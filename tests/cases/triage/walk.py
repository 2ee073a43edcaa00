"""A case on its way through triage, step by step, for the tests of this room."""

from datetime import date
from typing import Any

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from cases.models import Case
from cases.records.sealed import SealedFacts
from cases.triage import commands
from cases.triage.commands import Opened, Typed
from cases.triage.models import KnownCheck
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import give, make_case, reading
from tests.invariants.world import World

BSN = "999993653"
OTHER_BSN = "111222333"
NAME, BORN = "Zoë van den Berg-Ünal", date(1986, 4, 2)
LIVE = ("ZVH-MD", "GEM-MD", "POL-MD")
ASKED = ("OM-MD", "POL-MD")
GROUNDS = {
    "legal_basis": "Wgs art. 2.31 en BGS art. 2.20.",
    "proportionality": "De overlast raakt de hele straat.",
    "subsidiarity": "Buurtbemiddeling en wijkteam hielpen niet.",
}


def in_triage(world: World, number: str, *, live: tuple[str, ...] = LIVE, **more: Any) -> Case:
    """A case in triage with a name and an address from the municipality and lines from the police; not begun."""
    case = make_case(number, live=live, phase="triage", **more)
    give(world, case, "GEM-MD", full_name=NAME, date_of_birth=BORN.isoformat(), bsn=BSN)
    give(world, case, "GEM-MD", brp_address="Kade 12")
    give(world, case, "POL-MD", signal_summary="Geschreeuw in de nacht", signal_domain="nuisance")
    give(world, case, "POL-MD", problem_domains="Wonen: overlast")
    give(world, case, "POL-MD", police_contacts_12m=7)
    return case


def begun(world: World, number: str, *, to: int = 1, **more: Any) -> Case:
    """The same with triage at filter `to`; at 3 the police answered that it knows the person."""
    case = in_triage(world, number, **more)
    commands.start_triage(reading(world, "nadia"), number)
    if to >= 2:
        commands.pass_filter(reading(world, "nadia"), number, 2)
    if to >= 3:
        check = running(world, number)
        commands.answer(reading(world, "margot"), check.uid, answer="unknown")
        commands.answer(reading(world, "ruben"), check.uid, answer="known")
        commands.pass_filter(reading(world, "nadia"), number, 3)
    if to >= 4:
        admitted(world, number)
        commands.pass_filter(reading(world, "nadia"), number, 4)
    return case


def running(world: World, number: str, agencies: tuple[str, ...] = ASKED) -> KnownCheck:
    """A known-check that was put to these agencies and started by who reported."""
    check = commands.ask(reading(world, "nadia"), number, agencies=agencies)
    return commands.identify(reading(world, "sanne"), check.uid, Typed(bsn=BSN, name=NAME, born_on=BORN))


def judged(world: World, number: str, **met: bool) -> None:
    """All four criteria, met unless said otherwise."""
    for letter in "abcd":
        commands.judge(
            reading(world, "nadia"), number, letter, fulfilled=met.get(letter, True), text=f"Reden van {letter}."
        )


def admitted(world: World, number: str) -> None:
    """Judged, proposed and agreed by the municipality."""
    judged(world, number)
    commands.propose(reading(world, "nadia"), number, "admit", text="Alle vier vervuld.")
    commands.respond(reading(world, "sanne"), number, agrees=True)


def opening(world: World, **changed: Any) -> Opened:
    """What the director fills in to open a case."""
    what: dict[str, Any] = {
        "purpose": "pga_adult", "covenants": ("PGA-MD",), **GROUNDS, "lead": "ZVH-MD",
        "participants": {"ZVH-MD": "directs", "GEM-MD": "task", "POL-MD": "order", "WON-WATERWEG": "reports"},
        "director": str(world.people["nadia"].uuid),
    }  # fmt: skip
    return Opened(**(what | changed))


def sealed_words(world: World, case: Case, agency: str, **values: Any) -> dict[str, Any]:
    """The columns of words that an agency wrote about the main person of a case."""
    return {
        "case": case, "about": case.case_subjects.first(), "source": Agency.objects.get(code=agency),
        "under": case.covenants, "values": SealedFacts.seal(values), "present": to_hex(load_catalogue().mask(values)),
        "given_at": clock.now(), "entered_by": world.people["nadia"],
    }  # fmt: skip
