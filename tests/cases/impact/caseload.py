"""A small random caseload with everything that decisions depend on, and the slow count to compare with."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from agreements.models import Agency, Professional
from agreements.policy.catalogue import load_catalogue
from agreements.policy.decide import Policy
from agreements.policy.question import Reader
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.reading import actor, codes, setting_of
from cases.disclosure.rows import Row, standing_rows
from cases.disclosure.visibility import CASE_ROLES, readers_of
from cases.models import Case, CaseSubject, Circumstance, Contribution, Participation, Subject
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import bits, from_hex, to_hex
from tests.cases.desk import changing
from tests.policy.strategies import AGENCIES, CONDITIONS, FIELDS, KINDS, PHASES

STATES = ("open", "open", "open", "paused", "closed")
UNDER = ("C-A", "C-A", "C-A C-B", "C-B", "C-A2 C-B")
"""Covenants of a case; C-A2 holds the name of C-A and is another one."""
PURPOSES = ("alpha", "beta")
CATALOGUE = load_catalogue()


def agencies() -> dict[str, Agency]:
    """The agencies of tests.policy.strategies, as rows."""
    with changing():
        made = [
            Agency.objects.create(code=who.code, type=who.type, oin=f"{900 + n:020d}", name=who.code, monogram=who.type)
            for n, who in enumerate(AGENCIES)
        ]
    return {agency.code: agency for agency in made}


def fill(seed: int, *, at: datetime, who: dict[str, Agency], by: Professional, cases: int = 25) -> None:
    """Random cases around the moment `at`."""
    with changing():
        maker = _Maker(seed, at, list(who.values()), by)
        for number in range(cases):
            maker.case(f"R-{seed}-{number}")


class _Maker:
    def __init__(self, seed: int, at: datetime, who: list[Agency], by: Professional) -> None:
        self.dice, self.at, self.who, self.by = Random(seed), at, who, by

    def moment(self) -> datetime:
        """Before `at` mostly, at it, or after."""
        return self.at + timedelta(days=self.dice.choice([-9, -5, -1, 0, 0, 1]))

    def ends(self) -> datetime | None:
        return self.dice.choice([None, None, None, self.at, self.at + timedelta(days=2)])

    def case(self, number: str) -> None:
        dice = self.dice
        case = Case.objects.create(
            number=number, kind=dice.choice(KINDS), phase=dice.choice(PHASES), state=dice.choice(STATES),
            covenants=dice.choice(UNDER), purpose="alpha", urgency="normal", lead=self.who[0],
            phase_since=self.at, opened_at=self.at,
        )  # fmt: skip
        for agency in dice.sample(self.who, dice.randint(0, 5)):
            starts = self.at - timedelta(days=dice.choice([0, 1, 5, -1]))
            ends = dice.choice([None, None, None, self.at, self.at + timedelta(days=1)])
            Participation.objects.create(
                case=case, agency=agency, mode=dice.choice(["live", "live", "live", "extract"]), starts=starts,
                ends=ends if ends is None or ends > starts else None, is_open=dice.random() < 0.9,
                reason="proef", urgency_rank=2,
            )  # fmt: skip
        places: list[CaseSubject | None] = [None]
        for position in range(dice.randint(0, 2)):
            subject = Subject.objects.create(born_on=self.born())
            places.append(CaseSubject.objects.create(case=case, subject=subject, role="subject", position=position))
        given = [self.contribution(case, dice.choice(places)) for _ in range(dice.randint(0, 6))]
        for _ in range(dice.choice([0, 0, 1, 2, 4])):
            self.circumstance(case, places, given)

    def born(self) -> date | None:
        day = self.at.date()
        eighteen = date(day.year - 18, day.month, day.day)
        return self.dice.choice([None, date(1980, 1, 1), date(2015, 5, 5), eighteen, eighteen + timedelta(days=1)])

    def mask(self, least: int) -> str:
        return to_hex(CATALOGUE.mask(self.dice.sample(FIELDS, self.dice.randint(least, len(FIELDS)))))

    def contribution(self, case: Case, about: CaseSubject | None) -> Contribution:
        dice = self.dice
        return Contribution.objects.create(
            case=case, about=about, source=dice.choice(self.who), under=dice.choice(UNDER), section="identity",
            values=SealedFacts.seal({}), present=self.mask(1), observed_on=self.at.date(), given_at=self.at,
            valid_until=dice.choice([None, None, self.at.date(), self.at.date() - timedelta(days=1)]),
            withdrawn_at=dice.choice([None, None, None, self.at]), basis="B1", entered_by=self.by,
        )  # fmt: skip

    def circumstance(self, case: Case, places: list[Any], given: list[Contribution]) -> None:
        dice = self.dice
        hold = dice.random() < 0.4
        starts, ends = self.moment(), self.ends()
        Circumstance.objects.create(
            case=case, nature="hold" if hold else "condition", code="embargo" if hold else dice.choice(CONDITIONS[2:]),
            about=dice.choice([None, *places]), contribution=dice.choice([None, *given]) if hold else None,
            source=dice.choice([None, None, *self.who]), recipient=dice.choice([None, None, *self.who]),
            fields=dice.choice(["", self.mask(1)]) if hold else "", starts=starts, ends=ends, recorded_by="proef",
        )  # fmt: skip


def count_slowly(
    before: Policy,
    after: Policy,
    *,
    code: str,
    at: datetime,
    observer: Agency,
    purposes: tuple[str, ...] = PURPOSES,
) -> dict[str, Any]:
    """The same counts as `result_of`, by asking about every contribution for every reader, role and purpose."""
    slow = _Slow(before, after, at, observer, purposes)
    for case in Case.objects.filter(state__in=("open", "paused")).order_by("pk"):
        if code in case.covenants.split():
            slow.case(case)
    return slow.result()


class _Slow:
    def __init__(
        self, before: Policy, after: Policy, at: datetime, observer: Agency, purposes: tuple[str, ...]
    ) -> None:
        self.before, self.after, self.at, self.observer = before, after, at, observer
        self.purposes = purposes
        self.n_cases = self.n_known = 0
        self.facts: dict[Any, int] = defaultdict(int)
        self.cases: dict[Any, set[int]] = defaultdict(set)

    def case(self, case: Case) -> None:
        day = self.at.astimezone(clock.AMSTERDAM).date()
        rows = standing_rows([case.pk], day=day)[case.pk]
        readers = [taking.agency for taking in readers_of(case, at=self.at)]
        if not rows or not readers:
            return
        self.n_cases += 1
        self.n_known += self.observer in readers
        for reader in readers:
            for row in rows:
                old, _ = self.sees(self.before, reader, case, row, day)
                new, _ = self.sees(self.after, reader, case, row, day)
                known = self.knows(case, readers, row, day)
                for way, fields in (("gain", new & ~old), ("loss", old & ~new)):
                    for bit in bits(fields & from_hex(row.present)):
                        key = (reader.code, way, CATALOGUE.by_bit[bit].code, bool(known >> bit & 1))
                        self.facts[key] += 1
                        self.cases[key].add(case.pk)

    def sees(self, policy: Policy, reader: Agency, case: Case, row: Row, day: date) -> tuple[int, int]:
        recorded = circumstances_of([case.pk], recipient=reader.pk, at=self.at).get(case.pk, NOTHING_RECORDED)
        satisfied = recorded.satisfied(
            about=row.about_id, source=row.source_id, involved=True, born_on=row.born_on, day=day
        )
        held = recorded.held(about=row.about_id, source=row.source_id, contribution=row.id)
        visible = announced = 0
        for role in CASE_ROLES:
            for purpose in self.purposes:
                who = Reader(agency=actor(reader.code, reader.type), roles=frozenset({role}), purpose=purpose)
                decision = policy.prepare(who, setting_of(case), at=self.at).decide(
                    actor(row.source_code, row.source_type), codes(row.under), satisfied=satisfied, held=held
                )
                visible |= decision.visible
                announced |= decision.announced
        return visible, announced

    def knows(self, case: Case, readers: list[Agency], row: Row, day: date) -> int:
        if row.source_id == self.observer.pk:
            return -1
        if self.observer not in readers:
            return 0
        visible, announced = self.sees(self.before, self.observer, case, row, day)
        return visible | announced

    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        known_cases: dict[tuple[str, str], set[int]] = defaultdict(set)
        for key, number in self.facts.items():
            reader, way, field, known = key
            part = found.setdefault(reader, {}).setdefault(way, {"known_cases": 0, "fields": {}})
            cell = part["fields"].setdefault(field, [0, 0, 0, 0])
            cell[0 if known else 2], cell[1 if known else 3] = number, len(self.cases[key])
            if known:
                known_cases[reader, way] |= self.cases[key]
        for (reader, way), cases in known_cases.items():
            found[reader][way]["known_cases"] = len(cases)
        return {"n_cases": self.n_cases, "n_known": self.n_known, "recipients": found}
