"""Whether the contributions, holds and extracts of a case file make sense."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from agreements.policy.catalogue import Field
from agreements.policy.document import CovenantDocument, Grant
from agreements.policy.references import nearest
from agreements.policy.vocabulary import ANY
from cases.casework.loading.check import agencies_in, agency, past, person, subject, term, twice
from cases.casework.loading.faults import Said
from cases.casework.loading.shapes import CaseFile, ContributionItem, ExtractItem, HoldItem, day_of
from cases.casework.loading.world import World
from foundation import clock

EMBARGO_DAYS = 30
"""An embargo is judged again within this time. Source: domain reference 3 (BGS art. 1.3; our default)."""


def check_facts(case: CaseFile, world: World) -> Iterator[Said]:
    """Everything about contributions, holds and extracts that does not hold."""
    yield from twice("contributions", "Bijdrage", (item.key for item in case.contributions))
    for index, item in enumerate(case.contributions):
        path = f"contributions[{index}]"
        yield from _whose(path, item, case, world)
        yield from _under(path, item, case, world)
        yield from _days(path, item, world)
        yield from _contents(path, item, case, world)
    for index, hold in enumerate(case.holds):
        yield from _hold(f"holds[{index}]", hold, case, world)
    for index, extract in enumerate(case.extracts):
        yield from _extract(f"extracts[{index}]", extract, case, world)


def plain_value(field: Field, value: Any, *, today: date) -> Any:
    """The value as it is stored: a day becomes an ISO date, anything else stays."""
    if field.type != "date":
        return value
    try:
        return day_of(value, today=today).isoformat()
    except (ValueError, OverflowError):
        return str(value)


def plain_values(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    """`plain_value` of each; the fields exist."""
    fields = world.catalogue.by_code
    return {code: plain_value(fields[code], value, today=world.today) for code, value in values.items()}


def final_values(item: ContributionItem) -> dict[str, Any]:
    """What stands after the last correction, as the file writes it."""
    found = dict(item.values)
    for correction in item.corrections:
        found.update(correction.values)
    return found


def _about(path: str, key: str | None, case: CaseFile) -> Iterator[Said]:
    if case.kind == "area" and key is not None:
        yield path, "Een gebied heeft geen betrokkenen.", "Schrijf null."
    elif case.kind != "area" and key is None:
        yield path, "Er staat niet over wie dit gaat.", "Noem een sleutel uit 'subjects'."
    else:
        yield from subject(path, key, case)


def _whose(path: str, item: ContributionItem, case: CaseFile, world: World) -> Iterator[Said]:
    yield from _about(f"{path}.subject", item.subject, case)
    yield from agency(f"{path}.agency", item.agency, world)
    yield from person(f"{path}.by", item.by, world, of=item.agency)
    if item.agency not in agencies_in(case):
        yield (
            f"{path}.agency",
            f"{item.agency} neemt niet deel aan deze casus.",
            "Voeg een deelname toe, of kies een deelnemer als bron.",
        )


def _under(path: str, item: ContributionItem, case: CaseFile, world: World) -> Iterator[Said]:
    if item.agency not in world.agencies:
        return
    if item.under is None:
        if not world.party_to(item.agency, case.covenants, at=clock.start_of(item.given_on)):
            sentence = f"{item.agency} was op {item.given_on.isoformat()} geen partij bij een convenant van deze casus."
            yield path, sentence, "Kies een andere dag of bron, of noem bij 'under' het convenant."
        return
    for index, code in enumerate(item.under):
        if code not in case.covenants:
            yield f"{path}.under[{index}]", f"De casus loopt niet onder {code}.", nearest(code, case.covenants)
        elif code in world.covenants and not world.accessions(item.agency, [code]):
            yield f"{path}.under[{index}]", f"{item.agency} is geen partij bij {code}.", "Laat dit convenant hier weg."


def _days(path: str, item: ContributionItem, world: World) -> Iterator[Said]:
    yield from past(f"{path}.given_on", item.given_on, world)
    if item.given_on < item.observed_on:
        yield (
            f"{path}.given_on",
            "Dit is ingebracht voordat het is waargenomen.",
            "Kies een dag op of na 'observed_on'.",
        )
    before = item.given_on
    later = [(f"corrections[{number}].on", correction.on) for number, correction in enumerate(item.corrections)]
    if item.withdrawn:
        later.append(("withdrawn.on", item.withdrawn.on))
    for name, day in later:
        yield from past(f"{path}.{name}", day, world)
        if day < before:
            yield (
                f"{path}.{name}",
                f"Dit ligt vóór {before.isoformat()}.",
                "Zet inbrengen, corrigeren en intrekken op volgorde van tijd.",
            )
        before = max(before, day)
    if item.valid_until is not None and item.valid_until < item.given_on:
        yield f"{path}.valid_until", "Dit was al vervallen toen het werd ingebracht.", "Kies een latere dag."


def _contents(path: str, item: ContributionItem, case: CaseFile, world: World) -> Iterator[Said]:
    yield from _section(path, item, world)
    yield from _values(f"{path}.values", item.values, item, world)
    for number, correction in enumerate(item.corrections):
        yield from _values(f"{path}.corrections[{number}].values", correction.values, item, world)
    known = final_values(item)
    for code in item.contested or ():
        if code not in known:
            yield f"{path}.contested.{code}", "Dit veld staat niet in de bijdrage.", nearest(code, known)
    yield from _birth(path, item, case, world)


def _section(path: str, item: ContributionItem, world: World) -> Iterator[Said]:
    sections = [section.code for section in world.catalogue.sections]
    if item.section not in sections:
        yield f"{path}.section", f"Rubriek '{item.section}' bestaat niet.", nearest(item.section, sections)


def _values(path: str, values: Mapping[str, Any], item: ContributionItem, world: World) -> Iterator[Said]:
    source = world.agencies.get(item.agency)
    for code, value in values.items():
        place = f"{path}.{code}"
        field = world.catalogue.by_code.get(code)
        if field is None or field.retired:
            yield place, f"Veld '{code}' bestaat niet.", nearest(code, world.catalogue.by_code)
            continue
        if field.section != item.section:
            yield place, f"Dit veld staat in rubriek '{field.section}'.", "Maak er een eigen bijdrage van."
        if source is not None and source.type not in field.sources:
            yield place, f"{source.type} is geen bron van dit veld.", f"Bron kan zijn: {', '.join(field.sources)}."
        yield from _fits(place, field, value, world)


def _fits(path: str, field: Field, value: Any, world: World) -> Iterator[Said]:
    fault = field.check(plain_value(field, value, today=world.today))
    if fault:
        choices = ", ".join(code for code, _, _ in field.choices)
        yield path, fault, f"De lijst: {choices}." if choices else ""


def _birth(path: str, item: ContributionItem, case: CaseFile, world: World) -> Iterator[Said]:
    """The date of birth that people read is the one that the condition `minor` uses."""
    said = final_values(item).get("date_of_birth")
    born = next((one.birth_date for one in case.subjects if one.key == item.subject), None)
    if said is None or born is None:
        return
    if plain_value(world.catalogue.by_code["date_of_birth"], said, today=world.today) != born.isoformat():
        sentence = f"Bij 'subjects' staat een andere geboortedatum ({born.isoformat()})."
        yield f"{path}.values.date_of_birth", sentence, "Maak ze gelijk."


def _hold(path: str, hold: HoldItem, case: CaseFile, world: World) -> Iterator[Said]:
    keys = [item.key for item in case.contributions]
    if hold.contribution is not None and hold.contribution not in keys:
        yield f"{path}.contribution", f"Er is geen bijdrage '{hold.contribution}'.", nearest(hold.contribution, keys)
    if hold.contribution is not None and hold.subject is not None:
        yield path, "De blokkade noemt een bijdrage én een betrokkene.", "Kies één van beide."
    yield from subject(f"{path}.subject", hold.subject, case)
    yield from agency(f"{path}.source", hold.source, world)
    yield from agency(f"{path}.recipient", hold.recipient, world)
    yield from term(path, hold.starts, hold.until)
    yield from person(f"{path}.recorded_by", hold.recorded_by, world)
    for index, code in enumerate(hold.fields):
        if code not in world.catalogue.by_code:
            yield f"{path}.fields[{index}]", f"Veld '{code}' bestaat niet.", nearest(code, world.catalogue.by_code)
    yield from _review(path, hold, world)


def _review(path: str, hold: HoldItem, world: World) -> Iterator[Said]:
    if hold.kind != "embargo":
        return
    latest = max(hold.starts, world.today) + timedelta(days=EMBARGO_DAYS)
    if hold.review_on is None or hold.review_on > latest:
        remedy = f"Kies een dag tot en met {latest.isoformat()}."
        yield f"{path}.review_on", f"Een embargo wordt binnen {EMBARGO_DAYS} dagen opnieuw beoordeeld.", remedy


def _extract(path: str, item: ExtractItem, case: CaseFile, world: World) -> Iterator[Said]:
    yield from agency(f"{path}.agency", item.agency, world)
    yield from agency(f"{path}.source", item.source, world)
    yield from _about(f"{path}.subject", item.subject, case)
    yield from past(f"{path}.decided_on", item.decided_on, world)
    yield from past(f"{path}.revoked_on", item.revoked_on, world)
    yield from term(path, item.decided_on, item.until)
    takers = {taking.agency for taking in case.participations if taking.mode == "extract"}
    if item.agency not in takers:
        yield f"{path}.agency", f"{item.agency} neemt niet deel als derde.", 'Voeg een deelname met mode "extract" toe.'
    if item.under not in case.covenants:
        yield f"{path}.under", f"De casus loopt niet onder {item.under}.", nearest(item.under, case.covenants)
    elif item.under in world.covenants:
        yield from _article(path, item, world.covenants[item.under], world)


def _article(path: str, item: ExtractItem, document: CovenantDocument, world: World) -> Iterator[Said]:
    rules = {rule.id: rule for _, _, _, rule in document.placed_rules() if isinstance(rule, Grant)}
    extracts = [number for number, rule in rules.items() if rule.delivery == "extract"]
    if item.article not in extracts:
        sentence = f"{item.under} heeft geen artikel {item.article} dat op maat verstrekt."
        yield f"{path}.article", sentence, nearest(item.article, extracts)
        return
    rule = rules[item.article]
    name = f"Artikel {item.article}"
    if not _names(rule.to, item.agency):
        yield f"{path}.agency", f"{name} verstrekt niet aan {item.agency}.", f"Het noemt: {', '.join(rule.to)}."
    if not _names(rule.from_, item.source):
        yield f"{path}.source", f"{name} verstrekt niet namens {item.source}.", f"Het noemt: {', '.join(rule.from_)}."
    purposes = document.purpose_codes(rule.purposes)
    if item.purpose not in purposes:
        yield f"{path}.purpose", f"{name} is niet voor doel '{item.purpose}'.", f"Het noemt: {', '.join(purposes)}."
    codes = document.field_codes(rule)
    for code, value in item.values.items():
        if code not in codes:
            yield f"{path}.values.{code}", f"{name} noemt dit veld niet.", f"Het noemt: {', '.join(codes)}."
        elif code in world.catalogue.by_code:
            yield from _fits(f"{path}.values.{code}", world.catalogue.by_code[code], value, world)


def _names(tokens: tuple[str, ...], code: str) -> bool:
    return bool({ANY, code, code.split("-", 1)[0]} & set(tokens))
