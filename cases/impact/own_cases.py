"""The reader's own cases that a draft or version would meet. No fact is opened; a silent one leaves no trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import get_language

from agreements.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.decide import Policy
from agreements.policy.question import Mask
from cases.disclosure.visibility import CASE_ROLES, WORKLIST_ORDER, live_participations
from cases.impact.counting import agencies_by_row
from cases.impact.effects import Change, Effects, Kind, Observer
from cases.impact.profiles import Head, profiles_of
from cases.impact.scope import Scope
from foundation.masks import bits

PAGE = 50
"""Own cases looked at for one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """A case of the reader. loses, gains: facts that the reader sees now and loses, or knows to be there and gets.

    others: per other participant by name the facts, known to the reader, that it loses and gains. articles: the
    changed articles that speak of such a case, whatever it holds. fields: all fields of which this tells.
    """

    ref: str
    number: str
    kind: str
    phase: str
    label: str
    loses: int
    gains: int
    others: tuple[tuple[str, int, int], ...]
    articles: tuple[str, ...]
    fields: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCases:
    """looked_at: how many own cases under the covenant; next_from: where a next page begins, 0 without one."""

    cases: tuple[OwnCase, ...]
    looked_at: int
    next_from: int


def own_cases(
    visit: Visit, before: Policy, after: Policy, scope: Scope, *, code: str, at: datetime, start: int = 0
) -> OwnCases | None:
    """The reader's own cases under `code` that are affected, in the order of the worklist; None for no case role.

    A case is among them if, and only if, it is visible to this visit (cases.disclosure.visibility), and
    - the reader loses something that they see now in it, or gets what was announced to them, or
    - another participant gains or loses a fact that the reader's agency gave, or that the reader sees, or
    - a changed article speaks of its kind and phase, whatever the case holds.
    The reader is taken as they are: their own roles, and the purpose of a token.
    """
    if not visit.roles & CASE_ROLES:
        return None
    taken = list(
        live_participations(visit, at=at)
        .filter(case__covenants__contains=code)
        .order_by(*WORKLIST_ORDER)[start : start + PAGE + 1]
    )
    rows = [taking.case for taking in taken[:PAGE] if code in taking.case.covenant_codes]
    met = _effects(visit, before, after, rows, code=code, at=at)
    names = _names(met.values())
    found = [_case(case, met.get(case.pk, ()), scope, visit.agency.id, names) for case in rows]
    return OwnCases(
        cases=tuple(case for case in found if case.fields or case.articles),
        looked_at=len(rows),
        next_from=start + PAGE if len(taken) > PAGE else 0,
    )


def _effects(
    visit: Visit, before: Policy, after: Policy, rows: Iterable[Any], *, code: str, at: datetime
) -> dict[int, tuple[Change, ...]]:
    """Per case the changes of facts that the reader knows of."""
    pinned = visit.purposes_pinned
    reader = Observer(
        agency=visit.agency.id,
        roles=visit.roles & CASE_ROLES,
        purposes=None if pinned is None else frozenset({pinned}),
    )
    effects = Effects(before, after, code=code, at=at, agencies=agencies_by_row(), observer=reader)
    heads: list[Head] = sorted((case.pk, case.kind, case.phase, case.covenants) for case in rows)
    return {
        case: tuple(change for group in effects.of(profile) for change in group if change.kind in _KNOWN)
        for case, profile in profiles_of(heads, code=code, at=at)
    }


_KNOWN = (Kind.KNOWN_GAIN, Kind.KNOWN_LOSS)


class _Sums(NamedTuple):
    gained: int = 0
    lost: int = 0


def _case(case: Any, changes: Iterable[Change], scope: Scope, mine: int, names: Mapping[int, str]) -> OwnCase:
    sums: dict[int, _Sums] = {}
    fields = 0
    for recipient, kind, mask in changes:
        fields |= mask
        number = sum(1 for _ in bits(mask))
        so_far = sums.get(recipient, _Sums())
        more = _Sums(number, 0) if kind is Kind.KNOWN_GAIN else _Sums(0, number)
        sums[recipient] = _Sums(so_far.gained + more.gained, so_far.lost + more.lost)
    own = sums.pop(mine, _Sums())
    return OwnCase(
        ref=case.ref,
        number=case.number,
        kind=case.kind,
        phase=case.phase,
        label=case.label,
        loses=own.lost,
        gains=own.gained,
        others=tuple(sorted((names[who], found.lost, found.gained) for who, found in sums.items())),
        articles=scope.articles_for(kind=case.kind, phase=case.phase),
        fields=fields,
    )


def _names(changes: Iterable[tuple[Change, ...]]) -> dict[int, str]:
    who = {change.recipient for found in changes for change in found}
    language = get_language() or "nl"
    return {agency.pk: agency.name_in(language) for agency in Agency.objects.filter(pk__in=who)}
