"""Row B1: what a draft would change in 100,000 cases with 1,000,000 facts, against the bare GROUP BY it rests on."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from agreements.covenants.in_force import current_policy, policy_if
from agreements.covenants.models import CovenantVersion
from agreements.insight.subjects import of_version
from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.decide import Policy
from agreements.policy.document import load_document
from bench.report import Row, at_most
from bench.stores import DEMO, Store, ready, switch, vendors
from bench.timing import take_turns
from cases.impact.counting import agencies_by_row, result_of, tally
from cases.impact.effects import Observer
from cases.impact.profiles import heads_after, profiles_of
from foundation import clock
from foundation.masks import from_hex

CASES, ROUNDS = 100_000, 7
CODE = "PGA-MD"
OBSERVER = "GEM-MD"
CHANGES = (
    # The police no longer give to the bureau and to probation; the neighbourhood team's support goes to the police.
    ('{id: "6.1", from: [POL], to: [OM, GEM, ZVH, RCL, RVK,', '{id: "6.1", from: [POL], to: [OM, GEM, RVK,'),
    ('{id: "6.3", from: [GEM, SOC], to: [ZVH, GEM,', '{id: "6.3", from: [GEM, SOC], to: [ZVH, POL, GEM,'),
)
BARE = """
SELECT k.kind, k.phase, k.covenants, p.agency_id, c.source_id, c.under, c.present,
       CASE WHEN s.born_on > %s THEN 1 ELSE 0 END AS minor, COUNT(*), COUNT(DISTINCT c.case_id)
FROM cases_case k
JOIN cases_participation p ON p.case_id = k.id AND p.mode = 'live' AND p.is_open
     AND p.starts <= %s AND (p.ends IS NULL OR p.ends > %s)
JOIN cases_contribution c ON c.case_id = k.id AND c.withdrawn_at IS NULL
     AND (c.valid_until IS NULL OR c.valid_until >= %s)
LEFT JOIN cases_casesubject a ON a.id = c.about_id
LEFT JOIN cases_subject s ON s.id = a.subject_id
WHERE k.state IN ('open', 'paused') AND k.covenants LIKE %s
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
"""What decisions depend on, per recipient, with contributions and cases; holds and conditions aside."""


def rows() -> Iterator[Row]:
    """B1, per database: the worse of two ratios, each against a GROUP BY that decides nothing."""
    for vendor in vendors():
        switch(ready(Store(vendor=vendor, size=CASES)))
        at = clock.now()
        before, after = current_policy(), _after(at)
        observer = Agency.objects.get(code=OBSERVER).pk
        counted = _check_equal(at, before, after, observer)
        statements = _statements(at)
        contenders: dict[str, Callable[[], object]] = {
            "impact": partial(_count, before, after, at, observer),
            "one": partial(_bare, at),
            "own": partial(_run, statements),
        }
        taken = take_turns(contenders, rounds=ROUNDS)
        ratios = {name: taken.ratio("impact", name) for name in ("one", "own")}
        yield at_most(
            f"B1 {vendor}", max(ratios.values()), 2,
            f"{taken.median('impact'):.2f} s; {ratios['own']:.2f}× its own {len(statements)} statements by themselves, "
            f"rows fetched ({taken.median('own'):.2f} s); {ratios['one']:.2f}× one plain GROUP BY per recipient, facts "
            f"and cases ({taken.median('one'):.2f} s); {counted}",
        )  # fmt: skip


def _statements(at: datetime) -> list[tuple[str, Any]]:
    """The statements that a count asks the database, with their parameters."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _profiles(at)
    return asked


def _run(statements: list[tuple[str, Any]]) -> int:
    """These statements and nothing else; every row is fetched."""
    fetched = 0
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            fetched += len(cursor.fetchall())
    return fetched


def _after(at: datetime) -> Policy:
    """The rules with a next version of PGA-MD in the place of the present one."""
    text = (Path(DEMO) / "covenants" / "pga-md.v2.yaml").read_text().replace("  version: 2\n", "  version: 3\n")
    for old, new in CHANGES:
        assert old in text, old
        text = text.replace(old, new)
    version = CovenantVersion.objects.get(covenant__code=CODE, number=2)
    document = load_document(text, catalogue=load_catalogue())
    return policy_if(document, of_version(version).accessions(at), at=at)


def _count(before: Policy, after: Policy, at: datetime, observer: int) -> dict[str, Any]:
    """The product's whole count, the new policies' memos empty."""
    before.forget()
    after.forget()
    found = tally(before, after, code=CODE, at=at, observer=Observer(agency=observer))
    return result_of(found, agencies=agencies_by_row(), catalogue=before.catalogue)


def _bare(at: datetime) -> list[tuple[Any, ...]]:
    day = at.astimezone(clock.AMSTERDAM).date()
    adult = day.replace(year=day.year - 18)
    with connection.cursor() as cursor:
        cursor.execute(BARE, [adult, at, at, day, f"%{CODE}%"])
        return cursor.fetchall()


def _profiles(at: datetime) -> Counter[Any]:
    found: Counter[Any] = Counter()
    last = 0
    while heads := heads_after(last, code=CODE, size=5_000):
        found.update(profile for _case, profile in profiles_of(heads, code=CODE, at=at))
        last = heads[-1][0]
    return found


def _check_equal(at: datetime, before: Policy, after: Policy, observer: int) -> str:
    """Raises AssertionError where the profiles are not, contribution by contribution, what the statement groups."""
    facts: Counter[tuple[Any, ...]] = Counter()
    cases: Counter[tuple[Any, ...]] = Counter()
    for (kind, phase, covenants, recipients, groups), count in _profiles(at).items():
        met = set()
        for _recorded, minor, given in groups:
            for source, under, present in (item.split(",") for item in given.split(";")):
                for recipient in recipients.split(";"):
                    key = (kind, phase, covenants, int(recipient), int(source), under, present, int(minor))
                    facts[key] += count
                    met.add(key)
        for key in met:
            cases[key] += count
    bare = _bare(at)
    assert {tuple(row[:8]): row[8] for row in bare} == facts, "the facts of the groups differ"
    assert {tuple(row[:8]): row[9] for row in bare} == cases, "the cases of the groups differ"
    result = _count(before, after, at, observer)
    assert {"ZVH-MD", "RCL-MD", "POL-MD"} <= set(result["recipients"]), "the draft changes nothing"
    n_facts = _facts(at)
    assert n_facts >= 10 * CASES, n_facts
    return f"{n_facts:,} facts in {result['n_cases']:,} cases, {len(bare)} groups, for {OBSERVER}"


def _facts(at: datetime) -> int:
    """Facts once each, whoever reads them."""
    return sum(
        count * from_hex(item.split(",")[2]).bit_count()
        for (*_head, groups), count in _profiles(at).items()
        for _recorded, _minor, given in groups
        for item in given.split(";")
    )
