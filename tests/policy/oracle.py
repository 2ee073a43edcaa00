"""The slow, obviously right reading of covenants: one pass over the articles, straight from the document.

Shares with the core only the shape of the document and the question. Never imports compile, index, rows,
fold, decide or explain: when the two disagree, one of them has misread the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agreements.policy.conditions import condition_bit
from agreements.policy.question import Actor, Delivery, Question

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LIVE_FOR_THIRD_PARTIES = {"general"}


@dataclass(frozen=True)
class World:
    """All versions ever (objects with document, starts, ends, accessions), and the mode."""

    catalogue: Any
    versions: Sequence[Any]
    third_party_mode: str = "extract"


def oracle_grades(world: World, q: Question) -> dict[str, str]:
    """visible, announced or silent, for every field of the catalogue by its code."""
    codes = list(world.catalogue.by_code)
    if q.source.code == q.reader.agency.code:
        return dict.fromkeys(codes, "visible")
    grades = dict.fromkeys(codes, "silent")
    for key, grade in (("announcements", "announced"), ("grants", "visible")):
        for version, rule in _openings(world, q, key):
            grades.update(dict.fromkeys(_codes(version, rule), grade))
    for version, rule in _prohibitions(world, q):
        grades.update(dict.fromkeys(_codes(version, rule), "silent"))
    held = {code for code in codes if q.held >> world.catalogue.by_code[code].bit & 1}
    return grades | dict.fromkeys(held, "silent")


def oracle_masks(world: World, q: Question) -> tuple[int, int]:
    """The visible and the announced fields as masks."""
    grades = oracle_grades(world, q)
    return tuple(
        world.catalogue.mask(code for code, grade in grades.items() if grade == wanted)
        for wanted in ("visible", "announced")
    )


def oracle_obligations(world: World, q: Question) -> set[str]:
    """What follows from the articles that give something that is given."""
    found: set[str] = set()
    grades = {} if q.source.code == q.reader.agency.code else oracle_grades(world, q)
    for key, grade in (("grants", "visible"), ("announcements", "announced")):
        for version, rule in _openings(world, q, key):
            if any(grades.get(code) == grade for code in _codes(version, rule)):
                found |= set(getattr(rule, "obligations", ("log", "notify_source")))
    return found


def _in_force(world: World, q: Question) -> Iterator[Any]:
    for version in world.versions:
        if version.document.code in q.setting.covenants and _now(version.starts, version.ends, q.at):
            yield version


def _openings(world: World, q: Question, key: str) -> Iterator[tuple[Any, Any]]:
    for version in _in_force(world, q):
        if version.document.code not in q.under:
            continue
        reader, source = _capacity(version, q.reader.agency, q.at), _capacity(version, q.source, q.at)
        if reader is None or source is None or (reader == "third_party" and not _third_may(world, version, q)):
            continue
        for article in version.document.articles:
            for rule in _rules(article, key, q.via):
                if _opens(version.document, article, rule, q):
                    yield version, rule


def _rules(article: Any, key: str, via: Delivery) -> list[Any]:
    if via is Delivery.BREAK_GLASS:
        return [article.break_glass] if article.break_glass is not None and key == "grants" else []
    wanted = ("extract",) if via is Delivery.EXTRACT else ("live", "inbound")
    return [rule for rule in getattr(article, key) if rule.delivery in wanted]


def _opens(document: Any, article: Any, rule: Any, q: Question) -> bool:
    if not _between(rule, q) or not q.reader.roles & set(rule.roles):
        return False
    if q.via is Delivery.BREAK_GLASS:
        return _meets(q, (rule.condition,)) and q.setting.kind in _kinds(document, article, ())
    return (
        q.reader.purpose in {document.purposes.get(word, word) for word in rule.purposes}
        and q.setting.phase in rule.phases
        and q.setting.kind in _kinds(document, article, rule.case_kinds)
        and all(_meets(q, group) for group in rule.conditions)
    )


def _prohibitions(world: World, q: Question) -> Iterator[tuple[Any, Any]]:
    for version in _in_force(world, q):
        for article in version.document.articles:
            for rule in article.prohibitions:
                if _prohibits(version.document, rule, q) and not _lifted(world, rule, q):
                    yield version, rule


def _prohibits(document: Any, rule: Any, q: Question) -> bool:
    purposes = {document.purposes.get(word, word) for word in rule.purposes}
    return (
        _between(rule, q)
        and (rule.scope == "all" or document.code in q.under)
        and (not rule.roles or bool(q.reader.roles & set(rule.roles)))
        and (not purposes or q.reader.purpose in purposes)
        and (not rule.phases or q.setting.phase in rule.phases)
        and (not rule.case_kinds or q.setting.kind in rule.case_kinds)
    )


def _lifted(world: World, rule: Any, q: Question) -> bool:
    if rule.unless is None or not _meets(q, (rule.unless.condition,)):
        return False
    running = [v.document for v in _in_force(world, q) if v.document.code in q.under]
    return any(document.regime == rule.unless.regime for document in running)


def _codes(version: Any, rule: Any) -> set[str]:
    names = [*rule.sets, *([rule.set] if rule.set else [])]
    return {*rule.fields, *rule.extra, *(code for name in names for code in version.document.sets[name])}


def _between(rule: Any, q: Question) -> bool:
    """From this source, to this reader, in the rule's own days."""
    excepted = _names(getattr(rule, "except_", ()), q.reader.agency)
    return _names(rule.from_, q.source) and _names(rule.to, q.reader.agency) and not excepted and _valid(rule, q.at)


def _names(tokens: Sequence[str], agency: Actor) -> bool:
    return "*" in tokens or agency.type in tokens or agency.code in tokens


def _kinds(document: Any, article: Any, stated: Sequence[str]) -> set[str]:
    """The rule's kinds, else its article's, else the covenant's; never more than the covenant's."""
    ruling = ("grants", "announcements", "prohibitions", "break_glass")
    plain = [item for item in document.articles if not any(getattr(item, key) for key in ruling)]
    everywhere = {kind for item in plain for kind in item.case_kinds}
    own = set(stated or article.case_kinds or everywhere)
    return own & everywhere if everywhere else own


def _meets(q: Question, group: Sequence[str]) -> bool:
    return q.satisfied > 0 and any(q.satisfied & condition_bit(name) for name in group)


def _valid(rule: Any, at: datetime) -> bool:
    own = getattr(rule, "valid", None)
    day = at.astimezone(AMSTERDAM).date()
    return own is None or (own.from_ or date.min) <= day <= (own.until or date.max)


def _capacity(version: Any, agency: Actor, at: datetime) -> str | None:
    """The capacity in which the agency is a party to this version now, if it is."""
    parties, bureau = version.document.parties, version.document.bureau
    by_token = {t: c for c in ("controller", "participant", "third_party") for t in getattr(parties, c)}
    allowed = by_token.get(agency.code) or by_token.get(agency.type)
    if bureau is not None and bureau.code in (agency.code, agency.type):
        allowed = "bureau"
    for joined in version.accessions:
        if joined.agency == agency and joined.capacity == allowed and _now(joined.starts, joined.ends, at):
            return allowed
    return None


def _third_may(world: World, version: Any, q: Question) -> bool:
    if world.third_party_mode == "none":
        return False
    live = world.third_party_mode == "live" and version.document.regime in LIVE_FOR_THIRD_PARTIES
    return q.via is Delivery.EXTRACT or live


def _now(starts: datetime, ends: datetime | None, at: datetime) -> bool:
    return starts <= at and (ends is None or at < ends)
