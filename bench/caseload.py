"""Rows of a large caseload, by arithmetic: case n is the same in every store. stores.py puts them in.

Lean: only what the list and the case page read. Three readers take part in 1 %, 10 % and 90 % of the cases.
In every case the municipality tells who it is about, and the police and the neighbourhood team what they know.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from foundation.masks import to_hex

BEGAN, VISIT, NEWS = "2026-03-15 12:00:00", "2026-09-11 12:00:00", "2026-09-29 12:00:00"
"""In UTC, as both databases read them; PostgreSQL in a session whose zone is UTC."""
READERS = {"1 %": ("JB-MD", "marloes"), "10 %": ("RCL-MD", "wouter"), "90 %": ("POL-MD", "ruben")}
PURPOSE = "pga_adult"
CASE, SUBJECT, PLACE, TAKING = "cases_case", "cases_subject", "cases_casesubject", "cases_participation"
MEMBER, GIVEN, HOLDS, VISITED = (
    "cases_participationmember", "cases_contribution", "cases_circumstance", "cases_casevisit",
)  # fmt: skip
_URGENCY = ("acute", "high", "normal", "normal", "normal", "high", "normal", "normal")
_RANK = {"acute": 0, "high": 1, "normal": 2}
_NO_DATE = "9999-12-31"
_STEP_FROM = date(2026, 11, 2)

COLUMNS: dict[str, str] = {
    CASE: "id uid number kind label district purpose urgency phase phase_since state covenants partners lead_id "
    "opened_at next_step next_step_on next_step_owner",
    SUBJECT: "id uid born_on",
    PLACE: "id case_id subject_id role position",
    TAKING: "id case_id agency_id mode everyone starts ends is_open reason urgency_rank next_step_on",
    MEMBER: "id participation_id professional_id",
    GIVEN: "id uid case_id about_id source_id under section values present kind reliability observed_on given_at "
    "valid_until basis entered_by_id withdrawn_at submission",
    HOLDS: "id case_id nature code about_id contribution_id source_id recipient_id fields starts ends text "
    "recorded_by review_on",
    VISITED: "id professional_id case_id seen_at before",
}

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Row numbers of agencies by code, of the readers' professionals by share, and of one who enters facts."""

    agencies: Mapping[str, int]
    readers: Mapping[str, int]
    writer: int


class Caseload:
    """Makes the rows of cases first, first + 1, …; keeps count of the row numbers it gave out."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.next = dict.fromkeys(COLUMNS, 1)
        self.catalogue = load_catalogue()
        self.rows: Rows = {table: [] for table in COLUMNS}
        self._masks: dict[tuple[str, ...], str] = {}

    def cases(self, numbers: Iterable[int], *, chunk: int = 20_000) -> Iterator[Rows]:
        """The rows of these cases, in chunks."""
        for count, number in enumerate(numbers, start=1):
            self.case(number)
            if count % chunk == 0:
                yield self._taken()
        yield self._taken()

    def _taken(self) -> Rows:
        made, self.rows = self.rows, {table: [] for table in COLUMNS}
        return made

    def add(self, table: str, *values: Any) -> int:
        """One more row; returns its number."""
        number = self.next[table]
        self.next[table] = number + 1
        self.rows[table].append((number, *values))
        return number

    def case(self, n: int) -> None:
        """One case of the ordinary kind."""
        case, urgency, step = self.head(n, family=n % 10 in (3, 7))
        self._takings(n, case, urgency, step)
        places = [self.place(case, n, position) for position in range(2 if n % 10 in (3, 7) else 1)]
        new = NEWS if _mixed(n, 7) % 4 == 0 else BEGAN
        for position, place in enumerate(places):
            self.give(case, place, "GEM-MD", _identity(n, position), at=new)
        self.give(case, places[0], "POL-MD", _police(n), at=BEGAN)
        if len(places) == 1:
            self.give(case, places[0], "SOC-WATERKANT", _support(n), at=BEGAN)
        if n % 3 == 0:
            self.add(HOLDS, case, "condition", "om_consent", *[None] * 4, "", BEGAN, None, "", "bench", None)
        if n % 50 == 0:
            mask = self.mask(("police_incident",))
            self.add(HOLDS, case, "hold", "embargo", *[None] * 4, mask, BEGAN, None, "", "bench", None)

    def head(self, n: int, *, family: bool = False, last: bool = False) -> tuple[int, str, str]:
        """The case itself: its row number, urgency and the day of the next step."""
        urgency = "normal" if last else _URGENCY[_mixed(n, 13) % 8]
        step = _NO_DATE if last or n % 5 == 0 else str(_STEP_FROM + timedelta(days=_mixed(n, 17) % 90))
        covenants = "JS-MD PGA-MD" if n % 5 == 1 else "PGA-MD"
        phase = ("plan", "meeting", "monitoring", "plan")[n % 4]
        case = self.add(
            CASE, _uid(1, n), f"B-{n:07d}", "family" if family else "person", "", f"Wijk {n % 23}", PURPOSE, urgency,
            phase, BEGAN, "open", covenants, "GEM POL SOC ZVH", self.people.agencies["ZVH-MD"], BEGAN,
            "", step, "ZVH",
        )  # fmt: skip
        return case, urgency, step

    def _takings(self, n: int, case: int, urgency: str, step: str) -> None:
        self.taking(case, "ZVH-MD", urgency, step)
        for share, one_in, (code, _persona) in zip(READERS, (1, 10, 90), READERS.values(), strict=True):
            if n * 37 % 100 < one_in:
                named = n % 10 == 4
                taking = self.taking(case, code, urgency, step, everyone=not named)
                if named:
                    self.add(MEMBER, taking, self.people.readers[share])
                if _mixed(n, 9) % 2:
                    self.add(VISITED, self.people.readers[share], case, VISIT, None)

    def taking(self, case: int, code: str, urgency: str, step: str, *, everyone: bool = True) -> int:
        """An agency takes part."""
        agency = self.people.agencies[code]
        return self.add(
            TAKING, case, agency, "live", everyone, BEGAN, None, True, "bench", _RANK[urgency], step
        )  # fmt: skip

    def place(self, case: int, n: int, position: int) -> int:
        """A person concerned and their place in the case."""
        subject = self.add(SUBJECT, _uid(2 + position, n), _born(n))
        return self.add(PLACE, case, subject, "circle" if position else "subject", position)

    def give(self, case: int, place: int | None, source: str, values: dict[str, Any], *, at: str) -> int:
        """A contribution. The text is what SealedFacts.seal makes of it."""
        text = json.dumps({"facts": values}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return self.add(
            GIVEN, _uid(9, self.next[GIVEN]), case, place, self.people.agencies[source], "PGA-MD", "bench", text,
            self.mask(tuple(values)), "fact", 2, at[:10], at, None, "B1", self.people.writer, None, None,
        )  # fmt: skip

    def mask(self, codes: tuple[str, ...]) -> str:
        """The field set of these codes as a column holds it."""
        if codes not in self._masks:
            self._masks[codes] = to_hex(self.catalogue.mask(codes))
        return self._masks[codes]


def _mixed(n: int, shift: int) -> int:
    """A number that depends on n in no visible way, so that urgency, news and visits go their own ways."""
    return (n * 0x9E3779B1 & 0xFFFFFFFF) >> shift


def _uid(kind: int, n: int) -> str:
    """A uuid that is the same for case n in every store, and scattered as random ones are."""
    mixed = (n * 0x9E3779B97F4A7C15 + kind * 0xC2B2AE3D27D4EB4F) & (2**64 - 1)
    return f"{mixed:016x}{0x8000000000000000 | kind << 48 | n:016x}"


def _born(n: int) -> str:
    return f"{1960 + n % 50}-{1 + n % 12:02d}-{1 + n % 28:02d}"


def _identity(n: int, position: int) -> dict[str, Any]:
    return {
        "full_name": f"Persoon {n}-{position} van der Bench",
        "date_of_birth": _born(n),
        "contact_details": f"06-{n:08d}",
        "household_member": "Woont alleen",
    }


def _police(n: int) -> dict[str, Any]:
    return {
        "police_contacts_12m": n % 17,
        "police_nuisance_reports": n % 5,
        "police_incident": "Melding van overlast in de avond; ter plaatse gesproken en doorverwezen.",
    }


def _support(n: int) -> dict[str, Any]:
    return {"income_source": "uitkering", "debt_problem": "Achterstand bij de huur", "support_goals": f"Doel {n}"}


# --- the case of forty facts ---------------------------------------------------------------------------------

FORTY = "B-FORTY"
FORTY_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("GEM-MD", ("full_name", "date_of_birth", "bsn", "aliases", "contact_details")),
    ("GEM-MD", ("household_member", "relationship_type", "legal_guardian", "supportive_network", "language_support")),
    ("POL-MD", ("police_contacts_12m", "police_nuisance_reports", "police_incident", "police_suspect_status",
                "police_domestic_violence")),
    ("OM-MD", ("criminal_case_status", "special_conditions", "contact_area_ban", "conviction_summary")),
    ("SOC-WATERKANT", ("income_source", "work_status", "debt_problem", "debt_arrangement", "support_goals",
                       "wmo_provision")),
    ("GGZ-MD", ("care_in_place", "care_contact", "handling_advice")),
    ("POL-MD", ("visit_risk", "visit_instruction", "weapon_risk", "police_risk_contact")),
    ("RCL-MD", ("probation_supervision", "probation_compliance", "release_date", "detention_status", "visit_risk",
                "visit_instruction", "support_goals", "work_status")),
)  # fmt: skip
CONDITIONS = ("om_consent", "explicit_consent", "good_care", "legal_permission")


def forty(load: Caseload, n: int) -> None:
    """The case of eight contributions and forty facts, all of them visible to the reader of 10 %."""
    many_facts(load, n, FORTY, repeats=1)


def many_facts(load: Caseload, n: int, number: str, *, repeats: int) -> None:
    """A case under every condition, last in every list, with the eight contributions `repeats` times."""
    case, urgency, step = load.head(n, last=True)
    row = load.rows[CASE][-1]
    load.rows[CASE][-1] = (*row[:2], number, *row[3:8], "plan", *row[9:11], "PGA-MD", *row[12:])
    for code in ("ZVH-MD", "RCL-MD", "POL-MD", "GEM-MD", "OM-MD", "GGZ-MD"):
        load.taking(case, code, urgency, step)
    place = load.place(case, n, 0)
    for name in CONDITIONS:
        load.add(HOLDS, case, "condition", name, *[None] * 4, "", BEGAN, None, "", "bench", None)
    for _ in range(repeats):
        for source, codes in FORTY_FACTS:
            values = {code: f"Waarde van {code}, in gewone woorden zoals een professional ze typt." for code in codes}
            load.give(case, place, source, values, at=BEGAN)
