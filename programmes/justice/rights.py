"""Who may do what about prosecution in a programme: the prosecution itself, who leads, and with whom is agreed."""

from uuid import UUID

from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from foundation.errors import Invalid, NotFound, Refused
from programmes.justice.models import FollowUp, Priority
from programmes.plans.acting import LEADING, denied, speaks_for
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for

PROSECUTION = "OM"
FOLLOWING = ("JB", "RCL", "RVK", "HLT")
"""Types of agency that follow up a ruling: youth protection, probation, the child protection board, Halt."""


def prosecutes(visit: Visit | None, programme: Programme) -> bool:
    """Whether this visit speaks for the prosecution, as a party to the programme."""
    return (
        visit is not None and visit.agency.type == PROSECUTION and bool(visit.roles & LEADING)
        and is_partner(visit, programme, pact_in_force(programme))
    )  # fmt: skip


def prosecuted_by(visit: Visit, code: str, *, event: str, lead_too: bool = False) -> Programme:
    """The programme, for who speaks for the prosecution in it (or leads, with lead_too).

    Raises NotFound; Refused, journalled; Invalid: it ended.
    """
    programme = programme_for(visit, code)
    if not (prosecutes(visit, programme) or (lead_too and may_lead(visit, programme))):
        denied(
            visit, event, _("Dit doet de leiding van het Openbaar Ministerie, als partij bij het pact."),
            remedy=_("Vraag het parket dat partij is bij dit programma."), programme=code,
        )  # fmt: skip
    _check_goes_on(programme)
    return programme


def priority_of(visit: Visit, uid: UUID, *, event: str) -> Priority:
    """A priority, for who speaks for the prosecution. Raises NotFound; Refused, journalled; Invalid."""
    found = Priority.objects.select_related("programme").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze voorrang bestaat niet."), remedy=_("Kies er een uit de lijst."))
    prosecuted_by(visit, found.programme.code, event=event)
    return found


def follow_up_of(visit: Visit, uid: UUID, *, event: str) -> FollowUp:
    """A follow-up, for who speaks for the agency with which it was agreed, or leads.

    Raises NotFound; Refused, journalled; Invalid: the programme ended.
    """
    found = FollowUp.objects.select_related("programme__lead", "agency").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze afspraak bestaat niet."), remedy=_("Kies er een uit de lijst."))
    programme = programme_for(visit, found.programme.code)
    if not may_measure(visit, found, programme):
        denied(
            visit, event, _("Dit doet de leiding van %(name)s.") % {"name": found.agency.name},
            remedy=_("Vraag een teamleider of tekenbevoegde van die organisatie."), programme=programme.code,
        )  # fmt: skip
    _check_goes_on(programme)
    return found


def may_measure(visit: Visit | None, follow_up: FollowUp, programme: Programme) -> bool:
    """Whether this visit writes what was measured of a follow-up."""
    return speaks_for(visit, follow_up.agency_id) or may_lead(visit, programme)


def follow_ups_for(visit: Visit | None, programme: Programme) -> tuple[FollowUp, ...]:
    """The follow-ups that this visit may read: all for partners, their own for those with whom they were agreed."""
    if visit is None:
        return ()
    rows = programme.follow_ups.select_related("agency").prefetch_related("measured")
    if not is_partner(visit, programme, pact_in_force(programme)):
        rows = rows.filter(agency_id=visit.agency.id)
    return tuple(rows)


def reading_follow_ups(visit: Visit, code: str) -> tuple[Programme, tuple[FollowUp, ...]]:
    """The programme and the follow-ups for a reader of them. Raises NotFound; Refused for who has none to read."""
    programme = programme_for(visit, code)
    found = follow_ups_for(visit, programme)
    if not found and not is_partner(visit, programme, pact_in_force(programme)):
        raise Refused(
            _("Vervolgafspraken lezen alleen de partijen."),
            remedy=_("Voorrang en doorlooptijden zijn openbaar; die staan op de pagina van het programma."),
        )  # fmt: skip
    return programme, found


def following_agency(code: str) -> Agency:
    """The agency with which a follow-up is agreed. Raises Invalid."""
    found = Agency.objects.filter(code=code, type__in=FOLLOWING).first()
    if found is None:
        raise Invalid(
            _("Met deze organisatie kan geen vervolgafspraak."), field="agency",
            remedy=_("Kies jeugdbescherming, reclassering, de Raad of Halt."),
        )  # fmt: skip
    return found


def _check_goes_on(programme: Programme) -> None:
    if programme.state == ProgrammeState.ENDED:
        raise Invalid(_("Dit programma is afgerond."), remedy=_("Er verandert niets meer aan."))
