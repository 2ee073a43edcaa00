"""What a realistic caseload looks like: shares, names, streets, sentences. Numbers and words only, no tables.

Everything is invented. Citizen numbers come from the range that is reserved for testing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from agreements.policy.catalogue import Field

Item = TypeVar("Item")
Weights = Mapping[Item, float]

KINDS: Weights[str] = {"person": 75, "family": 20, "area": 5}
URGENCIES: Weights[str] = {"acute": 6, "high": 24, "normal": 70}
STATES: Weights[str] = {"open": 96, "paused": 3, "closed": 1}
PHASES: Weights[str] = {"signal": 6, "triage": 12, "meeting": 18, "plan": 28, "monitoring": 26, "aftercare": 10}
AGES: Weights[tuple[int, int]] = {(12, 17): 35, (18, 25): 25, (26, 45): 28, (46, 78): 12}
ADULT_PURPOSES: Weights[str] = {"pga_adult": 65, "prevent_eviction": 18, "aftercare_detention": 17}
FAMILY_PURPOSES: Weights[str] = {"pga_youth": 60, "prevent_eviction": 40}
CIRCLE: Weights[int] = {0: 75, 1: 20, 2: 5}
FAMILY_SIZE: Weights[int] = {2: 45, 3: 35, 4: 20}
MORE_CONTRIBUTIONS: Weights[int] = {1: 25, 2: 45, 3: 30}
FIELDS_EACH: Weights[int] = {2: 15, 3: 35, 4: 35, 5: 15}
STATEMENT_KINDS: Weights[str] = {"fact": 80, "opinion": 14, "hearsay": 6}
RELIABILITY: Weights[int] = {1: 45, 2: 35, 3: 15, 4: 5}
CORRECTED = 0.08
WITHDRAWN = 0.02
THIRD_PARTY = 0.12
YOUTH_SCHOOL = 0.35
WITHOUT_NEXT_STEP = 0.12

SHARES: dict[str, float] = {
    "GEM-MD": 0.92, "ZVH-MD": 0.70, "POL-MD": 0.55, "SOC-WATERKANT": 0.28, "OM-MD": 0.20, "GGZ-MD": 0.18,
    "JB-MD": 0.14, "RCL-MD": 0.11, "RVK-MD": 0.05, "GGD-MD": 0.04, "DJI-MD": 0.03, "BGM-MD": 0.03, "VT-MD": 0.0105,
}  # fmt: skip
"""In which part of the cases an agency reads along. With closed cases and areas taken off, three personas have
a caseload of a known size: Sanne (GEM-MD) some 90 %, Wouter (RCL-MD) some 10 %, Fenna (VT-MD) some 1 %."""
FEWEST, MOST = 2, 6
"""How many agencies take part in a case."""

DISTRICTS = (
    "Waterkant",
    "De Terp",
    "Kruithof",
    "Havenkwartier",
    "Rietveld-Zuid",
    "Polderhof",
    "Stadsrand",
    "Oude Sluis",
)
_FIRST = (
    "Aylin", "Bart", "Chantal", "Daan", "Dewi", "Emma", "Esther", "Fatima", "Femke", "Gerda", "Hamza",
    "Henk", "Ibrahim", "Ingrid", "Jaap", "Jasmijn", "Jelle", "Joyce", "Kevin", "Khadija", "Lars", "Lisa",
    "Luuk", "Marieke", "Mehmet", "Milan", "Mohammed", "Naomi", "Nienke", "Noor", "Omar", "Patricia",
    "Quincy", "Ravi", "Rosa", "Sander", "Saskia", "Sem", "Shanti", "Stefan", "Tara", "Thijs", "Tom", "Vera",
    "Wesley", "Yara", "Youssef", "Zoë",
)  # fmt: skip
_LAST = (
    "Aalbers", "van den Akker", "Bakhuizen", "El Bakkali", "Berkhout", "Bloemhof", "de Bruin", "Çelik",
    "Cornelissen", "van Dalen", "Dijkstra", "Doornbos", "Eikelboom", "van Es", "Ferreira", "Geerlings",
    "Groenveld", "de Haan", "Haddad", "Hofstra", "Jansen", "Kappers", "de Koning", "Kuipers",
    "van der Laan", "Lansink", "Martina", "Meijer", "Mulder", "Nijland", "Oosterhuis", "Özdemir", "Peeters",
    "Pinas", "Polderman", "Ramdin", "Rietdijk", "Schaap", "Smit", "Tahiri", "Terpstra", "Verhoeven",
    "Visscher", "de Vries", "Wagenaar", "Westerhof", "Zandstra", "Zwart",
)  # fmt: skip
_STREETS = (
    "Kadeplein", "Sluisweg", "Terpstraat", "Buskruitlaan", "Havenstraat", "Rietkraag", "Vlietkant",
    "Molenpad", "Dijkzicht", "Stuurboord", "Touwslagersgang", "Kraanvogelhof",
)  # fmt: skip
_SENTENCES: dict[str, tuple[str, ...]] = {
    "signal_summary": (
        "Buren horen al weken ruzie in de avond; overdag gaat niemand de deur uit.",
        "Komt afspraken niet na en is sinds kort dakloos.",
        "Schulden lopen op en de post blijft ongeopend.",
        "Is opvallend vaak op straat met een oudere groep.",
    ),
    "problem_domains": (
        "Geld: achterstanden.\nWonen: onzeker.",
        "School: verzuim.\nThuis: spanningen.",
        "Werk: geen.\nDag: leeg.",
    ),
    "police_incident": (
        "Betrokken bij een vechtpartij op het plein; geen aangifte.",
        "Winkeldiefstal, op heterdaad aangehouden.",
        "Vernieling van een bushokje, samen met twee anderen.",
    ),
    "police_domestic_violence": (
        "Melding door buren; partijen gesproken, geen letsel.",
        "Twee meldingen in een half jaar.",
    ),
    "support_goals": (
        '"Ik wil weer werk waar ik om zes uur voor opsta."',
        '"Eerst rust in huis, dan de rest." Wekelijks gesprek.',
        "Vaste lasten op orde en een vaste dag voor de post.",
    ),
    "subject_view": (
        '"Ik werk mee als ik weet wie wat leest."',
        '"Het gaat beter dan jullie denken."',
        "Eens met het plan.",
    ),
    "handling_advice": ("Kondig het gesprek aan en houd het kort.", "Spreek rustig en stel één vraag tegelijk."),
    "visit_instruction": ("Bel vooraf.", "Kom met twee personen.", "Niet na acht uur 's avonds."),
    "school_observation": ("Slaapt in de les en ontwijkt gesprek.", "Komt de laatste weken weer op tijd."),
    "home_nuisance": ("Geluid in de nacht, drie klachten dit kwartaal.", "Portiek vervuild; na gesprek verbeterd."),
    "youth_work_note": ("Doet mee met de avondsport en komt afspraken na.", "Praat gemakkelijk zodra de groep weg is."),
    "street_observation": ("Rond tien uur alleen op het plein gezien.", "Groep van zes bij de tramhalte, rustig."),
    "hotspot_note": ("Achterkant winkelcentrum, vrijdag na tien uur.", "Speelplaats, doordeweeks na schooltijd."),
}
_ANY_SENTENCE = (
    "Besproken met betrokkene; volgende maand opnieuw bekijken.",
    "Geen bijzonderheden sinds de vorige keer.",
    "Loopt volgens afspraak.",
    "Vraagt aandacht in het eerstvolgende overleg.",
)
NEXT_STEPS = (
    "Plan bespreken met betrokkene", "Huisbezoek samen met het wijkteam", "Actie evalueren", "Toezicht bespreken",
    "Overleg voorbereiden", "Contact met de bewindvoerder", "Uitstel afspreken", "Zienswijze ophalen",
)  # fmt: skip
REASONS = ("Kent betrokkene.", "Voert een actie uit.", "Levert gegevens.", "Bewaakt de veiligheid.", "Melder.")


def pick(rng: Random, weights: Weights[Item]) -> Item:
    """One key, each as often as its weight says."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def name(rng: Random) -> str:
    """A first and a last name."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def address(rng: Random) -> str:
    """A street that does not exist, in Maasdelta."""
    letters = f"{rng.choice('ABCDEFGH')}{rng.choice('JKLMNPRS')}"
    return f"{rng.choice(_STREETS)} {rng.randint(1, 240)}, {rng.randint(3190, 3199)} {letters} Maasdelta"


def citizen_number(rng: Random) -> str:
    """A number of the test range that passes the eleven test."""
    while True:
        digits = [9, 9, 9, 9, 9, *(rng.randint(0, 9) for _ in range(3))]
        check = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if check < 10:
            return "".join(map(str, (*digits, check)))


def birth_date(rng: Random, *, ages: tuple[int, int], today: date) -> date:
    """A day of birth of somebody whose age lies in [youngest, oldest]."""
    youngest, oldest = ages
    return today - timedelta(days=rng.randint(youngest * 366, oldest * 365))


def fact(field: Field, rng: Random, *, today: date) -> Any:
    """A value that fits the field."""
    return _MAKERS[field.type](field, rng, today)


def _text(field: Field, rng: Random, today: date) -> str:
    if field.code == "bsn":
        return citizen_number(rng)
    if field.code == "full_name":
        return name(rng)
    if field.code == "contact_details":
        return f"06-5550 {rng.randint(0, 9999):04d}"
    return rng.choice(_SENTENCES.get(field.code) or _ANY_SENTENCE)


def _number(field: Field, rng: Random, today: date) -> Any:
    if field.choices:
        parts: Sequence[str] = [code for code, _, _ in field.choices]
        return {code: rng.randint(1, 5) for code in rng.sample(parts, min(4, len(parts)))}
    return min(int(rng.expovariate(0.2)), 60)


_MAKERS = {
    "text": _text,
    "long": _text,
    "person": lambda field, rng, today: name(rng),
    "address": lambda field, rng, today: address(rng),
    "date": lambda field, rng, today: (today + timedelta(days=rng.randint(-400, 120))).isoformat(),
    "choice": lambda field, rng, today: rng.choice(field.choices)[0],
    "bool": lambda field, rng, today: rng.random() < 0.5,
    "number": _number,
}
