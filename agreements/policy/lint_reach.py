"""Can this rule ever give something? Rules that match nobody, no day, no role, no fact. One function, one question."""

from collections.abc import Iterator

from agreements.policy.catalogue import Field
from agreements.policy.errors import Finding
from agreements.policy.lint_subject import Linted, Span, field_names
from agreements.policy.regimes import third_party_live
from agreements.policy.schema import Grant, Rule, RuleKind
from agreements.policy.validity import days
from agreements.policy.vocabulary import ANY, THIRD_PARTY, type_of


def days_of_the_rule(linted: Linted) -> Iterator[Finding]:
    """Own days of a rule that end before they begin, or fall outside the term of the covenant."""
    term = linted.document.term
    for span in linted.spans:
        own = span.rule.valid if isinstance(span.rule, Rule) else None
        if own is None:
            continue
        path = (*span.path, "valid")
        whole, part = days(term.from_, term.until), span.valid
        if part.starts >= part.ends:
            message = "De geldigheid van de regel eindigt voordat zij begint; zo geldt hij nooit."
            yield linted.error("days_reversed", path, span.id, message, "Draai 'from' en 'until' om.")
        elif part.ends <= whole.starts or part.starts >= whole.ends:
            message = "De regel geldt alleen op dagen buiten de looptijd van het convenant; zo geldt hij nooit."
            yield linted.error("days_outside_term", path, span.id, message, "Kies dagen binnen 'term'.")
        elif (own.from_ and part.starts < whole.starts) or (own.until and part.ends > whole.ends):
            message = "De regel noemt dagen buiten de looptijd van het convenant; daarbuiten geldt hij niet."
            yield linted.warning("days_partly_outside", path, span.id, message, "Kies dagen binnen 'term'.")


def kinds_of_the_covenant(linted: Linted) -> Iterator[Finding]:
    """Case kinds of a rule that the covenant as a whole is not for: they fall away in silence."""
    covenant = linted.document.case_kinds
    for span in linted.spans:
        stated = span.rule.case_kinds if isinstance(span.rule, Rule) else ()
        beyond = [kind for kind in (stated or span.article.case_kinds) if covenant and kind not in covenant]
        if beyond and (span.kinds or not span.gives):  # a grant left without any kind is an error of the regime
            message = f"Het convenant is niet voor casussoort {', '.join(beyond)}; daar werkt de regel niet."
            remedy = "Schrap de soort hier, of voeg haar toe in het artikel over casussoorten."
            yield linted.warning("kind_outside_covenant", span.path, span.id, message, remedy)


def somebody_receives(linted: Linted) -> Iterator[Finding]:
    """A rule whose recipients are all excepted, or that only gives an agency what it has itself."""
    for span in linted.spans:
        named = bool(span.rule.to and span.rule.from_)
        if named and not span.recipients and isinstance(span.rule, Rule) and span.rule.except_:
            if span.gives:
                message = "Alle ontvangers zijn uitgezonderd; zo verstrekt de regel niets."
                remedy = "Schrap de uitzondering, of noem andere ontvangers."
                yield linted.error("recipients_excepted", (*span.path, "except"), span.id, message, remedy)
            else:
                message = "Alle ontvangers zijn uitgezonderd; zo verbiedt de regel niets aan een partij."
                remedy = "Noem bij 'except' alleen wie het wel mag krijgen."
                yield linted.warning("recipients_excepted", (*span.path, "except"), span.id, message, remedy)
        elif span.gives and not span.dead and not any(span.pairs()):
            message = "De regel verstrekt een organisatie alleen haar eigen gegevens; die ziet zij al."
            yield linted.error("only_to_itself", (*span.path, "to"), span.id, message, "Noem andere ontvangers.")


def exceptions_matter(linted: Linted) -> Iterator[Finding]:
    """An exception for somebody who was no recipient in the first place."""
    for span in linted.grants:
        excepted = span.rule.except_ if isinstance(span.rule, Rule) else ()
        to = span.rule.to
        idle = [token for token in excepted if not {ANY, token, type_of(token)} & set(to)]
        if idle:
            message = f"De uitzondering noemt {', '.join(idle)}, en die is hier geen ontvanger."
            yield linted.warning("exception_idle", (*span.path, "except"), span.id, message, "Schrap de uitzondering.")


def extracts_to_third_parties(linted: Linted) -> Iterator[Finding]:
    """Under the WGS an extract is what third parties get; parties read in the case (WGS art. 2.31(9))."""
    if third_party_live(linted.document.regime) or not linted.document.regime.startswith("wgs"):
        return
    for span in linted.grants:
        if not isinstance(span.rule, Grant) or span.rule.delivery != "extract" or ANY in span.rule.to:
            continue
        party = [to for to in sorted(span.recipients) if _capacity(linted, to) != THIRD_PARTY]
        if party:
            message = f"Een verstrekking op maat is voor derden; {', '.join(party)} leest zelf mee in de casus."
            remedy = "Laat 'delivery: extract' weg, of noem alleen derden als ontvanger."
            yield linted.error("extract_to_party", (*span.path, "to"), span.id, message, remedy)


def _capacity(linted: Linted, party: str) -> str:
    return linted.document.capacity_of(party, type_of(party))


def sources_hold_the_fields(linted: Linted) -> Iterator[Finding]:
    """Sources that, by the catalogue, have none of the fields; fields that none of the sources has."""
    for span in linted.grants:
        if span.dead:
            continue
        fields = [linted.catalogue.by_code[code] for code in linted.catalogue.codes(span.fields)]
        held = {source: [f for f in fields if type_of(source) in f.sources] for source in span.sources}
        path = (*span.path, "from")
        if not any(held.values()):
            message = f"Geen van de bronnen heeft een van deze gegevens: {field_names(fields)}."
            yield linted.error("never_sourced", path, span.id, message, f"Kies uit: {_owners(fields)}.")
            continue
        empty = [source for source in sorted(held) if not held[source] and ANY not in span.rule.from_]
        if empty:
            message = f"Bron {', '.join(empty)} heeft geen van deze gegevens: {field_names(fields)}."
            yield linted.warning("source_without_fields", path, span.id, message, "Schrap de bron in deze regel.")
        orphans = [f for f in fields if not any(f in found for found in held.values())]
        if orphans:
            message = f"Geen van de bronnen heeft {field_names(orphans)}."
            remedy = f"Voeg een bron toe ({_owners(orphans)}), of schrap het veld hier."
            yield linted.warning("field_without_source", span.path, span.id, message, remedy)


def _owners(fields: list[Field]) -> str:
    return ", ".join(sorted({source for item in fields for source in item.sources}))


def retired_fields(linted: Linted) -> Iterator[Finding]:
    """Fields that the catalogue keeps only for old facts."""
    for span in linted.grants:
        old = [linted.catalogue.by_code[code] for code in linted.catalogue.codes(span.fields)]
        retired = [item for item in old if item.retired]
        if retired:
            message = f"Vervallen in de catalogus: {field_names(retired)}. Er komen geen nieuwe gegevens bij."
            yield linted.warning("field_retired", span.path, span.id, message, "Schrap het veld of kies zijn opvolger.")


def roles_can_be_held(linted: Linted) -> Iterator[Finding]:
    """Roles that nobody at the recipients can have, and recipients where nobody has any of the roles."""
    if linted.holders is None:
        return
    for span in linted.spans:
        if span.kind is RuleKind.PROHIBITION or not span.recipients or not span.roles:
            continue
        able = {role: _able(linted, span, role) for role in sorted(span.roles)}
        path = (*span.path, "roles")
        reached = frozenset[str]().union(*able.values())
        if not reached:
            message = f"Bij geen van de ontvangers kan iemand {_or(list(able))} zijn; zo geeft de regel niemand iets."
            yield linted.error("role_of_nobody", path, span.id, message, "Kies een rol die de ontvangers hebben.")
            continue
        idle = [role for role, parties in able.items() if not parties]
        if idle:
            message = f"Bij geen van de ontvangers kan iemand {_or(idle)} zijn."
            yield linted.warning("role_idle", path, span.id, message, "Schrap de rol in deze regel.")
        left = sorted(span.recipients - reached)
        if left and ANY not in span.rule.to:
            message = f"Bij {', '.join(left)} kan niemand {_or(list(able))} zijn; die ontvanger krijgt niets."
            yield linted.warning("recipient_without_role", path, span.id, message, "Voeg een rol toe of schrap hem.")


def _able(linted: Linted, span: Span, role: str) -> frozenset[str]:
    types = (linted.holders or {}).get(role, frozenset())
    return frozenset(to for to in span.recipients if type_of(to) in types)


def _or(words: list[str]) -> str:
    return " of ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
