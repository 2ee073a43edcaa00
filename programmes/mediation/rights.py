"""Who reads and writes in a mediation: those invited read, the lead of the programme runs it, a party speaks itself."""

from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from foundation.errors import Invalid, NotFound
from programmes.mediation.models import MediationParty, MediationRound, RoundState
from programmes.plans.acting import denied, speaks_for
from programmes.plans.rights import led_by, may_lead, programme_for


def is_public(found: MediationRound) -> bool:
    """Whether everybody may read the result: it is evaluated, and every party agreed."""
    return found.state == RoundState.EVALUATED and all(one.public for one in found.parties.all())


def is_invited(visit: Visit | None, found: MediationRound) -> bool:
    """Whether this visit is of the leading party or of one that was invited."""
    if visit is None:
        return False
    return visit.agency.id == found.programme.lead_id or any(
        one.agency_id == visit.agency.id for one in found.parties.all()
    )


def may_speak(visit: Visit | None, party: MediationParty, found: MediationRound) -> bool:
    """Whether this visit writes for a party: its leadership; the lead of the programme for groups of residents."""
    if party.agency_id is None:
        return may_lead(visit, found.programme)
    return speaks_for(visit, party.agency_id)


def round_for(visit: Visit, uid: UUID) -> MediationRound:
    """A round, for who was invited. Raises NotFound: none, or not invited (the same answer)."""
    rows = MediationRound.objects.select_related("programme__lead").prefetch_related("parties", "actions__party")
    found = rows.filter(uid=uid).first()
    if found is None or not is_invited(visit, found):
        raise NotFound(_("Deze bemiddeling bestaat niet."), remedy=_("Kies er een uit de lijst."))
    programme_for(visit, found.programme.code)
    return found


def round_led_by(visit: Visit, uid: UUID, *, event: str, state: RoundState) -> MediationRound:
    """A round in this state, for who leads. Raises NotFound; Refused, journalled; Invalid: in another state."""
    found = round_for(visit, uid)
    led_by(visit, found.programme.code, event=event)
    check_state(found, state)
    return found


def party_of_round(visit: Visit, uid: UUID, party: int, *, event: str, state: RoundState) -> MediationParty:
    """A party of a round in this state, for who speaks for it. Raises NotFound; Refused, journalled; Invalid."""
    found = round_for(visit, uid)
    chosen = next((one for one in found.parties.all() if one.pk == party), None)
    if chosen is None:
        raise NotFound(_("Deze partij is niet uitgenodigd."), remedy=_("Kies een partij uit de bemiddeling."))
    if not may_speak(visit, chosen, found):
        denied(
            visit, event, _("Dit doet de leiding van %(name)s.") % {"name": chosen.name},
            remedy=_("Vraag een teamleider of tekenbevoegde van die partij."), programme=found.programme.code,
        )  # fmt: skip
    check_state(found, state)
    return chosen


def check_state(found: MediationRound, state: RoundState) -> None:
    """Raises Invalid unless a round is in this state."""
    if found.state != state:
        raise Invalid(
            _("Dit kan nu niet: de bemiddeling is “%(state)s”.") % {"state": found.get_state_display()},
            remedy=_("Kijk op de pagina wat de volgende stap is."),
        )  # fmt: skip
