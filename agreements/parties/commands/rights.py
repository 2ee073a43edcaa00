"""Who may manage people, and how the acts of this room are written down. No tables are changed here."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from agreements.parties.models import Membership
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from audit.journal.entry import Action, Entry, Outcome
from foundation.errors import Refused


class NotYourAgency(Refused):
    """People are managed by the administrator of their own agency, and by nobody else."""

    code = "not_your_agency"


class OwnMembership(Refused):
    """Nobody gives or takes their own roles: a second pair of eyes does."""

    code = "own_membership"


def check_may_manage_people(by: Visit, *, agency_id: int) -> None:
    """Raises NotYourAgency unless `by` is administrator of this agency. Source: domain, section 2."""
    if Role.AGENCY_ADMIN not in by.roles or by.agency.id != agency_id:
        raise NotYourAgency(
            _("Alleen de beheerder van een organisatie beheert de collega's van die organisatie."),
            remedy=_("Vraag het de beheerder van uw eigen organisatie."),
        )


def may_manage_people(by: Visit, *, agency_id: int) -> bool:
    """The same rule as check_may_manage_people, as a bool."""
    try:
        check_may_manage_people(by, agency_id=agency_id)
    except NotYourAgency:
        return False
    return True


def own_membership() -> OwnMembership:
    """The refusal, in words."""
    return OwnMembership(_("U kunt uw eigen rollen niet wijzigen."), remedy=_("Vraag het een andere beheerder."))


def membership_entry(by: Visit, event: str, action: Action, row: Membership) -> Entry:
    """The entry of a membership that was given or ended; its roles and term are its detail."""
    ends = row.ends.isoformat() if row.ends else ""
    detail = {"given_roles": " ".join(row.roles), "starts": row.starts.isoformat(), "ends": ends}
    return entry_by(by, event, action, subject=row.professional.reference, detail=detail)


def entry_by(
    by: Visit, event: str, action: Action, *, subject: str = "", detail: Mapping[str, str | int] | None = None
) -> Entry:
    """An entry of an act by `by`. subject: reference of the person it is about."""
    return Entry(
        event_type=event,
        action=action,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        actor_name=by.name,
        agency_ref=by.agency_ref,
        roles=tuple(sorted(by.roles)),
        subject_ref=subject,
        detail=detail or {},
        trace_id=by.trace_id,
    )
