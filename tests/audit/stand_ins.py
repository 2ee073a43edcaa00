"""Small worlds for the ground floor: entries, officers, and the names that upper floors would supply."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from audit import ports
from audit.journal.entry import Action, Entry, Outcome

POLICE = "00000001001299992000"
SCHOOL = "00000001001299994000"
BUREAU = "00000001001299990000"
WIJKAGENT = "professional:3f0e7c52-0001-4000-8000-000000000001"
TEACHER = "professional:3f0e7c52-0002-4000-8000-000000000002"
ZORRO = "subject:9a0e7c52-0001-4000-8000-000000000001"
NADIA = "subject:9a0e7c52-0002-4000-8000-000000000002"
CASE = "case:77777777-0001-4000-8000-000000000001"

NAMES = {POLICE: "Politie Maasdelta", SCHOOL: "Het Baken", BUREAU: "Zorg- en Veiligheidshuis", WIJKAGENT: "D. Kuipers",
         TEACHER: "M. Bos", CASE: "MD-2026-0425", ZORRO: "Betrokkene MD-2026-0425"}  # fmt: skip


def entry(**what: Any) -> Entry:
    """A read by the police officer of case CASE; `what` changes or adds."""
    given: dict[str, Any] = {
        "event_type": "case.read",
        "action": Action.READ,
        "outcome": Outcome.OK,
        "actor_ref": WIJKAGENT,
        "agency_ref": POLICE,
        "case_ref": CASE,
    }
    return Entry(**(given | what))


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A visitor as this floor sees one, with what the frame of every page asks for."""

    agency_ref: str
    actor_ref: str = "professional:3f0e7c52-0009-4000-8000-000000000009"
    roles: frozenset[str] = frozenset({"privacy_officer"})
    name: str = "Ineke Vos"
    trace_id: str = "ab" * 16
    theme: str = "auto"
    agency: dict[str, str] = field(default_factory=lambda: {"name": "Bureau", "monogram": "ZVH", "type": "ZVH"})


@dataclass(slots=True)
class UpperFloor:
    """Counts how often names are asked, so that a list cannot ask per line."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def labels_of(self, references: Iterable[str]) -> dict[str, str]:
        self.asked.append(tuple(references))
        return NAMES

    def supply(self) -> None:
        ports.supply("stand-in", self.as_supply())

    def as_supply(self) -> ports.Supply:
        def by_name(text: str, visitor: ports.Visitor) -> tuple[str, ...]:
            return tuple(ref for ref, name in NAMES.items() if text.casefold() in name.casefold())

        return ports.Supply(
            labels_of=self.labels_of,
            scope_of=lambda visitor: None if visitor.agency_ref == BUREAU else visitor.agency_ref,
            find=dict.fromkeys(ports.Sort, by_name),
            event_types={"case.read": "Casus gelezen", "journal.read": "Logboek gelezen"},
        )
