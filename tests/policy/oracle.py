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

RULING = ("grants", "announcements", "prohibitions", "break_glass")


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
        for version, rule in openings(world, q, key):
            grades.update(dict.fromkeys(field_codes(version, rule), grade))
    for version, rule in prohibitions(world, q):
        grades.update(dict.fromkeys(field_codes(version, rule), "silent"))
    held = {code for code in codes if q.held >> world.catalogue.by_code[code].bit & 1}
    return grades | dict.fromkeys(held, "silent")


def in_force(world: World, q: Question) -> list[Any]:
    codes = q.setting.covenants
    return [v for v in world.versions if v.document.code in codes and is_now(v.starts, v.ends, q.at)]


def openings(world: World, q: Question, key: str) -> Iterator[tuple[Any, Any]]:
    """The grants or announcements that count, both agencies being party to the version that carries the facts."""
    for version in in_force(world, q):
        reader, source = capacity(version, q.reader.agency, q.at), gives(version, q.source, q.at)
        barred = reader == "third_party" and not third_party_may(world, version, q)
        if version.document.code in q.under and reader and source and not barred:
            for article in version.document.articles:
                for rule in rules(article, key, q.via):
                    if opens(version.document, article, rule, q) and acted(version.document, rule, q):
                        yield version, rule


def rules(article: Any, key: str, via: Delivery) -> list[Any]:
    if via is Delivery.BREAK_GLASS:
        return [article.break_glass] if article.break_glass is not None and key == "grants" else []
    wanted = ("extract",) if via is Delivery.EXTRACT else ("live", "inbound")
    return [rule for rule in getattr(article, key) if rule.delivery in wanted]


def opens(document: Any, article: Any, rule: Any, q: Question) -> bool:
    if not concerns(rule, q) or not q.reader.roles & set(rule.roles):
        return False
    if q.via is Delivery.BREAK_GLASS:
        return meets(q, (rule.condition,)) and q.setting.kind in kinds(document, article, ())
    return (
        q.reader.purpose in {document.purposes.get(word, word) for word in rule.purposes}
        and q.setting.phase in rule.phases
        and q.setting.kind in kinds(document, article, rule.case_kinds)
        and all(meets(q, group) for group in rule.conditions)
    )


def acted(document: Any, rule: Any, q: Question) -> bool:
    """Under an act of break-glass only its own article, only to its agency, only while it stands."""
    act = q.act
    if q.via is not Delivery.BREAK_GLASS or act is None:
        return True
    named = act.covenant == document.code and act.article == rule.id
    return named and act.agency == q.reader.agency.code and is_now(act.starts, act.until, q.at)


def prohibitions(world: World, q: Question) -> Iterator[tuple[Any, Any]]:
    """The prohibitions that count: of every covenant of the case, whether or not the reader is a party to it."""
    regimes = {v.document.regime for v in in_force(world, q) if v.document.code in q.under}
    for version in in_force(world, q):
        for rule in (rule for article in version.document.articles for rule in article.prohibitions):
            unless = rule.unless
            lifted = unless is not None and unless.regime in regimes and meets(q, (unless.condition,))
            if prohibits(version.document, rule, q) and not lifted:
                yield version, rule


def prohibits(document: Any, rule: Any, q: Question) -> bool:
    purposes = {document.purposes.get(word, word) for word in rule.purposes}
    return (
        concerns(rule, q)
        and (rule.scope == "all" or document.code in q.under)
        and (not rule.roles or bool(q.reader.roles & set(rule.roles)))
        and (not purposes or q.reader.purpose in purposes)
        and (not rule.phases or q.setting.phase in rule.phases)
        and (not rule.case_kinds or q.setting.kind in rule.case_kinds)
    )


def field_codes(version: Any, rule: Any) -> set[str]:
    names = [*rule.sets, *([rule.set] if rule.set else [])]
    return {*rule.fields, *rule.extra, *(code for name in names for code in version.document.sets[name])}


def concerns(rule: Any, q: Question) -> bool:
    """From this source, to this reader, in the rule's own days (both inclusive, in the Netherlands)."""
    own, day = getattr(rule, "valid", None), q.at.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    in_time = own is None or (own.from_ or date.min) <= day <= (own.until or date.max)
    excepted = names_agency(getattr(rule, "except_", ()), q.reader.agency)
    return in_time and names_agency(rule.from_, q.source) and names_agency(rule.to, q.reader.agency) and not excepted


def names_agency(tokens: Sequence[str], agency: Actor) -> bool:
    return "*" in tokens or agency.type in tokens or agency.code in tokens


def kinds(document: Any, article: Any, stated: Sequence[str]) -> set[str]:
    """The rule's kinds, else its article's, else the covenant's; never more than the covenant's."""
    plain = [item for item in document.articles if not any(getattr(item, key) for key in RULING)]
    everywhere = {kind for item in plain for kind in item.case_kinds}
    own = set(stated or article.case_kinds or everywhere)
    return own & everywhere if everywhere else own


def meets(q: Question, group: Sequence[str]) -> bool:
    return q.satisfied > 0 and any(q.satisfied & condition_bit(name) for name in group)


def capacity(version: Any, agency: Actor, at: datetime) -> str | None:
    """The capacity in which the agency is a party to this version now; the document says which it may be."""
    allowed = may_be(version, agency)
    mine = [a for a in version.accessions if a.agency == agency and a.capacity == allowed]
    return allowed if any(is_now(a.starts, a.ends, at) for a in mine) else None


def gives(version: Any, agency: Actor, at: datetime) -> bool:
    """Whether facts of this agency flow: while it is a party, and after it where they stay."""
    mine = [a for a in version.accessions if a.agency == agency and a.capacity == may_be(version, agency)]
    return any(is_now(a.starts, None if a.facts_stay else a.ends, at) for a in mine)


def may_be(version: Any, agency: Actor) -> str | None:
    bureau, tokens = version.document.bureau, dict(version.document.parties)
    named = {token: capacity for capacity, parties in tokens.items() for token in parties}
    allowed = named.get(agency.code) or named.get(agency.type)
    if bureau is not None and bureau.code in (agency.code, agency.type):
        return "bureau"
    return allowed


def third_party_may(world: World, version: Any, q: Question) -> bool:
    live = world.third_party_mode == "live" and version.document.regime == "general"
    return world.third_party_mode != "none" and (q.via is Delivery.EXTRACT or live)


def is_now(starts: datetime, ends: datetime | None, at: datetime) -> bool:
    return starts <= at and (ends is None or at < ends)
