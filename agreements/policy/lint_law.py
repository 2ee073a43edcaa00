"""Has sensitive data a ground of its own? What regime_checks.py does not ask already. One function, one question.

Not legal advice: the signatories decide. Sources: AVG art. 9 and 10, UAVG art. 31-33, Wpg art. 20, Wjsg,
domain reference sections 6 to 8.
"""

import re
from collections.abc import Iterator

from agreements.policy.catalogue import Field
from agreements.policy.errors import Finding
from agreements.policy.lint_subject import Linted, Span, field_names
from agreements.policy.regime_checks import SPECIAL_GROUNDS
from agreements.policy.schema import BreakGlass
from agreements.policy.vocabulary import type_of

CRIMINAL_GROUNDS = ("AVG-10", "UAVG-31", "UAVG-32", "UAVG-33", "WPG-", "WJSG-", "LPW-")
YOUTH_GROUNDS = ("JW-", "WMO-", "AVG-9", "BW-1")
_WGS = "WGS-"
_GENERAL_YEARS = 5
"""The longest keeping in the catalogue ("with the case") is five years; domain reference, section 7."""


def special_data(linted: Linted) -> Iterator[Finding]:
    """Health data under the WGS need art. 2.29 or a ground of AVG art. 9(2); other regimes: regime_checks."""
    if not linted.document.regime.startswith("wgs"):
        return
    for span in linted.grants:
        yield from _without(linted, span, ("s", "m"), SPECIAL_GROUNDS, "special_without_ground", _SPECIAL)


def youth_data(linted: Linted) -> Iterator[Finding]:
    """Data under youth secrecy need the Youth Act, the Wmo (Veilig Thuis) or the WGS."""
    for span in linted.grants:
        yield from _without(linted, span, ("y",), (*YOUTH_GROUNDS, *_wgs(linted)), "youth_without_ground", _YOUTH)


def police_data(linted: Linted) -> Iterator[Finding]:
    """Police data need the Wpg; within a WGS partnership the WGS itself points there (Wpg art. 20(3))."""
    for span in linted.grants:
        grounds = ("WPG-", *_wgs(linted))
        yield from _without(linted, span, ("w8", "w9"), grounds, "police_without_ground", _POLICE)


def judicial_data(linted: Linted) -> Iterator[Finding]:
    """Judicial data need the Wjsg; within a WGS partnership the WGS itself points there."""
    for span in linted.grants:
        grounds = ("WJSG-", *_wgs(linted))
        yield from _without(linted, span, ("j",), grounds, "judicial_without_ground", _JUDICIAL)


def criminal_data(linted: Linted) -> Iterator[Finding]:
    """Criminal data (AVG art. 10) need a law: UAVG art. 31-33 or one that works it out.

    A decision under Wpg art. 20 that names the data covers what police give; for the other sources of the
    same rule that is a question to answer, not an error.
    """
    decision = linted.document.decision
    decided = frozenset(decision.data if decision else ())
    named = {code for word in decided for code in linted.document.sets.get(word, (word,))}
    for span in linted.grants:
        found = _bare(linted, span, ("c",), (*CRIMINAL_GROUNDS, *_wgs(linted)))
        if not found:
            continue
        message = f"Strafrechtelijke gegevens zonder eigen grondslag (AVG art. 10): {field_names(found)}."
        if all(item.code in named for item in found) and _from_police(span):
            others = ", ".join(sorted(source for source in span.sources if type_of(source) != "POL"))
            if others:
                message += f" Besluit {decision.ref if decision else ''} dekt alleen de politie, niet {others}."
                yield linted.warning("criminal_without_ground", span.path, span.id, message, _CRIMINAL)
            continue
        yield linted.error("criminal_without_ground", span.path, span.id, message, _CRIMINAL)


def _from_police(span: Span) -> bool:
    return any(type_of(source) == "POL" for source in span.sources)


def break_glass(linted: Linted) -> Iterator[Finding]:
    """Noodinzage: its ground, a ground for health data, a review within a day, and somebody who hears of it."""
    for span in linted.spans:
        rule = span.rule
        if not isinstance(rule, BreakGlass):
            continue
        if not rule.basis:
            message = "De noodinzage noemt geen grondslag."
            remedy = "Noem haar, zoals AVG-6-1-d (vitaal belang)."
            yield linted.warning("break_glass_without_basis", span.path, rule.id, message, remedy)
        else:
            grounds = (*SPECIAL_GROUNDS, *YOUTH_GROUNDS)
            yield from _without(
                linted, span, ("s", "m", "y"), grounds, "break_glass_without_ground", _SPECIAL, soft=True
            )
        if rule.review_hours > 24:
            message = f"De beoordeling van noodinzage volgt pas na {rule.review_hours} uur."
            path = (*span.path, "review_hours")
            yield linted.warning("break_glass_review_late", path, rule.id, message, "Neem 24 uur of korter.")
        if not rule.notify:
            message = "Niemand krijgt bericht van een noodinzage."
            remedy = "Vul 'notify' in: [source, privacy_officers]."
            yield linted.warning("break_glass_unnoticed", span.path, rule.id, message, remedy)


def _wgs(linted: Linted) -> tuple[str, ...]:
    return (_WGS,) if linted.document.regime.startswith("wgs") else ()


def _bare(linted: Linted, span: Span, classes: tuple[str, ...], grounds: tuple[str, ...]) -> list[Field]:
    """The fields of these classes in a rule with a basis, but none of these; no basis at all is found elsewhere."""
    if not span.rule.basis or any(ground.startswith(grounds) for ground in span.rule.basis):
        return []
    fields = (linted.catalogue.by_code[code] for code in linted.catalogue.codes(span.fields))
    return [item for item in fields if item.data_class in classes]


def _without(
    linted: Linted,
    span: Span,
    classes: tuple[str, ...],
    grounds: tuple[str, ...],
    code: str,
    words: tuple[str, str],
    *,
    soft: bool = False,
) -> Iterator[Finding]:
    found = _bare(linted, span, classes, grounds)
    if found:
        finding = linted.warning if soft else linted.error
        yield finding(code, span.path, span.id, f"{words[0]}: {field_names(found)}.", words[1])


_SPECIAL = (
    "Bijzondere gegevens zonder eigen grondslag",
    "Noem WGS-2.29-2, de grond van AVG art. 9, tweede lid, zoals AVG-9-2-c, of de wet die haar uitwerkt.",
)
_YOUTH = ("Gegevens van de jeugdhulp zonder eigen grondslag", "Noem de Jeugdwet (JW-7.3.11) of de Wmo (WMO-5).")
_POLICE = ("Politiegegevens zonder grondslag in de Wpg", "Noem het artikel, zoals WPG-20-1 of WPG-20-3.")
_JUDICIAL = ("Justitiële gegevens zonder grondslag in de Wjsg", "Noem het artikel, zoals WJSG-39f.")
_CRIMINAL = "Noem UAVG-31, UAVG-32 of UAVG-33, of de wet die haar uitwerkt (WPG, WJSG, LPW)."


def kept_no_longer(linted: Linted) -> Iterator[Finding]:
    """Terms of keeping that are longer than the law, or than our reading of it, allows (domain, section 8)."""
    wgs = linted.document.regime == "wgs_zvh"
    for index, article in enumerate(linted.document.articles):
        kept = article.retention
        if kept is None:
            continue
        longest = kept.max_from_first_processing
        limits = [
            ("closed_case", "P1Y", "een gesloten casus een jaar")
            if wgs
            else ("closed_case", longest or "", "de langste termijn"),
            ("not_admitted", "P14D", "een niet toegelaten casus veertien dagen"),
            ("street_message", "P30D", "een bericht van het straatteam dertig dagen"),
            ("renewal", "P2Y", "een verlenging twee jaar"),
        ]
        if not wgs:
            limits.append(
                ("max_from_first_processing", f"P{_GENERAL_YEARS}Y", "alle velden samen ten hoogste vijf jaar")
            )
        for key, limit, words in limits:
            stated = getattr(kept, key)
            if stated and limit and in_days(stated) > in_days(limit):
                message = f"De termijn {key} is {stated}; gebruikelijk is {words} ({limit})."
                path = ("articles", index, "retention", key)
                remedy = f"Neem {limit} of korter, of leg uit waarom langer nodig is."
                yield linted.warning("kept_longer", path, article.article, message, remedy)


def in_days(duration: str) -> float:
    """Some days of an ISO duration; months of 30 and years of 365 days, to compare terms."""
    length = {"Y": 365, "M": 30, "W": 7, "D": 1}
    return sum(int(number) * length[unit] for number, unit in re.findall(r"(\d+)([YMWD])", duration))
