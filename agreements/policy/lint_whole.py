"""Is the covenant complete, and says it nothing in vain? Articles, names, parties, term. One function, one question."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from agreements.policy.catalogue import Catalogue
from agreements.policy.errors import Finding
from agreements.policy.lint_subject import Linted, Span
from agreements.policy.locations import Path
from agreements.policy.schema import Article, RuleKind
from agreements.policy.validity import days
from agreements.policy.vocabulary import ANY, type_of

LONGEST_TERM_DAYS = 5 * 366
_GIVES = re.compile(
    r"\b(verstrekt|verstrekken|krijgt|krijgen|ontvangt|ontvangen|deelt|delen|leest|lezen|ziet|zien)\b", re.IGNORECASE
)
_PARTS = ("retention", "breach", "withdrawal", "accession")


def articles_have_text(linted: Linted) -> Iterator[Finding]:
    """An article without text: its rules cannot be read by people, or it says nothing at all."""
    for index, article in enumerate(linted.document.articles):
        if article.text and article.text.strip():
            continue
        path: Path = ("articles", index)
        if article.has_rules or article.case_kinds or any(getattr(article, part) for part in _PARTS):
            message = f"Artikel {article.article} heeft regels maar geen tekst."
            remedy = "Schrijf in gewone woorden wat het artikel regelt."
        else:
            message = f"Artikel {article.article} heeft geen tekst en geen regels."
            remedy = "Schrijf de tekst, of schrap het artikel."
        yield linted.warning("article_without_text", path, article.article, message, remedy)


def text_has_rules(linted: Linted) -> Iterator[Finding]:
    """A text that gives or denies a field of the catalogue while the article has no rule that does so."""
    for index, article in enumerate(linted.document.articles):
        if article.has_rules or not article.text:
            continue
        named = _fields_given(article, linted.catalogue)
        if named:
            message = f"De tekst lijkt gegevens te verstrekken ({', '.join(named)}), maar het artikel heeft geen regel."
            remedy = "Voeg de regel toe, of verwijs naar het artikel waar hij staat."
            yield linted.warning("text_without_rule", ("articles", index, "text"), article.article, message, remedy)


def _fields_given(article: Article, catalogue: Catalogue) -> list[str]:
    labels = _labels(catalogue.hash, tuple(item.label_nl for item in catalogue.fields if not item.retired))
    sentences = (s for s in re.split(r"(?<=[.;])\s", article.text or "") if _GIVES.search(s))
    return list(dict.fromkeys(found.group(0).lower() for s in sentences for found in labels.finditer(s)))


@cache
def _labels(catalogue_hash: str, labels: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the labels as whole words; kept per catalogue. The longest first, so that it wins."""
    longest = sorted((label for label in labels if len(label) > 2), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def names_are_used(linted: Linted) -> Iterator[Finding]:
    """Purposes and sets that no rule uses, and sets without fields."""
    document = linted.document
    rules = [rule for _, _, _, rule in document.placed_rules()]
    asked = {word for rule in rules for word in getattr(rule, "purposes", ())}
    for number, code in document.purposes.items():
        if rules and not {number, code} & asked:
            message = f"Doel {number} ({code}) staat in geen enkele regel; niemand leest ervoor."
            remedy = "Gebruik het in een regel, of schrap het doel."
            yield linted.warning("purpose_unused", ("purposes", number), "", message, remedy)
    used = {name for rule in rules for name in rule.set_names}
    used |= set(document.decision.data) if document.decision else set()
    for name, codes in document.sets.items():
        if name not in used:
            message = f"Set '{name}' wordt in geen enkele regel gebruikt."
            yield linted.warning("set_unused", ("sets", name), "", message, "Gebruik de set, of schrap haar.")
        elif not codes:
            message = f"Set '{name}' is leeg."
            yield linted.warning("set_empty", ("sets", name), "", message, "Noem haar velden, of schrap haar.")


def words_stand_once(linted: Linted) -> Iterator[Finding]:
    """A word that stands twice in one list, or a field that a rule names in two ways."""
    for _, path, _, rule in linted.document.placed_rules():
        if rule.id in linted.skip:
            continue
        lists = {"from": rule.from_, "to": rule.to, "roles": rule.roles}
        lists |= {key: getattr(rule, key, ()) for key in ("purposes", "phases", "case_kinds", "obligations", "basis")}
        chosen = (code for name in rule.set_names for code in linted.document.sets.get(name, ()))
        lists["fields"] = (*rule.fields, *chosen, *rule.extra)
        for key, words in lists.items():
            twice = sorted({word for word in words if words.count(word) > 1})
            if twice:
                message = f"Bij '{key}' staat twee keer: {', '.join(twice)}."
                yield linted.warning("word_twice", (*path, key), rule.id, message, "Schrap er één.")


def parties_take_part(linted: Linted) -> Iterator[Finding]:
    """Parties that no rule lets give or get anything, in a covenant that lets anybody do so."""
    if not linted.document.gives_data:
        return
    busy = {party for span in linted.spans for party in _taking_part(span)}
    for capacity, tokens in linted.document.parties:
        for index, token in enumerate(tokens):
            if token not in busy and not any(type_of(party) == token for party in busy):
                message = f"Partij {token} geeft en krijgt in geen enkele regel iets."
                remedy = "Neem de partij op in een regel, of laat haar weg."
                yield linted.warning("party_idle", ("parties", capacity, index), "", message, remedy)


def _taking_part(span: Span) -> frozenset[str]:
    """Who gives or gets by a rule; that a rule gives of everybody does not count for the giver."""
    if span.kind is RuleKind.PROHIBITION:
        return frozenset()
    return span.recipients if ANY in span.rule.from_ else span.sources | span.recipients


def offices_are_parties(linted: Linted) -> Iterator[Finding]:
    """The contact point, and the party the bureau acts for, are parties; a breach is reported to somebody."""
    document = linted.document
    known = {type_of(token) for token in document.capacities} | set(document.capacities)
    contact = document.contact_point
    if contact is not None and not {contact, type_of(contact)} & known:
        message = f"Contactpunt {contact} is geen partij."
        yield linted.warning("contact_no_party", ("contact_point",), "", message, "Kies een van de partijen.")
    acts_for = document.bureau.acts_for if document.bureau else ""
    if acts_for and not {acts_for, type_of(acts_for)} & known:
        message = f"Het bureau handelt voor {acts_for}, en dat is geen partij."
        yield linted.warning("bureau_no_party", ("bureau", "acts_for"), "", message, "Noem een van de partijen.")
    for index, article in enumerate(document.articles):
        if article.breach is not None and article.breach.report_to == "contact_point" and contact is None:
            message = "Een datalek gaat naar het contactpunt, maar dat is er niet."
            path: Path = ("articles", index, "breach")
            yield linted.warning("breach_to_nobody", path, article.article, message, "Vul contact_point in.")


def arrangements_are_made(linted: Linted) -> Iterator[Finding]:
    """What every covenant settles: keeping, leaving, joining, and what to do at a breach (domain, section 6).

    One that gives nobody data has nothing to keep and nothing that leaks.
    """
    articles = linted.document.articles
    for part, (code, message, remedy) in _ARRANGED.items():
        if part in _OF_DATA and not linted.document.gives_data:
            continue
        if not any(getattr(article, part) for article in articles):
            yield linted.warning(code, ("articles",), "", message, remedy)
    kept = [article.retention for article in articles if article.retention]
    if linted.document.regime.startswith("wgs") and kept and not any(r.max_from_first_processing for r in kept):
        message = "Er is geen langste bewaartermijn vanaf de eerste verwerking (WGS 1.8, zevende lid)."
        path: Path = ("articles",)
        yield linted.warning("no_longest_term", path, "", message, "Vul max_from_first_processing: P5Y in.")


_OF_DATA = frozenset({"retention", "breach"})
_ARRANGED = {
    "retention": ("no_retention", "Geen artikel regelt het bewaren.", "Voeg 'retention' toe aan een artikel."),
    "withdrawal": ("no_withdrawal", "Geen artikel regelt de opzegging.", "Voeg 'withdrawal: {notice: P3M}' toe."),
    "accession": (
        "no_accession",
        "Geen artikel regelt de toetreding; dan moeten alle partijen instemmen.",
        "Voeg 'accession: {consent: all}' of 'controllers' toe.",
    ),
    "breach": ("no_breach", "Geen artikel regelt het melden van een datalek.", "Voeg 'breach' toe aan een artikel."),
}


def term_is_sound(linted: Linted) -> Iterator[Finding]:
    """A term that begins before it ends, is not over, and comes to an end some day."""
    term = linted.document.term
    path: Path = ("term",)
    if term.until is None:
        message = "Het convenant heeft geen einddatum."
        yield linted.warning("term_open", path, "", message, "Kies een einddatum; verlengen kan met een nieuwe versie.")
    elif term.until < term.from_:
        message = "De looptijd eindigt voordat zij begint."
        yield linted.error("term_reversed", path, "", message, "Draai 'from' en 'until' om.")
    elif linted.today is not None and term.until < linted.today:
        message = f"De looptijd is op {term.until.isoformat()} geëindigd."
        yield linted.error("term_over", path, "", message, "Kies een einddatum in de toekomst.")
    elif days(term.from_, term.until).ends - days(term.from_, None).starts > timedelta(days=LONGEST_TERM_DAYS):
        message = "De looptijd is langer dan vijf jaar."
        yield linted.warning("term_long", path, "", message, "Kies een kortere looptijd, of leg uit waarom niet.")
    if term.review_months is None:
        message = "Er is geen moment waarop partijen het convenant evalueren."
        yield linted.warning("no_review", path, "", message, "Vul review_months in, bijvoorbeeld 12.")


def dpia_is_current(linted: Linted) -> Iterator[Finding]:
    """The impact assessment is reviewed in time (AVG art. 35(11)); that it is there, regime_checks asks."""
    dpia = linted.document.dpia
    if dpia is not None and linted.today is not None and dpia.review < linted.today:
        message = f"De DPIA {dpia.ref} had op {dpia.review.isoformat()} herzien moeten zijn."
        remedy = "Herzie de DPIA en vul de nieuwe datum in."
        yield linted.warning("dpia_past", ("dpia", "review"), "", message, remedy)


def prohibitions_reach(linted: Linted) -> Iterator[Finding]:
    """A prohibition that only counts for facts given under its own covenant."""
    for span in linted.prohibitions:
        if getattr(span.rule, "scope", "all") == "covenant":
            message = "Dit verbod geldt alleen voor gegevens die onder dit convenant zijn verstrekt."
            remedy = "Laat 'scope: covenant' weg, of leg uit waarom een ander convenant meer mag geven."
            yield linted.warning("prohibition_limits_itself", (*span.path, "scope"), span.id, message, remedy)
