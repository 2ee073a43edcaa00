"""Who speaks about who leads: the leadership of each party to the pact in force."""

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.registers.in_force_then import PartyThen
from foundation.errors import Invalid
from programmes.plans.acting import LEADING, denied
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import pact_in_force, parties_of, programme_for


def speaks_here(visit: Visit | None, parties: tuple[PartyThen, ...]) -> bool:
    """Whether this visit is of the leadership of one of these parties."""
    return (
        visit is not None and bool(visit.roles & LEADING) and visit.agency.id in {one.agency.pk for one in parties}
    )  # fmt: skip


def speaking_in(visit: Visit, code: str, *, event: str) -> tuple[Programme, tuple[PartyThen, ...]]:
    """The programme and the parties to its pact, for who speaks for one of them.

    Raises NotFound; Refused, journalled; Invalid: it ended, or no pact is in force.
    """
    programme = programme_for(visit, code)
    parties = parties_of(pact_in_force(programme))
    if programme.state == ProgrammeState.ENDED:
        raise Invalid(_("Dit programma is afgerond."), remedy=_("Er verandert niets meer aan."))
    if (parties and not speaks_here(visit, parties)) or (not parties and not visit.roles & LEADING):
        denied(
            visit, event, _("Over de trekker beslist de leiding van de partijen bij het pact."),
            remedy=_("Vraag een teamleider of tekenbevoegde van een partij."), programme=code,
        )  # fmt: skip
    if not parties:
        raise Invalid(
            _("Zonder pact dat van kracht is, wisselt de trekker niet."),
            remedy=_("Laat het pact eerst tekenen of vernieuwen: de partijen moeten ermee instemmen."),
        )
    return programme, parties
