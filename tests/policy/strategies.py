"""Random small worlds: covenants in versions, accessions, and questions about them. Small, so that rules meet.

Words come from short lists, so that a random question often matches a random rule; moments are days around
the change to summer time, and the microseconds beside them.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, VersionTerms
from agreements.policy.conditions import condition_bits
from agreements.policy.document import CovenantDocument
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting
from agreements.policy.validity import days
from tests.policy.oracle import World

CATALOGUE = load_catalogue()
FIELDS = ["full_name", "bsn", "police_incident", "diagnosis", "investigation_note"]
AGENCIES = [
    Actor(code=code, type=code.split("-")[0])
    for code in ("POL-A", "POL-B", "GEM-A", "OND-A", "OND-B", "ZVH-A")
]
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
TICK = timedelta(microseconds=1)


def some(pool: Sequence[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Often all, sometimes a part, sometimes none."""
    return st.one_of(st.just(list(pool)), st.lists(st.sampled_from(list(pool)), min_size=least, unique=True))


def tokens() -> st.SearchStrategy[Any]:
    return st.one_of(st.just("*"), st.just(["POL", "GEM", "OND", "ZVH"]), st.lists(st.sampled_from(TOKENS)))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.none(), strategy)


@st.composite
def own_days(draw: st.DrawFn) -> dict[str, date]:
    found = {key: draw(maybe(st.sampled_from(range(5)))) for key in ("from", "until")}
    return {key: FIRST + timedelta(days=n) for key, n in found.items() if n is not None}


@st.composite
def grant(draw: st.DrawFn, number: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": number,
        "from": draw(tokens()),
        "to": draw(tokens()),
        "roles": draw(some(ROLES)),
        "fields": draw(st.lists(st.sampled_from(FIELDS), max_size=3)),
        "purposes": draw(some(["4.1", "beta"])),
        "phases": draw(some(PHASES)),
        "conditions": draw(conditions()),
        "obligations": draw(st.lists(st.sampled_from(["log", "secrecy", "no_export"]), max_size=2)),
        "delivery": draw(st.sampled_from(["live", "live", "live", "extract", "inbound"])),
    }
    extra = {"except": maybe(tokens()), "case_kinds": maybe(some(KINDS)), "valid": maybe(own_days())}
    more = {key: draw(strategy) for key, strategy in extra.items()}
    if draw(st.booleans()):
        rule["sets"] = ["both"]
    return rule | {key: value for key, value in more.items() if value is not None}


def conditions() -> st.SearchStrategy[list[Any]]:
    group = st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=2, unique=True)
    return st.lists(st.one_of(st.sampled_from(CONDITIONS), group.map(lambda g: {"any_of": g})), max_size=2)


@st.composite
def prohibition(draw: st.DrawFn, number: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": number,
        "to": draw(tokens()),
        "fields": draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2)),
        "scope": draw(st.sampled_from(["all", "covenant"])),
    }
    unless = st.builds(
        lambda regime, name: {"regime": regime, "condition": name},
        st.sampled_from(REGIMES),
        st.sampled_from(CONDITIONS),
    )
    extra = {
        "except": maybe(tokens()),
        "from": maybe(tokens()),
        "unless": maybe(unless),
        "phases": maybe(some(PHASES)),
        "purposes": maybe(some(["4.1"])),
        "roles": maybe(some(ROLES)),
        "case_kinds": maybe(some(KINDS)),
        "valid": maybe(own_days()),
    }
    more = {key: draw(strategy) for key, strategy in extra.items()}
    return rule | {key: value for key, value in more.items() if value is not None}


@st.composite
def document(draw: st.DrawFn, code: str, version: int) -> CovenantDocument:
    n_grants, n_notices, n_prohibitions = (draw(st.integers(0, n)) for n in (4, 2, 2))
    article: dict[str, Any] = {
        "article": "6",
        "grants": [draw(grant(f"6.{n}")) for n in range(1, n_grants + 1)],
        "announcements": [draw(grant(f"6.{n}")) for n in range(11, n_notices + 11)],
        "prohibitions": [draw(prohibition(f"6.{n}")) for n in range(21, n_prohibitions + 21)],
    }
    if draw(st.booleans()):
        article["break_glass"] = {
            "id": "6.31", "to": draw(tokens()), "roles": draw(some(ROLES)), "fields": ["full_name"],
            "condition": "minor", "minutes": 60, "review_hours": 24,
        }  # fmt: skip
    content = {
        "code": code,
        "title": "Proef",
        "version": version,
        "regime": draw(st.sampled_from(REGIMES)),
        "term": {"from": FIRST},
        "parties": {"controller": ["POL", "GEM"], "third_party": ["OND"], "participant": ["OND-B"]},
        "bureau": {"code": "ZVH", "acts_for": "GEM"},
        "purposes": PURPOSES,
        "sets": {"both": ["full_name", "diagnosis"]},
        "articles": [{"article": "3", "case_kinds": draw(some(KINDS))}, article],
    }
    return CovenantDocument.model_validate(content)


@st.composite
def interval(draw: st.DrawFn) -> tuple[datetime, datetime | None]:
    return draw(st.sampled_from(MOMENTS[:3])), draw(st.one_of(st.none(), st.sampled_from(MOMENTS[1:])))


CAPACITY = {"POL-A": "controller", "POL-B": "controller", "GEM-A": "controller", "OND-A": "third_party",
            "OND-B": "participant", "ZVH-A": "bureau"}  # fmt: skip


@st.composite
def accession(draw: st.DrawFn, agency: Actor) -> Accession:
    starts, ends = draw(st.one_of(st.just((MOMENTS[0], None)), interval()))
    wrong = draw(st.sampled_from([False] * 9 + [True]))
    capacity = "participant" if wrong else CAPACITY[agency.code]
    return Accession(agency=agency, capacity=capacity, starts=starts, ends=ends)


@st.composite
def terms(draw: st.DrawFn, code: str, version: int) -> VersionTerms:
    starts, ends = draw(st.one_of(st.just((MOMENTS[0], None)), interval()))
    joined = draw(st.one_of(st.just(AGENCIES), st.lists(st.sampled_from(AGENCIES), max_size=8)))
    return VersionTerms(
        document=draw(document(code, version)),
        starts=starts,
        ends=ends,
        accessions=tuple(draw(accession(agency)) for agency in joined),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    versions = [draw(terms(code, 1)) for code in COVENANTS]
    if draw(st.booleans()):
        versions.append(draw(terms("C-A", 2)))
    mode = draw(st.sampled_from(["extract", "extract", "live", "none"]))
    return World(CATALOGUE, tuple(versions), mode)


def moments() -> st.SearchStrategy[datetime]:
    beside = st.sampled_from([timedelta(0), -TICK, TICK, timedelta(hours=7)])
    return st.builds(lambda at, by: at + by, st.sampled_from(MOMENTS), beside)


def holds() -> st.SearchStrategy[int]:
    return st.one_of(st.just(0), st.lists(st.sampled_from(FIELDS), max_size=2).map(CATALOGUE.mask))


def some_covenants() -> st.SearchStrategy[frozenset[str]]:
    return some([*COVENANTS, "C-UNKNOWN"]).map(frozenset)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    reader = Reader(
        agency=draw(st.sampled_from(AGENCIES)),
        roles=frozenset(draw(some(ROLES))),
        purpose=draw(st.sampled_from(["alpha", "alpha", "beta", "", "odd"])),
    )
    kind, phase = draw(st.sampled_from([*KINDS, "odd"])), draw(st.sampled_from([*PHASES, "closed"]))
    return Question(
        reader=reader,
        setting=Setting(kind=kind, phase=phase, covenants=draw(some_covenants())),
        source=draw(st.sampled_from(AGENCIES)),
        under=draw(some_covenants()),
        satisfied=condition_bits(draw(some(CONDITIONS))),
        at=draw(moments()).astimezone(UTC),
        held=draw(holds()),
        via=draw(st.sampled_from([Delivery.LIVE] * 4 + [Delivery.EXTRACT, Delivery.BREAK_GLASS])),
    )


def many_questions(count: int = 12) -> st.SearchStrategy[list[Question]]:
    return st.lists(questions(), min_size=count, max_size=count)
