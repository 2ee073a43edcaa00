"""Reads about people: colleagues, one's own account. Names for the journal are in names.py."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.parties.hats import Hat, hats_of
from agreements.parties.models import ClientKey, Membership, Professional
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from foundation.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One membership as the administrator of the agency sees it."""

    membership_id: int
    name: str
    email: str
    job_title: str
    roles: tuple[str, ...]
    role_labels: tuple[str, ...]
    starts: datetime
    ends: datetime | None
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemKey:
    """A key of a partner's system, without its value."""

    kid: str
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One's own account: name, address, job, the hats that can be worn, preferences."""

    name: str
    email: str
    job_title: str
    hats: tuple[Hat, ...]
    language: str
    theme: str


def colleagues(visit: Visit) -> tuple[Colleague, ...]:
    """Everybody who works at the reader's own agency now, by name."""
    rows = Membership.objects.in_force().filter(agency_id=visit.agency.id, professional__is_active=True)
    return tuple(_colleague(row, visit) for row in rows.select_related("professional").order_by("professional__name"))


def colleague(visit: Visit, *, membership_id: int) -> Colleague:
    """One of `colleagues`. Raises NotFound."""
    for found in colleagues(visit):
        if found.membership_id == membership_id:
            return found
    raise NotFound(_("Deze collega werkt niet (meer) bij uw organisatie."))


def system_keys(visit: Visit) -> tuple[SystemKey, ...]:
    """The keys in force of the systems of the reader's own agency."""
    rows = ClientKey.objects.in_force().filter(agency_id=visit.agency.id)
    return tuple(SystemKey(kid=row.kid, starts=row.starts, ends=row.ends) for row in rows)


def account_of(visit: Visit) -> Account:
    """The account behind a visit."""
    person = Professional.objects.get(pk=visit.professional_id)
    return Account(
        name=person.name,
        email=person.email,
        job_title=person.title_in(get_language() or "nl"),
        hats=hats_of(person.pk),
        language=person.language,
        theme=person.theme,
    )


def _colleague(row: Membership, visit: Visit) -> Colleague:
    person = row.professional
    return Colleague(
        membership_id=row.pk,
        name=person.name,
        email=person.email,
        job_title=person.title_in(get_language() or "nl"),
        roles=tuple(row.roles),
        role_labels=tuple(str(Role(role).label) for role in row.roles),
        starts=row.starts,
        ends=row.ends,
        is_self=person.pk == visit.professional_id,
    )
