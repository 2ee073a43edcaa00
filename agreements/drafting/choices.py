"""Everything that the form of a rule offers for one draft: parties, roles, fields, purposes, with labels."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.bases import basis_words
from agreements.covenants.labels import (
    AGENCY_TYPES,
    CAPACITIES,
    CASE_KINDS,
    CONDITIONS,
    DELIVERIES,
    OBLIGATIONS,
    PHASES,
    PURPOSES,
    REGIMES,
    ROLES,
    Labels,
    label,
)
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import State
from agreements.covenants.sentences import party_name
from agreements.drafting.answers import Choices, FieldGroup, Option
from agreements.drafting.models import Draft
from agreements.drafting.models_nl import MODELS
from agreements.drafting.rights import draft_for
from agreements.drafting.texts import Outline, outline, rules_of
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.vocabulary import ANY, BUREAU


def choices(visit: Visit, uid: Any) -> Choices:
    """Everything a rule form offers for this draft. Raises NotFound: no such draft for this visit."""
    draft = draft_for(visit, uid)
    seen = outline(draft.text)
    parties = tuple(_parties(draft, seen))
    purposes = tuple(_purposes(seen))
    return Choices(
        givers=parties,
        receivers=parties,
        agency_types=_options(AGENCY_TYPES),
        roles=_options(ROLES),
        sections=_sections(get_language() or "nl"),
        sets=tuple(_sets(seen)),
        purposes=purposes,
        known_purposes=_options(PURPOSES),
        phases=_options(PHASES),
        case_kinds=_options(CASE_KINDS),
        conditions=_options(CONDITIONS),
        obligations=_options(OBLIGATIONS),
        bases=tuple(Option(code=code, label=basis_words(code)) for code in sorted(_known_bases() | {*_bases_in(seen)})),
        deliveries=_options(DELIVERIES),
        kinds=(
            Option(code="grants", label=_("Verstrekking"), note=_("de ontvanger leest het gegeven")),
            Option(code="announcements", label=_("Kennisgeving"), note=_("de ontvanger leest alleen dat het er is")),
            Option(code="prohibitions", label=_("Verbod"), note=_("gaat voor elke verstrekking")),
            Option(code="break_glass", label=_("Noodinzage"), note=_("bij acuut gevaar, met melding en beoordeling")),
        ),
        regimes=_options(REGIMES),
        capacities=_options(CAPACITIES),
        articles=tuple(
            Option(code=str(item.get("article", "")), label=str(item.get("title") or ""))
            for _place, item in seen.articles
        ),
        agencies=tuple(
            Option(code=row.code, label=row.name_in(get_language() or "nl"), note=row.type)
            for row in Agency.objects.order_by("name")
        ),
    )


def _options(labels: Labels) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=str(text)) for code, text in labels.items())


def _parties(draft: Draft, seen: Outline) -> Iterator[Option]:
    """Everybody, then the parties that the text names, then the agencies that would sign."""
    yield Option(code=ANY, label=_("Iedereen"))
    named = _capacities(seen)
    for token, capacity in named.items():
        yield Option(code=token, label=party_name(token), note=label("capacity", capacity))
    for row in draft.parties.select_related("agency"):
        if row.agency.code not in named:
            yield Option(
                code=row.agency.code,
                label=row.agency.name_in(get_language() or "nl"),
                note=label("capacity", row.capacity),
            )


def _capacities(seen: Outline) -> dict[str, str]:
    """Token to capacity as far as the text can be read."""
    if seen.document is not None:
        return seen.document.capacities
    found: dict[str, str] = {}
    parties = seen.content.get("parties")
    for capacity, tokens in (parties if isinstance(parties, dict) else {}).items():
        if capacity in CAPACITIES and isinstance(tokens, list):
            found |= {token: capacity for token in tokens if isinstance(token, str)}
    bureau = seen.content.get("bureau")
    if isinstance(bureau, dict) and isinstance(bureau.get("code"), str):
        found[bureau["code"]] = BUREAU
    return found


def _purposes(seen: Outline) -> Iterator[Option]:
    found = seen.content.get("purposes")
    for number, code in (found if isinstance(found, dict) else {}).items():
        yield Option(code=str(number), label=label("purpose", str(code)), note=str(code))


def _sets(seen: Outline) -> Iterator[Option]:
    found = seen.content.get("sets")
    known = load_catalogue().by_code
    language = get_language() or "nl"
    for name, codes in (found if isinstance(found, dict) else {}).items():
        fields = [known[code].label(language) for code in (codes if isinstance(codes, list) else ()) if code in known]
        yield Option(code=str(name), label=str(name), note=", ".join(fields))


@cache
def _sections(language: str) -> tuple[FieldGroup, ...]:
    catalogue = load_catalogue()
    english = language.startswith("en")
    return tuple(
        FieldGroup(
            code=section.code,
            label=section.label_en if english else section.label_nl,
            fields=tuple(
                Option(code=item.code, label=item.label(language), note=item.data_class)
                for item in catalogue.fields
                if item.section == section.code and not item.retired
            ),
        )
        for section in sorted(catalogue.sections, key=lambda item: item.order)
    )


def _known_bases() -> frozenset[str]:
    """Legal bases that the models and the signed covenants name; an open list, so others may be typed."""
    agreed = CovenantVersion.objects.filter(state=State.AGREED).values_list("text", flat=True)
    texts = [*(model.text for model in MODELS.values()), *agreed]
    return frozenset(basis for text in texts for basis in _bases_in(outline(text)))


def _bases_in(seen: Outline) -> Iterator[str]:
    for _place, article in seen.articles:
        for part in (article, *(rule for _kind, rule in rules_of(article))):
            yield from _strings(part.get("basis"))


def _strings(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
