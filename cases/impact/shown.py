"""What an agency may be shown of the counts: exact where it knows of the facts, whole tens where it does not.

The rule, in full:
1. What is listed (partners, fields, articles) follows from the rules alone (scope.py), never from the caseload.
2. Facts that the agency gave, or sees or has announced to it now, are counted exactly. So is what it loses itself.
3. All other facts are counted per partner and field, and shown in whole tens, rounded down. Below ten there is no
   telling nine from nought.
4. A total is the sum of what is shown, never of what was counted; so no hidden number is a difference of two others.
Source: design, invariant 6; decision 0008.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from agreements.models import Agency
from agreements.policy.catalogue import Catalogue, Field
from cases.disclosure.bounds import Bound, rounded
from cases.impact.scope import GAIN, LOSS, Reach, Scope, in_order

_NOT_COUNTED = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field that a partner may gain or lose."""

    code: str
    label: str
    facts: Bound
    cases: Bound
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """All that a partner may gain, or lose."""

    facts: Bound
    cases: Bound
    articles: tuple[str, ...]
    fields: tuple[FieldLine, ...]


NOTHING = WayLine(facts=Bound(at_least=0), cases=Bound(at_least=0), articles=(), fields=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    """A partner with what it loses and gains."""

    code: str
    type: str
    name: str
    monogram: str
    loss: WayLine
    gain: WayLine

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles by which it loses or gains."""
        return in_order({*self.loss.articles, *self.gain.articles})

    @property
    def cases(self) -> Bound:
        """The cases in which it loses or gains: at least as many as in either alone."""
        one, other = self.loss.cases, self.gain.cases
        either = not (one.is_nothing or other.is_nothing)
        return Bound(
            at_least=max(one.at_least, other.at_least),
            is_open=one.is_open or other.is_open or either,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The counts as one agency may see them. headline: the partner that loses most, or else gains most."""

    n_cases: Bound
    partners: tuple[PartnerLine, ...]
    headline: PartnerLine | None
    headline_way: str = ""


def shown(
    result: Mapping[str, Any], scope: Scope, *, observer: str, partners: Iterable[str], catalogue: Catalogue
) -> Shown:
    """The stored counts for the agency `observer`, with a line for each of `partners` and whoever is in the scope.

    result: as counting.result_of makes it, counted for that same agency.
    """
    names = Agency.objects.filter(code__in={*partners, *scope.reaches}).order_by("name")
    language = get_language() or "nl"
    lines = [
        PartnerLine(
            code=agency.code,
            type=agency.type,
            name=agency.name_in(language),
            monogram=agency.monogram,
            loss=_way(result, scope, agency.code, LOSS, observer, catalogue),
            gain=_way(result, scope, agency.code, GAIN, observer, catalogue),
        )
        for agency in names
    ]
    lines.sort(key=_by_weight)
    headline, way = _headline(lines)
    return Shown(n_cases=_cases(result), partners=tuple(lines), headline=headline, headline_way=way)


def _cases(result: Mapping[str, Any]) -> Bound:
    """The cases that were looked at: one's own exactly, the others in tens."""
    known, others = result["n_known"], result["n_cases"] - result["n_known"]
    return Bound(at_least=known + rounded(others), is_open=True)


def _way(result: Mapping[str, Any], scope: Scope, code: str, way: str, observer: str, catalogue: Catalogue) -> WayLine:
    reach = scope.reaches[code][way] if code in scope.reaches else Reach()
    counted = result["recipients"].get(code, {}).get(way, {"known_cases": 0, "fields": {}})
    # What an agency loses, it saw.
    is_own_loss = code == observer and way == LOSS
    fields = tuple(
        _field(
            catalogue.by_bit[bit],
            counted["fields"].get(catalogue.by_bit[bit].code, _NOT_COUNTED),
            is_exact=is_own_loss or reach.givers[bit] <= {observer},
            articles=in_order(reach.articles[bit]),
        )
        for bit in sorted(reach.articles)
    )
    if not fields:
        return NOTHING
    is_open = any(line.facts.is_open for line in fields)
    facts = sum(line.facts.at_least for line in fields)
    # Cases overlap, so these are no sum: at least those that are known of, and at least those of any one field.
    cases = max(counted["known_cases"], *(line.cases.at_least for line in fields))
    return WayLine(
        facts=Bound(at_least=facts, is_open=is_open),
        cases=Bound(at_least=cases, is_open=is_open),
        articles=reach.all_articles,
        fields=tuple(sorted(fields, key=lambda line: -line.facts.at_least)),
    )


def _field(item: Field, counted: Iterable[int], *, is_exact: bool, articles: tuple[str, ...]) -> FieldLine:
    facts, cases, other_facts, other_cases = counted
    return FieldLine(
        code=item.code,
        label=item.label(get_language() or "nl"),
        facts=Bound(at_least=facts + rounded(other_facts), is_open=not is_exact),
        cases=Bound(at_least=max(cases, rounded(other_cases)), is_open=not is_exact),
        articles=articles,
    )


def _by_weight(line: PartnerLine) -> tuple[bool, int, int, str]:
    """Who loses most first, then who gains most, then who may be touched; the rest by name."""
    untouched = line.loss is NOTHING and line.gain is NOTHING
    return untouched, -line.loss.facts.at_least, -line.gain.facts.at_least, line.name


def _headline(lines: Iterable[PartnerLine]) -> tuple[PartnerLine | None, str]:
    found = list(lines)
    for way in (LOSS, GAIN):
        most = max(found, key=lambda line: getattr(line, way).facts.at_least, default=None)
        if most is not None and getattr(most, way).facts.at_least:
            return most, way
    return None, ""
