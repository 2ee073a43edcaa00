"""What is read of who leads: the history and an open proposal for everybody, who said what for parties."""

from dataclasses import dataclass

from agreements.parties.reader import Visit
from programmes.leads.models import LeadParty, LeadState, LeadVoice
from programmes.leads.rights import speaks_here
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import is_partner, pact_in_force, parties_of, programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Who leads, who led, and who is proposed. voices: () for who is no partner. waits: parties without an answer.

    proposes, answers, withdraws: whether this reader may do so now.
    """

    programme: Programme
    partner: bool
    proposes: bool
    answers: bool
    withdraws: bool
    proposed: LeadParty | None
    voices: tuple[LeadVoice, ...]
    waits: tuple[str, ...]
    needed: int
    former: tuple[LeadParty, ...]


def lead_page(visit: Visit | None, code: str) -> LeadPage:
    """The page. Raises NotFound."""
    programme = programme_for(visit, code)
    pact = pact_in_force(programme)
    parties, partner = parties_of(pact), is_partner(visit, programme, pact)
    rows = tuple(LeadParty.objects.filter(programme=programme).select_related("agency", "proposed_by"))
    proposed = next((one for one in rows if one.state == LeadState.PROPOSED), None)
    voices = tuple(proposed.voices.select_related("agency")) if proposed else ()
    answered = {one.agency_id for one in voices}
    speaks = speaks_here(visit, parties) and programme.state != ProgrammeState.ENDED
    mine = visit.agency.id if visit is not None else 0
    return LeadPage(
        programme=programme, partner=partner, proposes=speaks and proposed is None,
        answers=speaks and proposed is not None and mine not in answered, proposed=proposed,
        withdraws=speaks and proposed is not None and proposed.proposed_by_id == mine,
        voices=voices if partner else (),
        waits=tuple(one.agency.name for one in parties if one.agency.pk not in answered) if partner else (),
        needed=len(parties) // 2 + 1, former=tuple(one for one in rows if one.state == LeadState.REPLACED),
    )  # fmt: skip
