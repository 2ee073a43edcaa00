"""Covenants in force as residents read them: who shares what and why, and where to ask. Agencies, never people.

What is not in force is not here: what waits for signatures is the parties' own business until it rules.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.covenants.queries import agency_line, articles_in_words, dpia_line, version_line
from agreements.policy.catalogue import load_catalogue
from agreements.registers.answers import Contact, PublicCovenant, PublicLine
from agreements.registers.flows import flows
from agreements.registers.in_force_then import Then, in_force_at
from agreements.registers.words import retention_of, subjects_of
from foundation import clock
from foundation.errors import NotFound


def public_list() -> tuple[PublicLine, ...]:
    """The covenants in force now, by title."""
    return tuple(
        PublicLine(
            code=found.covenant.code,
            title=found.document.title,
            version=version_line(found.version, found.standing),
            purposes=tuple(dict.fromkeys(label("purpose", code) for code in found.document.purposes.values())),
            parties=tuple(agency_line(item.agency, item.capacity) for item in found.parties),
        )
        for found in in_force_at(clock.now())
    )


def public_covenant(code: str) -> PublicCovenant:
    """One covenant in force now. Raises NotFound: none, or none that is in force (the same answer)."""
    now = clock.now()
    # PostgreSQL knows no NUL: such a code is no covenant's.
    found = next(in_force_at(now, code=code), None) if code and "\0" not in code else None
    if found is None:
        raise NotFound(_("Dit convenant is nu niet van kracht."), remedy=_("Kies een convenant uit de lijst."))
    document, catalogue = found.document, load_catalogue()
    given = tuple(flows(document, catalogue, found.parties, at=now))
    fields = [field for field in catalogue.fields if any(flow.fields >> field.bit & 1 for flow in given)]
    return PublicCovenant(
        code=found.covenant.code,
        title=document.title,
        version=version_line(found.version, found.standing),
        regime_label=label("regime", document.regime),
        parties=tuple(
            agency_line(item.agency, item.capacity, since=item.starts, until=item.ends) for item in found.parties
        ),
        purposes=tuple((number, label("purpose", code)) for number, code in document.purposes.items()),
        subjects=tuple(subjects_of(document, fields)),
        articles=articles_in_words(document),
        retention=tuple(retention_of(document)),
        contact_point=_contact_point(found),
        dpia=dpia_line(document),
        sha256=found.version.sha256,
    )


def _contact_point(found: Then) -> Contact | None:
    asked = found.document.contact_point
    parties = found.of_type(asked) if asked else ()
    if not parties:
        return None
    agency = parties[0].agency
    return Contact(
        code=agency.code,
        name=agency.name_in(get_language() or "nl"),
        type_label=label("agency_type", agency.type),
        email=agency.contact_email,
    )
