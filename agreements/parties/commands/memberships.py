"""Memberships: given, changed, ended. What a role may read is up to the covenants."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.commands.rights import check_may_manage_people, membership_entry, own_membership
from agreements.parties.models import Membership, Professional
from agreements.parties.reader import Visit
from agreements.parties.rules import check_roles
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound


@transaction.atomic
def grant_membership(
    by: Visit,
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    job_title: str = "",
    starts: datetime | None = None,
    ends: datetime | None = None,
) -> Membership:
    """Let somebody work at the agency of `by`, in these roles, in [starts, ends).

    The person is made when the address is new; they choose a password by way of a reset.

    Raises:
        NotYourAgency, OwnMembership: `by` may not.
        Invalid: a role the agency cannot give, a term that ends before it starts, or already a colleague.
    """
    check_may_manage_people(by, agency_id=by.agency.id)
    given = check_roles(roles, agency_type=by.agency.type)
    begin = starts or clock.now()
    if ends is not None and ends <= begin:
        raise Invalid(_("De einddatum ligt niet na de begindatum."), field="ends")
    person = Professional.objects.filter(email=email.strip().lower()).first()
    if person is not None:
        _check_can_join(by, person)
    with write_scope(reason="membership.granted"):
        person = person or _register(email=email, name=name, job_title=job_title)
        row = Membership.objects.create(
            professional=person, agency_id=by.agency.id, roles=list(given), starts=begin, ends=ends
        )
        append([membership_entry(by, "membership.granted", Action.CREATE, row)])
    return row


@transaction.atomic
def change_roles(by: Visit, *, membership_id: int, roles: Iterable[str]) -> Membership:
    """Give a colleague other roles from this moment: the old membership ends, a new one begins.

    Raises:
        NotFound: not a membership in force of the agency of `by`. Also as grant_membership.
    """
    row = of_own_agency(by, membership_id)
    given = check_roles(roles, agency_type=by.agency.type)
    moment = clock.now()
    with write_scope(reason="membership.changed"):
        later = row.ends
        row.ends = moment
        row.save(update_fields=["ends"])
        new = Membership.objects.create(
            professional=row.professional, agency=row.agency, roles=list(given), starts=moment, ends=later
        )
        append(
            [
                membership_entry(by, "membership.ended", Action.UPDATE, row),
                membership_entry(by, "membership.granted", Action.CREATE, new),
            ]
        )
    return new


@transaction.atomic
def end_membership(by: Visit, *, membership_id: int) -> Membership:
    """End a colleague's membership now; their next request has no access any more.

    Raises:
        NotFound: not a membership in force of the agency of `by`.
        NotYourAgency, OwnMembership: `by` may not.
    """
    row = of_own_agency(by, membership_id)
    row.ends = clock.now()
    with write_scope(reason="membership.ended"):
        row.save(update_fields=["ends"])
        append([membership_entry(by, "membership.ended", Action.UPDATE, row)])
    return row


def of_own_agency(by: Visit, membership_id: int) -> Membership:
    """A membership in force at the agency of `by`, locked. Raises as end_membership."""
    check_may_manage_people(by, agency_id=by.agency.id)
    rows = Membership.objects.select_for_update(of=("self",)).in_force()
    row = rows.filter(pk=membership_id, agency_id=by.agency.id).select_related("professional", "agency").first()
    if row is None:
        raise NotFound(_("Deze collega werkt niet (meer) bij uw organisatie."))
    if row.professional_id == by.professional_id:
        raise own_membership()
    return row


def _register(*, email: str, name: str, job_title: str) -> Professional:
    person = Professional(email=email.strip().lower(), name=name.strip(), job_title=job_title.strip())
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _check_can_join(by: Visit, person: Professional) -> None:
    if person.pk == by.professional_id:
        raise own_membership()
    if not person.is_active:
        raise Invalid(
            _("Het account met dit adres is gesloten."),
            remedy=_("Gebruik een ander adres, of vraag de beheerder van Verbond."),
            field="email",
        )
    if Membership.objects.in_force().filter(professional=person, agency_id=by.agency.id).exists():
        raise Invalid(_("Deze collega werkt al bij uw organisatie."), remedy=_("Wijzig de rollen."), field="email")
