"""Which fields an agency may contribute, and whether typed values fit the catalogue. No tables here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue, Field
from foundation.errors import Invalid, Refused

CONTRIBUTING_ROLES = frozenset({"professional", "street", "team_lead", "case_director"})


def fields_of(catalogue: Catalogue, *, agency_type: str) -> tuple[Field, ...]:
    """The fields of which this type of agency may be the source, in catalogue order.

    Source: domain reference, section 7 (column Source).
    """
    return tuple(f for f in catalogue.fields if not f.retired and agency_type in f.sources)


def check_role(roles: frozenset[str]) -> None:
    """Raises Refused when none of the roles contributes facts."""
    if not roles & CONTRIBUTING_ROLES:
        raise Refused(
            _("Uw rol voegt geen gegevens toe aan een casus."),
            remedy=_("Vraag een professional van uw organisatie om dit toe te voegen."),
        )


def check_values(
    catalogue: Catalogue, values: Mapping[str, Any], *, agency_type: str
) -> dict[str, dict[str, Any]]:
    """`values` by section; every one fits the catalogue and is this agency's to give.

    Raises Invalid naming every field that does not fit.
    """
    if not values:
        raise Invalid(
            _("Vul ten minste één veld in."), field="values", remedy=_("Kies een veld en vul het in.")
        )
    errors: list[tuple[str, str]] = []
    sections: dict[str, dict[str, Any]] = {}
    for code, value in values.items():
        field = catalogue.by_code.get(code)
        if field is None or field.retired:
            errors.append((code, _("Dit veld bestaat niet in de catalogus.")))
            continue
        sections.setdefault(field.section, {})[code] = value
        if agency_type not in field.sources:
            errors.append((code, _("Uw organisatie is niet de bron van dit veld.")))
        elif fault := field.check(value):
            errors.append((code, fault))
    if errors:
        raise Invalid(
            _("Sommige velden kloppen nog niet."),
            errors=tuple(errors),
            field=errors[0][0],
            remedy=_("Verbeter de velden hieronder; wat u typte staat er nog."),
        )
    return sections
