"""Counts what another policy would change in the caseload: facts and cases per recipient and field. Never a fact.

Only the counting: what may be shown of the counts, and to whom, is in shown.py.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agreements.models import Agency
from agreements.policy.catalogue import Catalogue
from agreements.policy.decide import Policy
from agreements.policy.question import Actor, Mask
from cases.impact.effects import Change, Effects, Kind, Observer
from cases.impact.profiles import READABLE_STATES, Profile, heads_after, profiles_of
from cases.records.models import Case
from foundation.masks import bits

CHUNKS = 20
SMALLEST, LARGEST = 500, 20_000
"""Cases in one chunk: as many as make about CHUNKS of them, within these bounds."""

Masks = Counter[tuple[int, Kind, Mask]]


@dataclass(slots=True)
class Tally:
    """Sums over profiles. facts, cases: per recipient, kind and set of fields, the number of contributions or cases.

    n_cases: cases under the covenant that have facts and readers. n_known: those in which the observer takes part.
    """

    facts: Masks = field(default_factory=Counter)
    cases: Masks = field(default_factory=Counter)
    n_cases: int = 0
    n_known: int = 0

    def add(self, profile: Profile, count: int, effects: Effects, observer: int) -> None:
        """Add `count` cases of one profile."""
        self.n_cases += count
        if str(observer) in profile[3].split(";"):
            self.n_known += count
        met: dict[tuple[int, Kind], Mask] = {}
        for changes in effects.of(profile):
            for change in changes:
                self.facts[change] += count
                recipient, kind, fields = change
                met[recipient, kind] = met.get((recipient, kind), 0) | fields
        for (recipient, kind), fields in met.items():
            self.cases[Change(recipient, kind, fields)] += count


def agencies_by_row() -> dict[int, Actor]:
    """Every agency as the rules see it, by its row number."""
    found = Agency.objects.values_list("pk", "code", "type")
    return {pk: Actor(code=code, type=type_) for pk, code, type_ in found}


def count_cases(code: str) -> int:
    """How many open or paused cases run under this covenant, about: the code may be part of another's."""
    return Case.objects.filter(state__in=READABLE_STATES, covenants__contains=code).count()


def tally(
    before: Policy,
    after: Policy,
    *,
    code: str,
    at: datetime,
    observer: Observer,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Tally:
    """What `after` would change against `before` in all open and paused cases under the covenant `code`.

    Both policies may differ in that covenant alone. progress: called with cases done and cases in all, at the
    start and after every chunk; what it raises ends the counting.
    """
    effects = Effects(before, after, code=code, at=at, agencies=agencies_by_row(), observer=observer)
    total = count_cases(code)
    size = min(max(total // CHUNKS, SMALLEST), LARGEST)
    found, done, last = Tally(), 0, 0
    progress(0, total)
    while heads := heads_after(last, code=code, size=size):
        alike = Counter(profile for _case, profile in profiles_of(heads, code=code, at=at))
        for profile, count in alike.items():
            found.add(profile, count, effects, observer.agency)
        done, last = done + len(heads), heads[-1][0]
        progress(done, max(done, total))
    return found


def result_of(found: Tally, *, agencies: Mapping[int, Actor], catalogue: Catalogue) -> dict[str, Any]:
    """The counts as they are stored: plain numbers by agency code, way and field, nothing hidden yet.

    {"n_cases": 12, "n_known": 3, "recipients": {"OND-BAKEN": {"loss": {"known": 4, "known_cases": 2,
    "fields": {"full_name": [facts known, cases known, facts unknown, cases unknown]}}}}}
    """
    recipients: dict[str, Any] = {}
    for sums, place in ((found.facts, 0), (found.cases, 1)):
        for (recipient, kind, fields), count in sums.items():
            way, first = _WAYS[kind]
            part = recipients.setdefault(agencies[recipient].code, {}).setdefault(way, _empty())
            for bit in bits(fields):
                part["fields"].setdefault(catalogue.by_bit[bit].code, [0, 0, 0, 0])[first + place] += count
            if place == 1 and first == 0:
                part["known_cases"] += count
    return {"n_cases": found.n_cases, "n_known": found.n_known, "recipients": recipients}


_WAYS = {
    Kind.KNOWN_GAIN: ("gain", 0),
    Kind.KNOWN_LOSS: ("loss", 0),
    Kind.OTHER_GAIN: ("gain", 2),
    Kind.OTHER_LOSS: ("loss", 2),
}


def _empty() -> dict[str, Any]:
    return {"known_cases": 0, "fields": {}}
