"""The privacy officers of agencies: who is told of an act, and for which side the coordinating one stands in."""

from collections.abc import Iterable

from agreements.models import Agency
from agreements.parties.reader import current_memberships
from agreements.parties.rules import BUREAU_TYPES
from audit.journal.rules import PRIVACY_OFFICER
from audit.reviews.models import Side


def officers_of(agencies: Iterable[Agency]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Per agency (row number) its privacy officers now: reference and e-mail address."""
    found: dict[int, list[tuple[str, str]]] = {agency.pk: [] for agency in agencies}
    for row in current_memberships().filter(agency_id__in=list(found)):
        if PRIVACY_OFFICER in row.roles:
            found[row.agency_id].append((row.professional.reference, row.professional.email))
    return {key: tuple(people) for key, people in found.items()}


def stands_in(*, reader: Agency, reader_ref: str, sources: Iterable[Agency]) -> tuple[Side, ...]:
    """The sides of which no agency has an officer who may judge: there the coordinating officer does."""
    sources = tuple(sources)
    officers = officers_of((reader, *sources))
    sides = []
    if not any(ref != reader_ref for ref, _mail in officers[reader.pk]):
        sides.append(Side.READER)
    if not any(officers[agency.pk] for agency in sources):
        sides.append(Side.SOURCE)
    return tuple(sides)


def addresses_of(agencies: Iterable[Agency]) -> tuple[str, ...]:
    """Where these agencies hear of break-glass: their officers, else their own address; and the coordinating one."""
    agencies = tuple(agencies)
    bureaus = tuple(Agency.objects.filter(type__in=BUREAU_TYPES))
    officers = officers_of((*agencies, *bureaus))
    own = [mail for agency in agencies for _ref, mail in officers[agency.pk] or (("", agency.contact_email),)]
    coordinating = [mail for agency in bureaus for _ref, mail in officers[agency.pk]]
    return tuple(dict.fromkeys(mail for mail in (*own, *coordinating) if mail))
