"""Which fields an agency may contribute, and whether typed values fit the catalogue. No tables here."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue, Field
from foundation.errors import Invalid, Refused

CONTRIBUTING_ROLES = frozenset({"professional", "street", "team_lead", "case_director"})
LARGEST = 2**53 - 1
"""Beyond this, readers of JSON in other languages round (RFC 8785, section 3.2.2.3)."""


def fields_of(catalogue: Catalogue, *, agency_type: str, area: bool) -> tuple[Field, ...]:
    """The fields of which this type of agency may be the source, in catalogue order.

    area: the case is about an area, which takes only fields without personal data; other cases take the rest.
    Source: domain reference, section 7 (column Source) and 10 (person data never enter the area side).
    """
    return tuple(
        f
        for f in catalogue.fields
        if not f.retired and f.entry == "contribution" and agency_type in f.sources and _fits_case(f, area=area)
    )


def check_role(roles: frozenset[str]) -> None:
    """Raises Refused when none of the roles contributes facts."""
    if not roles & CONTRIBUTING_ROLES:
        raise Refused(
            _("Uw rol voegt geen gegevens toe aan een casus."),
            remedy=_("Vraag een professional van uw organisatie om dit toe te voegen."),
        )


def check_values(
    catalogue: Catalogue, values: Mapping[str, Any], *, agency_type: str, area: bool
) -> dict[str, dict[str, Any]]:
    """`values` by section; every one fits the catalogue and the case, and is this agency's to give.

    Raises Invalid naming every field that does not fit.
    """
    if not values:
        raise Invalid(_("Vul ten minste één veld in."), field="values", remedy=_("Kies een veld en vul het in."))
    errors: list[tuple[str, str]] = []
    sections: dict[str, dict[str, Any]] = {}
    for code, value in values.items():
        field = catalogue.by_code.get(code)
        if field is None or field.retired or field.entry != "contribution":
            errors.append((code, _("Dit veld bestaat niet in de catalogus.")))
            continue
        sections.setdefault(field.section, {})[code] = value
        if agency_type not in field.sources:
            errors.append((code, _("Uw organisatie is niet de bron van dit veld.")))
        elif not _fits_case(field, area=area):
            errors.append((code, _("Dit veld hoort niet bij deze soort casus.")))
        elif fault := _unreadable(field, value) or field.check(value):
            errors.append((code, fault))
    if errors:
        raise Invalid(
            _("Sommige velden kloppen nog niet."),
            errors=tuple(errors),
            field=errors[0][0],
            remedy=_("Verbeter de velden hieronder; wat u typte staat er nog."),
        )
    return sections


def is_readable(text: str) -> bool:
    """No control signs and no half characters: what every column, page and program can carry."""
    return not any(category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in text)


def _fits_case(field: Field, *, area: bool) -> bool:
    """A field without personal data (class n) is about an area; every other one is about a person."""
    return (field.data_class == "n") == area


def _unreadable(field: Field, value: Any) -> str:
    """What JSON lets through, but a page, a column or a program elsewhere could not read back; "" if it can."""
    if field.type == "date":
        return "" if isinstance(value, str) and _is_iso(value) else _("Vul een datum in als jjjj-mm-dd.")
    if isinstance(value, list) or (isinstance(value, Mapping) and field.type != "number"):
        return _("Vul één waarde in.")
    if isinstance(value, str) and not is_readable(value):
        return _("Haal de onleesbare tekens weg.")
    numbers = value.values() if isinstance(value, Mapping) else [value]
    if any(isinstance(n, int | float) and not (math.isfinite(n) and n <= LARGEST) for n in numbers):
        return _("Vul een kleiner getal in.")
    return ""


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
