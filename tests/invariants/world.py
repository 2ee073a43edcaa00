"""A world with a unique marker in every field of every contribution, and the oracle's word on each.

Agencies, personas and covenants are those of the demo; the cases are made here, so that each agency
gives every field of which it can be a source, about two persons, in several phases and covenants.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.formats import date_format

from agreements.covenants.commands.loading import load_covenant
from agreements.covenants.in_force import current_policy
from agreements.covenants.rules import operator
from agreements.models import Agency, CovenantVersion, Professional
from agreements.parties.commands.loading import load_parties
from agreements.policy.catalogue import load_catalogue
from agreements.policy.conditions import condition_bit
from agreements.policy.document import load_document
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.models import (
    Case,
    CaseCovenant,
    CaseSubject,
    Circumstance,
    Contribution,
    Extract,
    Participation,
    PhaseChange,
    Subject,
)
from cases.records.phases import URGENCY_RANK, Urgency
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from tests.policy.oracle import World as OracleWorld
from tests.policy.oracle import oracle_grades

PLANTS = [
    import_module(f"tests.invariants.plants.{name}").plant
    for name in sorted(path.stem for path in (Path(__file__).parent / "plants").glob("[a-z]*.py"))
]
"""Each room plants markers in its own words: plant(world, counter, agencies)."""

DEMO = Path(__file__).resolve().parent.parent.parent / "deploy" / "demo"
SPECIAL = {"date", "number"}


@dataclass(frozen=True)
class Marker:
    """One planted value: where it stands, and the texts by which it is recognised.

    in_room: words of a room in a field that contributions have too; they stand on its page, not among the facts.
    in_street: words of a channel, which search does not know: they stay for a month, in the log of their channel.
    """

    case: str
    person: int | None
    source: str
    code: str
    value: Any
    texts: tuple[str, ...]
    heard: tuple[str, ...] = ()
    in_room: bool = False
    in_street: bool = False

    @property
    def in_file(self) -> bool:
        """Whether it is the name or a part of an attachment: those stand on no page of facts."""
        return str(self.value).startswith("file:")

    @property
    def apart(self) -> bool:
        """Whether it stands on a page of its own: in a file, or among the words of a room."""
        return self.in_room or self.in_file

    @property
    def is_fact(self) -> bool:
        """Whether it stands among the facts of a case: not of a copy, in a file, or among the words of a room."""
        return not (self.apart or str(self.value).startswith("extract:"))


@dataclass
class World:
    """The markers and what is needed to ask the oracle about them."""

    markers: list[Marker] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    people: dict[str, Professional] = field(default_factory=dict)
    conditions: dict[str, frozenset[str]] = field(default_factory=dict)
    subjects: dict[tuple[str, int | None], str] = field(default_factory=dict)
    minors: dict[tuple[str, int], bool] = field(default_factory=dict)
    oracle: OracleWorld | None = None

    def expected(
        self, marker: Marker, *, agency: Agency, roles: frozenset[str], purpose: str, via: Delivery = Delivery.LIVE,
        involved: bool | None = None,
    ) -> str:  # fmt: skip
        """visible, announced or silent: the oracle's word on one marker for one reader, now.

        involved: whether the agency is at the case, for who asks of many markers and has looked.
        Words of a meeting are silent to an agency that was not there to hear them.
        """
        if marker.heard and agency.code != marker.source and agency.code not in marker.heard:
            return "silent"
        grades = self._grades(
            marker.case,
            marker.person,
            marker.source,
            agency.code,
            agency.type,
            roles,
            purpose,
            via,
            self.involved(marker.case, agency) if involved is None else involved,
        )
        return grades[marker.code]

    def places_of_texts(self) -> dict[str, list[int]]:
        """Where in `markers` each text stands that is recognised."""
        if self._texts_of != len(self.markers):
            self._texts = {}
            for place, marker in enumerate(self.markers):
                for text in marker.texts:
                    self._texts.setdefault(text, []).append(place)
            self._texts_of = len(self.markers)
        return self._texts

    def involved(self, number: str, agency: Agency) -> bool:
        return Participation.objects.filter(
            case__number=number, agency=agency, is_open=True, mode=Participation.Mode.LIVE
        ).exists()

    def _grades(
        self, number: str, person: int | None, source: str, code: str, type_: str,
        roles: frozenset[str], purpose: str, via: Delivery, involved: bool,
    ) -> dict[str, str]:  # fmt: skip
        key = (number, person, source, code, roles, purpose, via)
        if key not in self._memo:
            case = self.cases[number]
            satisfied = sum(condition_bit(name) for name in self.conditions[number])
            if via is Delivery.LIVE and involved:
                satisfied |= condition_bit("involved")
            if person is not None and self.minors[number, person]:
                satisfied |= condition_bit("minor")
            self._memo[key] = oracle_grades(
                self.oracle,
                Question(
                    reader=Reader(agency=Actor(code=code, type=type_), roles=roles, purpose=purpose),
                    setting=Setting(kind=case.kind, phase=case.phase, covenants=case.covenant_codes),
                    source=Actor(code=source, type=source.split("-")[0]),
                    under=case.covenant_codes,
                    satisfied=satisfied,
                    at=clock.now(),
                    via=via,
                ),
            )
        return self._memo[key]

    _memo: dict[Any, dict[str, str]] = field(default_factory=dict)
    _texts: dict[str, list[int]] = field(default_factory=dict)
    _texts_of: int = 0


def load_house() -> None:
    """Agencies, personas and covenants of the demo."""
    load_parties(_yaml("parties.yaml"))
    for name in ("pga-md.v1", "pga-md.v2", "js-md.v1", "hav-gebied.v1", "nazorg-md.v1"):
        load_covenant(
            (DEMO / "covenants" / f"{name}.yaml").read_text(),
            _yaml(f"covenants/{name}.signatures.yaml"),
            by=operator("tests"),
        )


@transaction.atomic
def build() -> World:
    """The whole world, in the transaction of the test."""
    load_house()
    world = World()
    world.people = {person.demo_key: person for person in Professional.objects.exclude(demo_key=None)}
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    counter = _Counter()
    shared = {"om_consent", "explicit_consent", "good_care"}
    with write_scope(reason="marker world"):
        _case(
            world,
            agencies,
            counter,
            "MW-1",
            kind="family",
            phase="plan",
            purpose="pga_youth",
            covenants=("JS-MD", "PGA-MD"),
            live=sorted(set(agencies) - {"WON-WATERWEG", "OND-KADE", "HLT-MD"}),
            extract=("WON-WATERWEG",),
            conditions=shared | {"invited", "secrecy_signed"},
        )
        _case(
            world,
            agencies,
            counter,
            "MW-2",
            kind="person",
            phase="meeting",
            purpose="pga_adult",
            covenants=("PGA-MD",),
            live=("POL-MD", "OM-MD", "GEM-MD", "RCL-MD", "GGZ-MD", "ZVH-MD", "SOC-WATERKANT"),
            extract=("OND-BAKEN", "WON-WATERWEG"),
            conditions={"secrecy_signed"},
        )
        _case(
            world,
            agencies,
            counter,
            "MW-3",
            kind="area",
            phase="monitoring",
            purpose="area_safety",
            covenants=("HAV-GEBIED",),
            live=("POL-MD", "GEM-MD", "BGM-MD", "JW-HAVEN", "WON-WATERWEG", "ZVH-MD"),
            extract=(),
            conditions=set(),
        )
        _case(world, agencies, counter, "MW-4", kind="person", phase="triage", purpose="pga_youth",
              covenants=("PGA-MD",), live=("POL-MD", "GEM-MD", "ZVH-MD", "VT-MD"), extract=("OND-BAKEN",),
              conditions={"invited", "secrecy_signed"})  # fmt: skip
        for plant in PLANTS:
            plant(world, counter, agencies)
        append([_entry()])
    world.oracle = OracleWorld(catalogue=load_catalogue(), versions=_versions())
    return world


class _Counter:
    """Unique values: text markers, numbers from seven million up, dates a year apart."""

    def __init__(self) -> None:
        self.n = 0
        self.years = 0

    def value(self, kind: str) -> tuple[Any, tuple[str, ...]]:
        self.n += 1
        if kind == "number":
            number = 7_000_000 + self.n
            return number, (str(number),)
        if kind == "date":
            # A year of its own, so that the age in a title tells which date of birth it comes from.
            self.years += 1
            day = date(1000 + self.years, 1, 2)
            age = clock.today().year - day.year
            return day.isoformat(), (day.isoformat(), date_format(day), f"({age})")
        text = f"zqx{self.n:05d}qzx"
        return text, (text,)


def _case(
    world: World, agencies: dict[str, Agency], counter: _Counter, number: str, *, kind: str, phase: str,
    purpose: str, covenants: tuple[str, ...], live: Any, extract: Any, conditions: set[str],
) -> None:  # fmt: skip
    began = clock.now() - timedelta(days=30)
    case = Case.objects.create(
        number=number, kind=kind, label="Kade" if kind == "area" else "", purpose=purpose, urgency=Urgency.HIGH,
        phase=phase, phase_since=began, state="open", covenants=" ".join(covenants), lead=agencies["ZVH-MD"],
        partners=" ".join(sorted({agencies[code].type for code in live})), opened_at=began,
        next_step="zqstep", next_step_on=clock.today(), next_step_owner="GEM",
    )  # fmt: skip
    world.cases[number] = case
    world.conditions[number] = frozenset(conditions)
    PhaseChange.objects.create(case=case, phase=phase, starts=began, by=agencies["ZVH-MD"], note="zqnote-ZVH-MD")
    for code in covenants:
        CaseCovenant.objects.create(case=case, code=code, starts=began)
    for mode, codes in (("live", live), ("extract", extract)):
        for code in codes:
            Participation.objects.create(
                case=case, agency=agencies[code], mode=mode, starts=began, reason=f"zqreason-{code}",
                urgency_rank=URGENCY_RANK[Urgency.HIGH],
            )  # fmt: skip
    for name in conditions:
        Circumstance.objects.create(case=case, nature="condition", code=name, starts=began, recorded_by="proef")
    places = _persons(world, case)
    writer = world.people["nadia"]
    for code in (*live, *extract):
        for person, place in places:
            _contribute(world, counter, case, agencies[code], person, place, writer)
    for code in extract:
        _extract(world, counter, case, agencies, code, places[0])


def _persons(world: World, case: Case) -> list[tuple[int | None, CaseSubject | None]]:
    if case.kind == "area":
        return [(None, None)]
    places = []
    for position, years in enumerate((15, 44)):
        born = clock.today() - timedelta(days=years * 366)
        subject = Subject.objects.create(born_on=born)
        world.minors[case.number, position] = years < 18
        world.subjects[case.number, position] = subject.ref
        role = CaseSubject.Role.SUBJECT if position == 0 else CaseSubject.Role.CIRCLE
        places.append((position, CaseSubject.objects.create(case=case, subject=subject, role=role, position=position)))
    return places


def _contribute(
    world: World, counter: _Counter, case: Case, agency: Agency, person: int | None, place: Any, by: Any
) -> None:
    catalogue = load_catalogue()
    for section in catalogue.sections:
        values: dict[str, Any] = {}
        for item in catalogue.fields:
            area = item.data_class == "n"
            if item.section != section.code or agency.type not in item.sources or area != (case.kind == "area"):
                continue
            if item.entry == "work":
                continue
            value, texts = counter.value(item.type)
            values[item.code] = value
            world.markers.append(
                Marker(case=case.number, person=person, source=agency.code, code=item.code, value=value, texts=texts)
            )
        if values:
            Contribution.objects.create(
                case=case, about=place, source=agency, under=case.covenants, section=section.code,
                values=SealedFacts.seal(values), present=to_hex(catalogue.mask(values)), observed_on=clock.today(),
                given_at=clock.now() - timedelta(days=2), basis="B1", entered_by=by,
            )  # fmt: skip


def _extract(world: World, counter: _Counter, case: Case, agencies: dict[str, Agency], code: str, at: Any) -> None:
    person, place = at
    article = "7.1" if agencies[code].type == "OND" else "7.2"
    values: dict[str, Any] = {}
    for name in ("action_for_recipient", "school_agreement", "housing_agreement", "visit_risk", "police_incident"):
        text, texts = counter.value("text")
        values[name] = text
        world.markers.append(
            Marker(case=case.number, person=person, source="GEM-MD", code=name, value=f"extract:{code}", texts=texts)
        )
    Extract.objects.create(
        case=case, about=place, source=agencies["GEM-MD"], recipient=agencies[code], under="PGA-MD", article=article,
        purpose="pga_youth" if agencies[code].type == "OND" else "prevent_eviction",
        values=SealedFacts.seal(values), present=to_hex(load_catalogue().mask(values)),
        decided_at=clock.now() - timedelta(days=1), decided_by="proef",
    )  # fmt: skip


def _versions() -> list[Any]:
    """Every agreed version with its term and accessions, read from the tables by the test itself."""
    found = []
    for version in CovenantVersion.objects.filter(state="agreed").select_related("covenant"):
        accessions = [
            _Accession(
                agency=Actor(code=party.agency.code, type=party.agency.type), capacity=party.capacity,
                starts=party.starts, ends=party.ends, facts_stay=party.facts_stay,
            )
            for party in version.covenant.parties.select_related("agency")
        ]  # fmt: skip
        document = load_document(version.text, catalogue=load_catalogue())
        found.append(_Version(document=document, starts=version.starts, ends=version.ends, accessions=accessions))
    return found


@dataclass(frozen=True)
class _Accession:
    agency: Actor
    capacity: str
    starts: Any
    ends: Any
    facts_stay: bool


@dataclass(frozen=True)
class _Version:
    document: Any
    starts: Any
    ends: Any
    accessions: list[_Accession]


def _entry() -> Entry:
    return Entry(
        event_type="case.loaded", action=Action.CREATE, outcome=Outcome.OK, actor_ref="operator:tests",
        agency_ref="installation", policy_epoch=current_policy().epoch,
    )  # fmt: skip


@cache
def _read(name: str) -> str:
    return (DEMO / name).read_text()


def _yaml(name: str) -> Any:
    return yaml.safe_load(_read(name))
