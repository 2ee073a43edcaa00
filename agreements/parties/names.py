"""What this room tells the journal's reader: names of agencies and people, and who oversees whom."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from agreements.parties.events import EVENT_TYPES
from agreements.parties.models import Agency, Professional
from agreements.parties.rules import BUREAU_TYPES
from audit import ports
from audit.ports import Sort, Visitor

_PERSON = "professional:"
_MOST = 20


def labels_of(references: Iterable[str]) -> dict[str, str]:
    """Names of the agencies (by OIN) and professionals among journal references; others are left out."""
    wanted = set(references)
    uuids = [ref.removeprefix(_PERSON) for ref in wanted if ref.startswith(_PERSON)]
    people = Professional.objects.filter(uuid__in=[text for text in uuids if _is_uuid(text)])
    agencies = Agency.objects.filter(oin__in=[ref for ref in wanted if ref.isdigit()])
    language = get_language() or "nl"
    return {person.reference: person.name for person in people} | {
        agency.oin: agency.name_in(language) for agency in agencies
    }


def scope_of(visitor: Visitor) -> str | None:
    """Whose readers a privacy officer oversees: those of their agency (its OIN); None, all, at the bureau."""
    at_bureau = Agency.objects.filter(oin=visitor.agency_ref, type__in=BUREAU_TYPES).exists()
    return None if at_bureau else visitor.agency_ref


def find_agency(text: str, visitor: Visitor) -> tuple[str, ...]:
    """The agencies, by OIN, with this code or with this in their name."""
    asked = text.strip()
    if not asked:
        return ()
    rows = Agency.objects.filter(
        Q(code__iexact=asked) | Q(oin=asked) | Q(name__icontains=asked) | Q(name_en__icontains=asked)
    )
    return tuple(row.oin for row in rows[:_MOST])


def find_reader(text: str, visitor: Visitor) -> tuple[str, ...]:
    """The professionals with this address or with this in their name, within the visitor's scope."""
    asked = text.strip().removeprefix(_PERSON)
    if not asked:
        return ()
    match = Q(name__icontains=asked) | Q(email__iexact=asked)
    people = Professional.objects.filter(match | Q(uuid=asked) if _is_uuid(asked) else match)
    scope = scope_of(visitor)
    if scope is not None:
        people = people.filter(memberships__agency__oin=scope)
    return tuple(person.reference for person in people.distinct()[:_MOST])


def supply_names() -> None:
    """Hand the journal what this room knows; called once, from AppConfig.ready."""
    from agreements.parties.signin import check_strong_and_fresh

    ports.supply(
        "agreements.parties",
        ports.Supply(
            labels_of=labels_of,
            scope_of=scope_of,
            find={Sort.AGENCY: find_agency, Sort.READER: find_reader},
            event_types=EVENT_TYPES,
            check_fresh=check_strong_and_fresh,
        ),
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
