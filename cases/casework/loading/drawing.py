"""Draws one invented case: a value without numbers of rows. The same seed and number give the same case that day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from agreements.parties.models import Agency
from agreements.parties.rules import BUREAU_TYPES
from agreements.policy.catalogue import Catalogue, Field
from agreements.policy.vocabulary import THIRD_PARTY
from cases.casework.loading import distributions as d
from cases.casework.loading.world import World

PERSONAL, YOUTH, AREA = "PGA-MD", "JS-MD", "HAV-GEBIED"
_PHASES = tuple(d.PHASES)
_NOT_DRAWN = frozenset(
    {"full_name", "date_of_birth", "bsn", "investigation_note", "secret_address", "action_for_recipient"}
)
"""Drawn elsewhere, or too rare to be drawn at random."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An agency's facts. about: place in `people`, None in an area. corrected: the values after a correction."""

    agency: Agency
    about: int | None
    under: str
    section: str
    basis: str
    values: dict[str, Any]
    kind: str
    reliability: int
    observed_on: date
    given_on: date
    corrected: dict[str, Any] | None
    changed_on: date
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An invented case. takers: agency, whether it reads along, first day. people: date of birth, role."""

    number: str
    kind: str
    label: str
    district: str
    purpose: str
    urgency: str
    state: str
    covenants: tuple[str, ...]
    phases: tuple[tuple[str, date], ...]
    people: tuple[tuple[date, str], ...]
    takers: tuple[tuple[Agency, bool, date], ...]
    statements: tuple[Statement, ...]
    next_step: str
    next_step_on: date | None
    next_step_owner: str
    reasons: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Pool:
    """What cases are drawn from: who is a party to what now, and which fields each type gives by section."""

    world: World
    shares: Mapping[str, float]
    under: dict[str, frozenset[str]] = field(default_factory=dict)
    third: dict[str, frozenset[str]] = field(default_factory=dict)
    sections: dict[tuple[str, bool], tuple[tuple[str, tuple[Field, ...]], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, shares: Mapping[str, float]) -> "Pool":
        """The pool in the world as it is now."""
        pool = cls(world=world, shares=shares)
        for code, agency in world.agencies.items():
            rows = world.accessions(code, world.covenants)
            now = [(covenant, row.capacity) for covenant, row in rows if row.holds(world.now)]
            pool.under[code] = frozenset(covenant for covenant, capacity in now if capacity != THIRD_PARTY)
            pool.third[code] = frozenset(covenant for covenant, capacity in now if capacity == THIRD_PARTY)
            for area in (False, True):
                pool.sections[agency.type, area] = _sections(world.catalogue, agency.type, area=area)
        return pool


def _sections(catalogue: Catalogue, agency_type: str, *, area: bool) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    found: dict[str, list[Field]] = {}
    for one in catalogue.fields:
        fits = (
            agency_type in one.sources
            and not one.retired
            and one.entry == "contribution"
            and one.code not in _NOT_DRAWN
        )
        if fits and (one.section == "area") == area:
            found.setdefault(one.section, []).append(one)
    return tuple((section, tuple(fields)) for section, fields in found.items())


def draw_case(pool: Pool, *, seed: int, serial: int) -> Drawn:
    """The case with this serial number (1, 2, …) under this seed."""
    # A generator of its own for each case: a case does not change when the size of the batch does.
    rng = Random(seed * 10_000_019 + serial)  # noqa: S311 - practice data, nothing secret
    return _Drawing(pool, rng).case(f"GEN-{serial:06d}")


class _Drawing:
    """One case in the making; the order of the draws is part of what a seed means."""

    def __init__(self, pool: Pool, rng: Random) -> None:
        self._pool, self._rng = pool, rng
        self._today = pool.world.today

    def case(self, number: str) -> Drawn:
        rng = self._rng
        kind = d.pick(rng, d.KINDS)
        people = self._people(kind)
        purpose, covenants = self._purpose(kind, people)
        phases = self._phases()
        takers = self._takers(covenants, phases[0][1])
        statements = tuple(self._statements(people, takers, covenants, phases[0][1]))
        step = None if rng.random() < d.WITHOUT_NEXT_STEP else self._today + timedelta(days=rng.randint(-10, 75))
        district = rng.choice(d.DISTRICTS)
        return Drawn(
            number=number, kind=kind, label=f"{district}, blok {rng.randint(1, 40)}" if kind == "area" else "",
            district=district, purpose=purpose, urgency=d.pick(rng, d.URGENCIES), state=d.pick(rng, d.STATES),
            covenants=covenants, phases=phases, people=people, takers=takers, statements=statements,
            next_step=rng.choice(d.NEXT_STEPS) if step else "", next_step_on=step,
            next_step_owner=rng.choice(takers)[0].type if step else "",
            reasons=tuple(rng.choice(d.REASONS) for _ in takers),
        )  # fmt: skip

    def _people(self, kind: str) -> tuple[tuple[date, str], ...]:
        rng = self._rng
        if kind == "area":
            return ()
        size = d.pick(rng, d.FAMILY_SIZE) if kind == "family" else 1 + d.pick(rng, d.CIRCLE)
        first = d.pick(rng, d.AGES)
        ages = [first, *((1, 60) for _ in range(size - 1))]
        return tuple(
            (d.birth_date(rng, ages=age, today=self._today), "circle" if position else "subject")
            for position, age in enumerate(ages)
        )

    def _purpose(self, kind: str, people: Sequence[tuple[date, str]]) -> tuple[str, tuple[str, ...]]:
        rng = self._rng
        if kind == "area":
            return "area_safety", (AREA,)
        young = self._today - people[0][0] < timedelta(days=18 * 365)
        if kind == "family":
            purpose = d.pick(rng, d.FAMILY_PURPOSES)
        else:
            purpose = "pga_youth" if young else d.pick(rng, d.ADULT_PURPOSES)
        school = purpose == "pga_youth" and young and rng.random() < d.YOUTH_SCHOOL
        return purpose, (PERSONAL, YOUTH) if school and YOUTH in self._pool.world.covenants else (PERSONAL,)

    def _phases(self) -> tuple[tuple[str, date], ...]:
        rng = self._rng
        last = _PHASES.index(d.pick(rng, d.PHASES))
        age = min(5 + int(rng.expovariate(1 / (40 + 70 * last))), 1600)
        days = sorted((rng.randint(0, age) for _ in range(last)), reverse=True)
        starts = [age, *days]
        return tuple((_PHASES[at], self._today - timedelta(days=start)) for at, start in enumerate(starts))

    def _takers(self, covenants: tuple[str, ...], opened: date) -> tuple[tuple[Agency, bool, date], ...]:
        rng, pool = self._rng, self._pool
        possible = [code for code in pool.shares if not pool.under[code].isdisjoint(covenants)]
        codes = [code for code in possible if rng.random() < pool.shares[code]]
        codes = self._enough(codes, possible)
        found = [(pool.world.agencies[code], True) for code in codes]
        third = [code for code, terms in pool.third.items() if not terms.isdisjoint(covenants) and code not in codes]
        if third and len(found) < d.MOST and rng.random() < d.THIRD_PARTY:
            found.append((pool.world.agencies[rng.choice(third)], False))
        days = (self._today - opened).days
        return tuple(
            (agency, reads, opened + timedelta(days=min(days, position * rng.randint(0, 8))))
            for position, (agency, reads) in enumerate(found)
        )

    def _enough(self, codes: list[str], possible: Sequence[str]) -> list[str]:
        """Between FEWEST and MOST. Agencies of a middling share make up the difference, so the extremes stay true."""
        shares = self._pool.shares
        middling = [code for code in possible if 0.15 < shares[code] < 0.9]
        self._rng.shuffle(middling)
        for code in (*middling, *sorted(possible, key=shares.__getitem__, reverse=True)):
            if code not in codes and self._few(codes):
                codes.append(code)
        while len(codes) > d.MOST:
            codes.remove(next((code for code in middling if code in codes), codes[-1]))
        return codes

    def _few(self, codes: Sequence[str]) -> bool:
        """The bureau owns no facts, so it is not enough by itself."""
        return len(codes) < d.FEWEST or all(self._bureau(code) for code in codes)

    def _bureau(self, code: str) -> bool:
        return self._pool.world.agencies[code].type in BUREAU_TYPES

    def _statements(
        self,
        people: Sequence[tuple[date, str]],
        takers: Sequence[tuple[Agency, bool, date]],
        covenants: tuple[str, ...],
        opened: date,
    ) -> Iterator[Statement]:
        rng = self._rng
        sources = [agency for agency, _, _ in takers if agency.type not in BUREAU_TYPES]
        knows = next((agency for agency in sources if agency.type == "GEM"), sources[0])
        for place, (born, _) in enumerate(people):
            values = {"full_name": d.name(rng), "date_of_birth": born.isoformat()}
            if knows.type == "GEM" and place == 0:
                values |= {"bsn": d.citizen_number(rng), "contact_details": f"06-5550 {rng.randint(0, 9999):04d}"}
            yield self._statement(knows, place, covenants, opened, "identity", values)
        for _ in range(d.pick(rng, d.MORE_CONTRIBUTIONS)):
            agency = rng.choice(sources)
            choices = self._pool.sections[agency.type, not people]
            if choices:
                section, fields = rng.choice(choices)
                chosen = rng.sample(fields, min(len(fields), d.pick(rng, d.FIELDS_EACH)))
                values = {one.code: d.fact(one, rng, today=self._today) for one in chosen}
                yield self._statement(agency, 0 if people else None, covenants, opened, section, values)

    def _statement(
        self, agency: Agency, about: int | None, covenants: tuple[str, ...], opened: date, section: str,
        values: dict[str, Any],
    ) -> Statement:  # fmt: skip
        rng, pool = self._rng, self._pool
        age = (self._today - opened).days
        observed, given, changed = sorted((rng.randint(0, age) for _ in range(3)), reverse=True)
        by_code = pool.world.catalogue.by_code
        first = next(iter(values))
        corrected = None
        if section != "identity" and rng.random() < d.CORRECTED:
            corrected = values | {first: d.fact(by_code[first], rng, today=self._today)}
        mine = pool.under[agency.code] | pool.third[agency.code]
        return Statement(
            agency=agency, about=about, under=" ".join(sorted(mine.intersection(covenants))), section=section,
            basis=by_code[first].basis, values=values, kind=d.pick(rng, d.STATEMENT_KINDS),
            reliability=d.pick(rng, d.RELIABILITY), observed_on=self._today - timedelta(days=observed),
            given_on=self._today - timedelta(days=given), corrected=corrected,
            changed_on=self._today - timedelta(days=changed), withdrawn=rng.random() < d.WITHDRAWN,
        )  # fmt: skip
