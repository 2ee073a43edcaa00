"""Which matches of a search the reader may see: decided before anything is opened, on what decides about a row.

What is shown is opened and journalled by disclose, which decides again; a match that is dropped here leaves no
trace anywhere, not in the journal either: an entry would tell the reader's own oversight that there was something.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from agreements.policy.fold import numbers
from agreements.policy.index import one
from agreements.policy.question import Reader, Setting
from agreements.policy.sheet import purposes_for
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.reading import Reading, actor, codes
from cases.records.models import Case
from foundation import clock

_NO_CASE = 0


class Match(NamedTuple):
    """One field of one contribution in which the question was found, with the place of its case in the worklist."""

    rank: int
    step_on: date
    case_id: int
    contribution_id: int
    bit: int
    source_id: int
    source_code: str
    source_type: str
    under: str
    about_id: int | None
    born_on: date | None
    valid_until: date | None
    kind: str
    phase: str
    covenants: str


def may_show(reading: Reading, purpose: str, matches: Sequence[Match]) -> list[Match]:
    """Those of `matches` whose field the reader sees in that case for `purpose`, in the same order.

    One query, whatever the matches: how long it takes must not tell whether there were any.
    """
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    ids = {match.case_id for match in matches} or {_NO_CASE}
    recorded = circumstances_of(ids, recipient=reading.visit.agency.id, at=reading.at)
    reader, policy = reading.reader(purpose), reading.policy
    found = []
    for match in matches:
        setting = _setting(match.kind, match.phase, match.covenants)
        expired = match.valid_until is not None and match.valid_until < day
        if expired or not gives(reading, setting, purpose):
            continue
        known = recorded.get(match.case_id, NOTHING_RECORDED)
        about, source = match.about_id, match.source_id
        decision = policy.prepare(reader, setting, at=reading.at).decide(
            actor(match.source_code, match.source_type),
            codes(match.under),
            satisfied=known.satisfied(about=about, source=source, involved=True, born_on=match.born_on, day=day),
            held=known.held(about=about, source=source, contribution=match.contribution_id),
        )
        if decision.visible >> match.bit & 1:
            found.append(match)
    return found


def cases_for(reading: Reading, purpose: str, cases: Iterable[Case]) -> list[Case]:
    """Those of `cases` that the reader reads for `purpose`."""
    return [case for case in cases if gives(reading, _setting(case.kind, case.phase, case.covenants), purpose)]


def gives(reading: Reading, setting: Setting, purpose: str) -> bool:
    """Whether the covenants of such a case give this reader the purpose; a token's pinned purpose stands."""
    key = f"search {setting.kind} {' '.join(sorted(setting.covenants))}"
    known = reading.memo.get(key)
    if known is None:
        found = purposes_for(reading.policy, reading.agency, reading.visit.roles, setting, reading.at)
        known = reading.memo[key] = tuple(found)
    return purpose in known and reading.visit.purposes_pinned in (None, purpose)


def ever_shown(reading: Reading, reader: Reader) -> int:
    """The fields that some rule could ever show this reader, whatever the case: an upper bound, by rules alone."""
    index = reading.policy.index
    rows = index.gives & index.to(reader.agency) & index.for_roles(reader.roles) & one(index.purposes, reader.purpose)
    found = 0
    for number in numbers(rows):
        found |= index.rows[number].fields
    return found


def _setting(kind: str, phase: str, covenants: str) -> Setting:
    return Setting(kind=kind, phase=phase, covenants=codes(covenants))
