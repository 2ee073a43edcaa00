"""The single questions that regimes.py puts to a covenant. Each gives findings; none decides anything.

A finding names the rule, its line, and the remedy. One function is one question of the law.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agreements.policy.catalogue import Catalogue, Field
from agreements.policy.errors import Finding, Severity
from agreements.policy.locations import Path
from agreements.policy.schema import CovenantDocument, Grant, RuleKind, Words
from agreements.policy.vocabulary import ANY, THIRD_PARTY, type_of

CONTROLLERS = frozenset({"POL", "OM", "GEM", "BGM", "RVK", "DJI", "GGD"})  # WGS art. 2.27(1)
PARTICIPANTS = frozenset({"RCL", "VT", "JB", "GGZ", "SOC"})  # WGS art. 2.27(2)
LIFTS_SECRECY = frozenset({"explicit_consent", "legal_permission", "good_care"})  # WGS art. 2.29(2)
SECRET = frozenset({"m", "y"})
SPECIAL = frozenset({"s", "m"})
SPECIAL_GROUNDS = ("AVG-9", "UAVG", "WGS-2.29", "BW-7", "BIG", "WVGGZ", "JW", "WMO")
LONGEST_YEARS = 5  # WGS art. 1.8(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A grant or announcement with its place and its fields."""

    announces: bool
    path: Path
    kinds: Words
    rule: Grant
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is being checked. skip: numbers of rules that are not judged, since their words do not exist."""

    document: CovenantDocument
    catalogue: Catalogue
    skip: frozenset[str] = frozenset()

    def rules(self) -> Iterator[Placed]:
        """Grants and announcements; what the references do not know has been found elsewhere."""
        for kind, path, article, rule in self.document.placed_rules():
            if isinstance(rule, Grant) and rule.id not in self.skip:
                yield Placed(
                    announces=kind is RuleKind.NOTICE,
                    path=path,
                    kinds=self.document.kinds_of(article, rule.case_kinds),
                    rule=rule,
                    fields=tuple(self.catalogue.by_code[code] for code in self.document.field_codes(rule)),
                )

    def third_parties(self, tokens: Words) -> Words:
        """Which of these tokens are, or (for "*") include, third parties of this covenant."""
        if ANY in tokens:
            return self.document.parties.third_party
        return tuple(t for t in tokens if self.document.capacity_of(t, type_of(t)) == THIRD_PARTY)


Check = Callable[[Subject], Iterable[Finding]]


def error(subject: Subject, code: str, path: Path, article: str, message: str, remedy: str) -> Finding:
    return _finding("error", subject, code, path, article, message, remedy)


def _finding(
    severity: Severity, subject: Subject, code: str, path: Path, article: str, message: str, remedy: str
) -> Finding:
    line = subject.document.line(path)
    return Finding(severity=severity, code=code, article=article, line=line, message=message, remedy=remedy)


def _labels(fields: Iterable[Field]) -> str:
    return ", ".join(f"'{field.label_nl}' ({field.code})" for field in fields)


def complete_rules(subject: Subject) -> Iterator[Finding]:
    """Every grant has basis, purpose and phase; an empty list grants nothing, so it is a mistake."""
    for placed in subject.rules():
        for name, noun in _NEEDED.items():
            if not getattr(placed.rule, name):
                message = f"De regel noemt geen {noun}; zo verstrekt hij niets."
                key = name.rstrip("_")
                remedy = f"Vul '{key}' in."
                yield error(subject, f"rule_without_{key}", placed.path, placed.rule.id, message, remedy)
        if not placed.fields:
            message = "De regel noemt geen velden; zo verstrekt hij niets."
            yield error(
                subject,
                "rule_without_fields",
                placed.path,
                placed.rule.id,
                message,
                "Noem velden of een set.",
            )


_NEEDED = {
    "basis": "grondslag",
    "purposes": "doel",
    "phases": "fase",
    "from_": "bron",
    "to": "ontvanger",
    "roles": "rol",
}


def purposes_and_kinds(subject: Subject) -> Iterator[Finding]:
    """The covenant says what for (AVG art. 5(1)(b)) and for which kinds of case."""
    if not subject.document.purposes:
        message = "Het convenant noemt geen doelen; zo verstrekt het niets."
        yield error(subject, "no_purposes", ("purposes",), "", message, 'Zet ze onder purposes: "4.1": doelcode.')
    for placed in subject.rules():
        if not placed.kinds:
            message = "Voor geen enkele casussoort geldt deze regel; zo verstrekt hij niets."
            remedy = "Noem case_kinds in een artikel zonder regels, of in de regel zelf."
            yield error(subject, "no_case_kinds", placed.path, placed.rule.id, message, remedy)


def secrecy_conditions(subject: Subject) -> Iterator[Finding]:
    """Medical and youth-care secrecy gives way to consent, legal permission or good care only."""
    for placed in subject.rules():
        secret = [field for field in placed.fields if field.data_class in SECRET]
        lifted = any(set(group) <= LIFTS_SECRECY for group in placed.rule.conditions)
        if secret and not lifted:
            message = f"Onder beroepsgeheim: {_labels(secret)}. De regel vraagt daarvoor geen voorwaarde."
            remedy = "Voeg explicit_consent, legal_permission of good_care toe (WGS 2.29, tweede lid)."
            yield error(subject, "secrecy_without_condition", placed.path, placed.rule.id, message, remedy)


def contact_and_dpia(subject: Subject) -> Iterator[Finding]:
    """A contact point for data subjects belongs in every covenant, an impact assessment in one that gives data."""
    if subject.document.contact_point is None:
        message = "Er is geen contactpunt voor betrokkenen."
        yield _finding("warning", subject, "no_contact_point", (), "", message, "Vul contact_point in.")
    if subject.document.dpia is None and subject.document.gives_data:
        message = "Er is geen verwijzing naar een DPIA (AVG art. 35)."
        yield _finding("warning", subject, "no_dpia", (), "", message, "Vul dpia: {ref, review} in.")


def capacities_of_the_wgs(subject: Subject) -> Iterator[Finding]:
    """Only the bodies of WGS art. 2.27(1) are controllers, only those of 2.27(2) participants."""
    allowed = {"controller": CONTROLLERS, "participant": PARTICIPANTS}
    for capacity, types in allowed.items():
        for index, token in enumerate(getattr(subject.document.parties, capacity)):
            if type_of(token) not in types:
                message = f"'{token}' kan volgens WGS 2.27 geen {_CAPACITY[capacity]} zijn."
                path: Path = ("parties", capacity, index)
                remedy = "Zet de partij bij de hoedanigheid die de wet haar geeft, of kies een ander regime."
                yield error(subject, "capacity_not_in_law", path, "", message, remedy)


_CAPACITY = {"controller": "verwerkingsverantwoordelijke", "participant": "deelnemer"}


def categories_of_the_wgs(subject: Subject) -> Iterator[Finding]:
    """Only categories of the closed list of WGS art. 2.30; a third party's own report stands outside it."""
    for placed in subject.rules():
        if placed.rule.delivery == "inbound":
            continue
        outside = [field for field in placed.fields if field.wgs_category in ("-", "")]
        if outside:
            message = f"Niet op de lijst van WGS 2.30: {_labels(outside)}."
            remedy = "Schrap het veld, of verstrek het onder een convenant met een ander regime."
            yield error(subject, "category_not_on_list", placed.path, placed.rule.id, message, remedy)


def third_parties_by_extract(subject: Subject) -> Iterator[Finding]:
    """Third parties receive extracts and report inbound; they do not read along (WGS art. 2.31(9))."""
    for placed in subject.rules():
        rule = placed.rule
        receiving = [t for t in subject.third_parties(rule.to) if t not in rule.except_]
        if receiving and rule.delivery != "extract":
            message = f"Derden lezen niet mee in de gezamenlijke casus: {', '.join(receiving)}."
            remedy = "Maak er delivery: extract van, of noem de ontvangers zonder hen."
            yield error(subject, "third_party_live", placed.path, rule.id, message, remedy)
        inbound = rule.delivery == "inbound"
        strangers = [t for t in rule.from_ if t not in subject.third_parties(rule.from_)] if inbound else []
        if strangers:
            message = f"Alleen een derde meldt van buiten (inbound): {', '.join(strangers)} is geen derde."
            yield error(subject, "inbound_from_party", placed.path, rule.id, message, "Laat delivery weg.")
        if not inbound and subject.third_parties(rule.from_) and ANY not in rule.from_:
            message = f"Een derde brengt feiten alleen in als eigen melding: {', '.join(rule.from_)}."
            yield error(subject, "third_party_source", placed.path, rule.id, message, "Maak er delivery: inbound van.")


def no_investigation_data(subject: Subject) -> Iterator[Finding]:
    """Data of Wpg art. 9 never enter the case: police give them to the prosecutor apart (Wpg art. 16)."""
    for placed in subject.rules():
        secret = [field for field in placed.fields if field.data_class == "w9"]
        if secret:
            message = f"Gegevens van artikel 9 Wpg mogen hier niet: {_labels(secret)}."
            yield error(subject, "wpg9_granted", placed.path, placed.rule.id, message, "Schrap het veld.")


def persons_only(subject: Subject) -> Iterator[Finding]:
    """WGS art. 2.25 speaks of a person; work on an area needs another regime."""
    for placed in subject.rules():
        if "area" in placed.kinds:
            message = "Dit regime gaat over personen, niet over gebieden (WGS 2.25)."
            remedy = "Schrap 'area' uit case_kinds en maak een eigen convenant voor het gebied."
            yield error(subject, "area_under_zvh", placed.path, placed.rule.id, message, remedy)


def five_years(subject: Subject) -> Iterator[Finding]:
    """Five years after the first processing personal data leave the system (WGS art. 1.8(7))."""
    for index, article in enumerate(subject.document.articles):
        longest = article.retention.max_from_first_processing if article.retention else None
        if longest is not None and _years(longest) > LONGEST_YEARS:
            path: Path = ("articles", index, "retention", "max_from_first_processing")
            message = f"De langste bewaartermijn is {longest}; de wet zegt vijf jaar."
            yield error(subject, "kept_too_long", path, article.article, message, "Neem P5Y of korter.")


def _years(duration: str) -> float:
    in_days = {"Y": 365, "M": 30, "W": 7, "D": 1}
    return sum(int(number) * in_days[unit] for number, unit in re.findall(r"(\d+)([YMWD])", duration)) / 365


def kinds_listed(subject: Subject) -> Iterator[Finding]:
    """Under RIEC the area is the rule; persons or families only in rules that say so themselves."""
    for placed in subject.rules():
        if set(placed.kinds) != {"area"} and not placed.rule.case_kinds:
            message = f"De regel geldt voor {', '.join(placed.kinds) or 'niets'} zonder dat zelf te zeggen."
            remedy = "Noem case_kinds in de regel, of laat het convenant alleen over gebieden gaan."
            yield error(subject, "kinds_not_listed", placed.path, placed.rule.id, message, remedy)


def police_data_by_decision(subject: Subject) -> Iterator[Finding]:
    """Police data outside the WGS need a decision of Wpg art. 20(1)-(2) naming data and receivers."""
    for placed in subject.rules():
        police = [field for field in placed.fields if field.data_class in ("w8", "w9")]
        from_police = any(token == ANY or type_of(token) == "POL" for token in placed.rule.from_)
        if police and from_police:
            yield from _against_decision(subject, placed, police)


def _against_decision(subject: Subject, placed: Placed, police: list[Field]) -> Iterator[Finding]:
    decision, rule = subject.document.decision, placed.rule
    if decision is None:
        message = f"Politiegegevens zonder besluit naar artikel 20 Wpg: {_labels(police)}."
        remedy = "Voeg 'decision' toe: ref, date, interest, partnership, purpose, data, conditions, receivers."
        yield error(subject, "no_wpg_decision", placed.path, rule.id, message, remedy)
        return
    named = {c for word in decision.data for c in subject.document.sets.get(word, (word,))}
    beyond = [field for field in police if field.code not in named]
    if beyond:
        message = f"Besluit {decision.ref} noemt deze gegevens niet: {_labels(beyond)}."
        yield error(
            subject,
            "data_not_in_decision",
            placed.path,
            rule.id,
            message,
            "Schrap ze of vul het besluit aan.",
        )
    strangers = [t for t in rule.to if t not in decision.receivers and type_of(t) not in decision.receivers]
    if strangers:
        message = f"Besluit {decision.ref} noemt deze ontvangers niet: {', '.join(strangers)}."
        yield error(
            subject,
            "receiver_not_in_decision",
            placed.path,
            rule.id,
            message,
            "Schrap ze of vul het besluit aan.",
        )


def investigation_data_by_consent(subject: Subject) -> Iterator[Finding]:
    """Data of Wpg art. 9 only after a decision of the prosecutor in the case at hand."""
    for placed in subject.rules():
        secret = [field for field in placed.fields if field.data_class == "w9"]
        if secret and ("om_consent",) not in placed.rule.conditions:
            message = f"Gegevens van artikel 9 Wpg zonder toestemming van het OM: {_labels(secret)}."
            yield error(subject, "wpg9_without_consent", placed.path, placed.rule.id, message, "Voeg om_consent toe.")


def special_data_has_ground(subject: Subject) -> Iterator[Finding]:
    """Health data need a ground of AVG art. 9(2) or the law that works it out."""
    for placed in subject.rules():
        special = [field for field in placed.fields if field.data_class in SPECIAL]
        if special and not any(ground.startswith(SPECIAL_GROUNDS) for ground in placed.rule.basis):
            message = f"Bijzondere gegevens zonder eigen grondslag: {_labels(special)}."
            remedy = "Noem de grond van AVG art. 9, tweede lid, zoals AVG-9-2-c, of de wet die haar uitwerkt."
            yield error(subject, "special_without_ground", placed.path, placed.rule.id, message, remedy)
