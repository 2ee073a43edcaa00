"""Random small worlds: covenants in versions, accessions, and questions about them.

Words come from short lists and most lists are whole, so that a random question often meets a random rule;
moments are days around the change to summer time, and the microseconds beside them. Hypothesis draws a
seed and sizes (drawing every word through it made worlds twenty times slower); a failing seed repeats.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, VersionTerms
from agreements.policy.conditions import condition_bits
from agreements.policy.document import CovenantDocument
from agreements.policy.question import Actor, BreakGlassAct, Delivery, Question, Reader, Setting
from agreements.policy.validity import days
from tests.policy.oracle import World

CATALOGUE = load_catalogue()
FIELDS = ["full_name", "bsn", "police_incident", "diagnosis", "investigation_note"]
CAPACITY = {
    "POL-A": "controller", "POL-B": "controller", "GEM-A": "controller",
    "OND-A": "third_party", "OND-B": "participant", "ZVH-A": "bureau",
}  # fmt: skip
AGENCIES = [Actor(code=code, type=code.split("-")[0]) for code in CAPACITY]
TOKENS = ["POL", "GEM", "OND", "ZVH", "POL-B", "OND-A"]
PURPOSES = {"4.1": "alpha", "4.2": "beta"}
PHASES = ["triage", "meeting"]
KINDS = ["person", "area"]
ROLES = ["professional", "street"]
CONDITIONS = ["involved", "minor", "explicit_consent", "om_consent"]
COVENANTS = ["C-A", "C-B"]
REGIMES = ["wgs_zvh", "general", "wgs_riec", "unheard_of"]
FIRST = date(2026, 3, 27)
MOMENTS = [days(FIRST + timedelta(days=n), None).starts for n in range(5)]
BESIDE = [timedelta(0), timedelta(microseconds=-1), timedelta(microseconds=1), timedelta(hours=7)]
Thing = TypeVar("Thing")


class Dice:
    """A seeded source of choices, with the habits described above."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, pool: Sequence[Thing]) -> Thing:
        return self.random.choice(pool)

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def some(self, pool: Sequence[Thing], whole: float = 0.85) -> list[Thing]:
        if self.chance(whole):
            return list(pool)
        return self.random.sample(list(pool), self.random.randint(0, len(pool)))

    def tokens(self, anybody: float = 0.6) -> Any:
        return "*" if self.chance(anybody) else self.some(TOKENS, whole=0.4)

    def optional(self, rule: dict[str, Any], chance: float, **more: Any) -> None:
        """Give the rule each of these keys with this chance; a value is called only when it is needed."""
        for key, value in more.items():
            if self.chance(chance):
                rule[key.rstrip("_")] = value()

    def interval(self) -> tuple[datetime, datetime | None]:
        if self.chance(0.75):
            return MOMENTS[0], None
        return self.one(MOMENTS[:3]), self.one([None, *MOMENTS[1:]])

    def own_days(self) -> dict[str, date]:
        found = {"from": self.one([None, 0, 1, 2]), "until": self.one([None, 1, 2, 3])}
        return {key: FIRST + timedelta(days=n) for key, n in found.items() if n is not None}

    def grant(self, number: str) -> dict[str, Any]:
        rule: dict[str, Any] = {
            "id": number,
            "from": self.tokens(),
            "to": self.tokens(),
            "roles": self.some(ROLES),
            "fields": self.random.sample(FIELDS, self.random.randint(0, 4)),
            "purposes": self.some(["4.1", "beta"]),
            "phases": self.some(PHASES),
            "conditions": [self.condition() for _ in range(self.one([0, 0, 0, 1, 1, 2]))],
            "obligations": self.some(["log", "secrecy", "no_export"], whole=0),
            "delivery": self.one(["live", "live", "live", "live", "extract", "inbound"]),
        }
        self.optional(rule, 0.2, except_=lambda: self.tokens(0.05), valid=self.own_days, sets=lambda: ["both"])
        self.optional(rule, 0.2, case_kinds=lambda: self.some(KINDS))
        return rule

    def condition(self) -> Any:
        return self.one([*CONDITIONS, {"any_of": self.random.sample(CONDITIONS, 2)}])

    def prohibition(self, number: str) -> dict[str, Any]:
        fields = self.random.sample(FIELDS, self.random.randint(1, 2))
        rule: dict[str, Any] = {"id": number, "to": self.tokens(), "fields": fields}
        self.optional(rule, 0.3, except_=lambda: self.tokens(0.05), from_=self.tokens, unless=self.unless)
        self.optional(rule, 0.2, roles=lambda: self.some(ROLES), phases=lambda: self.some(PHASES))
        self.optional(rule, 0.2, purposes=lambda: ["4.1"], case_kinds=lambda: self.some(KINDS))
        self.optional(rule, 0.3, scope=lambda: "covenant", valid=self.own_days)
        return rule

    def unless(self) -> dict[str, str]:
        return {"regime": self.one(REGIMES), "condition": self.one(CONDITIONS)}

    def document(self, code: str, version: int, size: int) -> CovenantDocument:
        count = self.random.randint
        article: dict[str, Any] = {
            "article": "6",
            "grants": [self.grant(f"6.{n}") for n in range(1, 1 + count(1, 1 + size))],
            "announcements": [self.grant(f"6.{n}") for n in range(11, 11 + count(0, size))],
            "prohibitions": [self.prohibition(f"6.{n}") for n in range(21, 21 + count(0, 1 + size) // 2)],
        }
        self.optional(article, 0.3, break_glass=self.break_glass)
        return CovenantDocument.model_validate({
            "code": code,
            "title": "Proef",
            "version": version,
            "regime": self.one(REGIMES),
            "term": {"from": FIRST},
            "parties": {"controller": ["POL", "GEM"], "third_party": ["OND"], "participant": ["OND-B"]},
            "bureau": {"code": "ZVH", "acts_for": "GEM"},
            "purposes": PURPOSES,
            "sets": {"both": ["full_name", "diagnosis"]},
            "articles": [{"article": "3", "case_kinds": self.some(KINDS, whole=0.9)}, article],
        })  # fmt: skip

    def break_glass(self) -> dict[str, Any]:
        who = {"id": "6.31", "to": self.tokens(), "roles": self.some(ROLES), "fields": ["full_name", "bsn"]}
        return {**who, "condition": "minor", "minutes": 60, "review_hours": 24}

    def accession(self, agency: Actor) -> Accession:
        starts, ends = self.interval()
        capacity = "participant" if self.chance(0.05) else CAPACITY[agency.code]
        return Accession(agency=agency, capacity=capacity, starts=starts, ends=ends, facts_stay=self.chance(0.3))

    def terms(self, code: str, version: int, size: int) -> VersionTerms:
        starts, ends = self.interval()
        joined = AGENCIES if self.chance(0.85) else [self.one(AGENCIES) for _ in range(6)]
        return VersionTerms(
            document=self.document(code, version, size),
            starts=starts,
            ends=ends,
            accessions=tuple(self.accession(agency) for agency in joined),
        )

    def world(self, size: int) -> World:
        versions = [self.terms(code, 1, size) for code in COVENANTS]
        if self.chance(0.4):
            versions.append(self.terms("C-A", 2, size))
        return World(CATALOGUE, tuple(versions), self.one(["extract", "extract", "live", "none"]))

    def question(self) -> Question:
        reader = Reader(
            agency=self.one(AGENCIES),
            roles=frozenset(self.some(ROLES)),
            purpose=self.one(["alpha"] * 12 + ["beta", "", "odd"]),
        )
        setting = Setting(
            kind=self.one([*KINDS * 4, "odd"]),
            phase=self.one([*PHASES * 4, "closed"]),
            covenants=frozenset(self.some([*COVENANTS, "C-UNKNOWN"])),
        )
        at = (self.one(MOMENTS) + self.one(BESIDE)).astimezone(UTC)
        via = self.one([Delivery.LIVE] * 6 + [Delivery.EXTRACT, Delivery.BREAK_GLASS])
        return Question(
            reader=reader,
            setting=setting,
            source=self.one(AGENCIES),
            under=frozenset(self.some([*COVENANTS, "C-UNKNOWN"], whole=0.6)),
            satisfied=condition_bits(self.some(CONDITIONS, whole=0.75)),
            at=at,
            held=0 if self.chance(0.7) else CATALOGUE.mask(self.some(FIELDS, whole=0)),
            via=via,
            act=self.act(reader.agency.code, at) if via is Delivery.BREAK_GLASS and self.chance(0.7) else None,
        )

    def act(self, agency: str, at: datetime) -> BreakGlassAct:
        """An act of break-glass around this moment, mostly of this agency, mostly under an article that may exist."""
        starts = at - self.one([timedelta(0), timedelta(minutes=1), timedelta(hours=2), -timedelta(seconds=1)])
        return BreakGlassAct(
            covenant=self.one(COVENANTS), article=self.one(["6.31", "6.31", "6.31", "6.1"]),
            agency=agency if self.chance(0.85) else self.one(AGENCIES).code,
            starts=starts, until=starts + self.one([timedelta(minutes=60), timedelta(0), timedelta(minutes=1)]),
        )  # fmt: skip


seeds = st.integers(0, 2**32)


def worlds() -> st.SearchStrategy[World]:
    return st.builds(lambda seed, size: Dice(seed).world(size), seeds, st.integers(1, 5))


def many_questions(count: int = 20) -> st.SearchStrategy[list[Question]]:
    return seeds.map(lambda seed: (lambda dice: [dice.question() for _ in range(count)])(Dice(seed)))
