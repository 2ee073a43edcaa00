"""Do rules stand in each other's way? Prohibitions over grants, rules that say the same, articles that differ.

One function, one question. A prohibition always wins (README.md), so what it swallows is a promise not kept.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agreements.policy.errors import Finding
from agreements.policy.lint_subject import Linted, Span, covers, meets, parties_of, spans_of
from agreements.policy.locations import Path
from agreements.policy.question import Mask
from agreements.policy.schema import CovenantDocument, Grant, Prohibition, RuleKind


class _Clash(NamedTuple):
    """What prohibitions take from one rule: whether all, the rules that do it, and per rule which part."""

    whole: bool
    parts: tuple[tuple[Span, Mask, tuple[str, ...]], ...]


def prohibited_here(linted: Linted) -> Iterator[Finding]:
    """A grant, announcement or break-glass that a prohibition of the same covenant swallows, whole or partly."""
    prohibitions = linted.prohibitions
    for span in linted.spans:
        if span.kind is RuleKind.PROHIBITION or span.dead:
            continue
        clash = _clash(span, prohibitions, linted.document.regime)
        numbers = ", ".join(prohibition.id for prohibition, _, _ in clash.parts)
        if clash.whole:
            message = f"Het verbod van artikel {numbers} neemt alles weg wat deze regel verstrekt."
            remedy = "Schrap de regel, of neem zijn velden of ontvangers uit het verbod."
            yield linted.error("grant_swallowed", span.path, span.id, message, remedy)
            continue
        for prohibition, mask, parties in clash.parts:
            message = f"Artikel {prohibition.id} verbiedt een deel: {linted.named(mask)} aan {', '.join(parties)}."
            remedy = "Noem in de regel alleen wat overblijft, of maak het verbod smaller."
            yield linted.warning("grant_partly_prohibited", span.path, span.id, message, remedy)


def prohibited_elsewhere(linted: Linted) -> Iterator[Finding]:
    """A prohibition of another covenant that takes from this one's grants, in cases that run under both."""
    for other in linted.others:
        prohibitions = _far_reaching(spans_of(other, linted.catalogue, linted.parties))
        for span in linted.grants:
            if span.dead or other.code == linted.document.code or not _share_cases(span, other):
                continue
            clash = _clash(span, prohibitions, linted.document.regime)
            if not clash.parts:
                continue
            mask = _union(mask for _, mask, _ in clash.parts)
            numbers = ", ".join(prohibition.id for prohibition, _, _ in clash.parts)
            what = "alles" if clash.whole else linted.named(mask)
            message = f"In casussen die ook onder {other.code} lopen, verbiedt artikel {numbers} daarvan {what}."
            remedy = "Stem de convenanten op elkaar af, of leg uit dat het verbod daar voorgaat."
            yield linted.warning("prohibited_elsewhere", span.path, span.id, message, remedy)


def prohibits_elsewhere(linted: Linted) -> Iterator[Finding]:
    """A prohibition of this covenant that takes from another one's grants, in cases that run under both."""
    prohibitions = _far_reaching(linted.prohibitions)
    for other in linted.others:
        if other.code == linted.document.code or not prohibitions:
            continue
        parties = parties_of(other)
        mine = _far_reaching(spans_of(linted.document, linted.catalogue, parties, skip=linted.skip))
        grants = [span for span in spans_of(other, linted.catalogue, parties) if span.gives and not span.dead]
        for prohibition in mine:
            hit = [span for span in grants if _takes(prohibition, span, other.regime) and _case(linted, span)]
            if hit:
                numbers = ", ".join(span.id for span in hit)
                message = f"Dit verbod neemt ook weg van wat {other.code} verstrekt (artikel {numbers})."
                remedy = "Maak het verbod smaller, of stem het af met de partijen van dat convenant."
                yield linted.warning("prohibits_elsewhere", prohibition.path, prohibition.id, message, remedy)


def _far_reaching(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Prohibitions that count for facts given under any covenant of the case."""
    return tuple(span for span in spans if isinstance(span.rule, Prohibition) and span.rule.scope == "all")


def _share_cases(span: Span, other: CovenantDocument) -> bool:
    return not other.case_kinds or meets(span.kinds, frozenset(other.case_kinds))


def _case(linted: Linted, span: Span) -> bool:
    return _share_cases(span, linted.document)


def _clash(span: Span, prohibitions: Iterable[Span], regime: str) -> _Clash:
    touching = [item for item in prohibitions if _takes(item, span, regime)]
    if not touching:
        return _Clash(False, ())
    whole = [item for item in touching if _always(item, span, regime)]
    pairs = list(span.pairs())
    swallowed = bool(pairs) and all(
        not span.fields & ~_union(p.fields for p in whole if source in p.sources and to in p.recipients)
        for source, to in pairs
    )
    parts = ((p, p.fields & span.fields, tuple(sorted(p.recipients & span.recipients))) for p in touching)
    return _Clash(swallowed, tuple(parts))


def _takes(prohibition: Span, span: Span, regime: str) -> bool:
    """Whether there is a question in which this prohibition takes away something of this rule."""
    return (
        bool(prohibition.fields & span.fields)
        and meets(prohibition.sources, span.sources)
        and meets(prohibition.recipients, span.recipients)
        and _meet(prohibition, span)
        and not _lifted_whenever_granted(prohibition, span, regime)
    )


def _meet(one: Span, other: Span) -> bool:
    return (
        meets(one.roles, other.roles)
        and meets(one.purposes, other.purposes)
        and meets(one.phases, other.phases)
        and meets(one.kinds, other.kinds)
        and one.valid.starts < other.valid.ends
        and other.valid.starts < one.valid.ends
    )


def _always(prohibition: Span, span: Span, regime: str) -> bool:
    """Whether it takes in every role, purpose, phase, kind and moment of the rule, and is never lifted."""
    unless = prohibition.rule.unless if isinstance(prohibition.rule, Prohibition) else None
    return _wider(prohibition, span) and (unless is None or unless.regime != regime)


def _wider(wide: Span, narrow: Span) -> bool:
    return (
        covers(wide.roles, narrow.roles)
        and covers(wide.purposes, narrow.purposes)
        and covers(wide.phases, narrow.phases)
        and covers(wide.kinds, narrow.kinds)
        and wide.valid.starts <= narrow.valid.starts
        and narrow.valid.ends <= wide.valid.ends
    )


def _lifted_whenever_granted(prohibition: Span, span: Span, regime: str) -> bool:
    """The rule asks the very condition that lifts the prohibition, so they never meet."""
    unless = prohibition.rule.unless if isinstance(prohibition.rule, Prohibition) else None
    return unless is not None and unless.regime == regime and frozenset({unless.condition}) in span.conditions


def _union(masks: Iterable[Mask]) -> Mask:
    found = 0
    for mask in masks:
        found |= mask
    return found


def said_twice(linted: Linted) -> Iterator[Finding]:
    """A rule that adds nothing to another one of the same covenant."""
    by_field: dict[int, list[Span]] = {}
    for span in linted.spans:
        for bit in range(span.fields.bit_length()):
            if span.fields >> bit & 1:
                by_field.setdefault(bit, []).append(span)
    order = {id(span): place for place, span in enumerate(linted.spans)}
    for span in linted.spans:
        if span.dead or span.kind is RuleKind.BREAK_GLASS:
            continue
        lowest = (span.fields & -span.fields).bit_length() - 1
        wider = (other for other in by_field[lowest] if other is not span and _adds_nothing(other, span))
        first = next((o for o in wider if order[id(o)] < order[id(span)] or not _adds_nothing(span, o)), None)
        if first is not None:
            message = f"{_NOUN[span.kind]} voegt niets toe aan artikel {first.id}."
            yield linted.warning(
                "said_twice", span.path, span.id, message, f"Schrap de regel of voeg ze samen: {first.id}."
            )


_NOUN = {RuleKind.GRANT: "De verstrekking", RuleKind.NOTICE: "De kennisgeving", RuleKind.PROHIBITION: "Het verbod"}


def _adds_nothing(wide: Span, narrow: Span) -> bool:
    """Whether everything `narrow` does, `wide` does as well. A notice of what is also granted adds nothing."""
    return (
        (wide.kind is narrow.kind or (wide.kind is RuleKind.GRANT and narrow.kind is RuleKind.NOTICE))
        and not narrow.fields & ~wide.fields
        and narrow.sources <= wide.sources
        and narrow.recipients <= wide.recipients
        and _wider(wide, narrow)
        and _same_way(wide, narrow)
    )


def _same_way(wide: Span, narrow: Span) -> bool:
    """Whether `wide` asks no more, binds no less, and is delivered in the same way."""
    one, other = wide.rule, narrow.rule
    if isinstance(one, Prohibition) and isinstance(other, Prohibition):
        return one.unless in (None, other.unless) and (one.scope == "all" or other.scope == "covenant")
    if not isinstance(one, Grant) or not isinstance(other, Grant):
        return False
    asked = all(any(group <= mine for group in narrow.conditions) for mine in wide.conditions)
    extract = (one.delivery == "extract") == (other.delivery == "extract")
    binds = wide.kind is not narrow.kind or set(other.obligations) <= set(one.obligations)
    return asked and extract and binds


def articles_differ(linted: Linted) -> Iterator[Finding]:
    """Two articles that settle the same thing (keeping, leaving, joining, a breach) and say different things."""
    for part, noun in _SETTLED.items():
        said: dict[str, tuple[str, object]] = {}
        for index, article in enumerate(linted.document.articles):
            block = getattr(article, part)
            stated = {} if block is None else block.model_dump(exclude_unset=True, exclude_none=True)
            for key, value in stated.items():
                where, first = said.setdefault(key, (article.article, value))
                if first != value:
                    message = f"Over {noun} zegt artikel {where} iets anders ({key}: {first}, hier {value})."
                    path: Path = ("articles", index, part, key)
                    remedy = "Regel het op één plaats."
                    yield linted.error("articles_differ", path, article.article, message, remedy)


_SETTLED = {
    "retention": "het bewaren",
    "withdrawal": "de opzegging",
    "accession": "de toetreding",
    "breach": "het melden van datalekken",
}
