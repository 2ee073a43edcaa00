"""Who may do what with pledges: a party with its own, who leads with all; parties read all, others what is out."""

from uuid import UUID

from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from agreements.registers.in_force_then import Then
from foundation.errors import Invalid, NotFound, Refused
from programmes.pacts import events
from programmes.pacts.models import Pledge
from programmes.plans.acting import check_speaks, speaks_for
from programmes.plans.models import Programme
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for


def may_pledge(visit: Visit | None, programme: Programme, agency_id: int) -> bool:
    """Whether this visit writes for an agency in this pact."""
    return may_lead(visit, programme) or speaks_for(visit, agency_id)


def pledging_in(visit: Visit, code: str, agency: str) -> tuple[Programme, Then, Agency]:
    """The programme, its pact in force, and the party that pledges. Raises NotFound, Refused (journalled), Invalid."""
    programme = programme_for(visit, code)
    found = Agency.objects.filter(code=agency).first()
    if found is None or not may_pledge(visit, programme, found.pk):
        check_speaks(visit, programme.lead_id, programme.lead.name, event=events.PLEDGED, programme=code)
    pact = pact_in_force(programme)
    if pact is None:
        raise Invalid(
            _("Er is nu geen pact van kracht."), remedy=_("Laat het pact tekenen of vernieuwen; dan kunt u toezeggen.")
        )
    if found is None or not any(one.agency.pk == found.pk for one in pact.parties):
        raise Invalid(_("Deze organisatie is geen partij bij het pact."), remedy=_("Kies een partij."), field="agency")
    return programme, pact, found


def pledge_of(visit: Visit, uid: UUID, *, event: str) -> Pledge:
    """A pledge, for who may write about it. Raises NotFound; Refused, journalled under `event`."""
    pledge = Pledge.objects.select_related("programme__lead", "programme__covenant", "agency").filter(uid=uid).first()
    if pledge is None:
        raise NotFound(_("Deze toezegging bestaat niet."), remedy=_("Kies er een uit het pact."))
    programme_for(visit, pledge.programme.code)
    if not may_lead(visit, pledge.programme):
        check_speaks(visit, pledge.agency_id, pledge.agency.name, event=event, programme=pledge.programme.code)
    return pledge


def party_of(visit: Visit, code: str) -> tuple[Programme, Then | None]:
    """The programme and its pact, for who reads as a party. Raises NotFound; Refused for who is none."""
    programme = programme_for(visit, code)
    pact = pact_in_force(programme)
    if not is_partner(visit, programme, pact):
        raise Refused(
            _("Dit lezen alleen partijen bij het pact."),
            remedy=_("Wat openbaar is, staat op de pagina van het pact."),
        )  # fmt: skip
    return programme, pact
