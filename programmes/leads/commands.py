"""Proposes another lead or takes that back, takes in what each party says, and replaces the lead when that suffices."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.leads import events
from programmes.leads.models import LeadParty, LeadState, LeadVoice
from programmes.leads.rights import speaking_in
from programmes.leads.rules import Verdict, verdict
from programmes.plans.acting import denied, journal, words
from programmes.plans.models import Programme


def propose_lead(visit: Visit, code: str, *, agency: str, why: str) -> LeadParty:
    """Propose a party to the pact as the lead. agency: its code. For the leadership of any party, the lead's too.

    Raises NotFound, Refused; Invalid: no party, the lead already, no reason, or another proposal is open.
    """
    programme, parties = speaking_in(visit, code, event=events.PROPOSED)
    found = next((one.agency for one in parties if one.agency.code == agency), None)
    if found is None:
        raise Invalid(
            _("Alleen een partij bij het pact kan trekker zijn."), remedy=_("Kies er een uit de lijst."), field="agency"
        )
    if found.pk == programme.lead_id:
        raise Invalid(_("Deze organisatie is de trekker al."), remedy=_("Kies een andere."), field="agency")
    said = words(why, field="why", empty=_("Zeg waarom deze organisatie de trekker hoort te zijn."))
    try:
        with transaction.atomic(), write_scope(reason=events.PROPOSED):
            made = LeadParty.objects.create(
                programme=programme, agency=found, why=said, proposed_by_id=visit.agency.id,
                proposed_on=clock.today(),
            )  # fmt: skip
            journal(visit, events.PROPOSED, action=Action.CREATE, programme=code, agency=found.code)
    except IntegrityError:
        raise Invalid(
            _("Er ligt al een voorstel voor een nieuwe trekker."), remedy=_("Antwoord eerst daarop."), field="agency"
        ) from None
    return made


def answer_lead(visit: Visit, uid: UUID, *, agrees: bool) -> LeadParty:
    """Say for one's agency whether a proposed lead is right; the last word that is needed replaces the lead.

    The rule: the proposed agency itself and more than half of all parties to the pact (rules.verdict).
    Raises NotFound, Refused; Invalid: answered before, or decided.
    """
    found = _proposal(uid)
    code = found.programme.code
    _programme, parties = speaking_in(visit, code, event=events.VOICED)
    with transaction.atomic(), write_scope(reason=events.VOICED):
        locked = _open(found)
        if locked.voices.filter(agency_id=visit.agency.id).exists():
            raise Invalid(_("Uw organisatie heeft al geantwoord."), remedy=_("U hoeft niets te doen."))
        LeadVoice.objects.create(lead=locked, agency_id=visit.agency.id, agrees=agrees, given_on=clock.today())
        journal(visit, events.VOICED, programme=code, lead=str(uid), agrees=int(agrees))
        found_so = verdict(
            proposed=locked.agency_id, parties=[one.agency.pk for one in parties],
            voices=dict(locked.voices.values_list("agency_id", "agrees")),
        )  # fmt: skip
        if found_so is Verdict.ACCEPTED:
            _replace(visit, locked)
        elif found_so is Verdict.DECLINED:
            locked.state = LeadState.DECLINED
            locked.save(update_fields=["state"])
    return locked


def withdraw_lead(visit: Visit, uid: UUID) -> LeadParty:
    """Take back what one's own agency proposed, as long as it is not decided on; then another can be proposed.

    Raises NotFound, Refused; Invalid: decided.
    """
    found = _proposal(uid)
    code = found.programme.code
    speaking_in(visit, code, event=events.WITHDRAWN)
    if found.proposed_by_id != visit.agency.id:
        denied(
            visit, events.WITHDRAWN, _("Alleen de organisatie die dit voorstelde, trekt het in."),
            remedy=_("Antwoord erop voor uw organisatie."), programme=code,
        )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.WITHDRAWN):
        locked = _open(found)
        locked.state = LeadState.WITHDRAWN
        locked.save(update_fields=["state"])
        journal(visit, events.WITHDRAWN, programme=code, lead=str(uid))
    return locked


def _proposal(uid: UUID) -> LeadParty:
    found = LeadParty.objects.select_related("programme").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Dit voorstel bestaat niet."), remedy=_("Kijk op de pagina van de trekker."))
    return found


def _open(found: LeadParty) -> LeadParty:
    """The same one, held until the end of the transaction."""
    locked = LeadParty.objects.select_for_update().get(pk=found.pk)
    if locked.state != LeadState.PROPOSED:
        raise Invalid(_("Over dit voorstel is al beslist."), remedy=_("U hoeft niets te doen."))
    return locked


def _replace(visit: Visit, accepted: LeadParty) -> None:
    """The proposed agency leads from today; who led before stands in the history, with why and until when."""
    today = clock.today()
    programme = Programme.objects.select_for_update().get(pk=accepted.programme_id)
    before = LeadParty.objects.filter(programme=programme, state=LeadState.ACCEPTED)
    if not before.update(state=LeadState.REPLACED, until=today):
        LeadParty.objects.create(
            programme=programme, agency_id=programme.lead_id, why=programme.lead_why, state=LeadState.REPLACED,
            since=programme.lead_since, until=today,
        )  # fmt: skip
    accepted.state, accepted.since = LeadState.ACCEPTED, today
    accepted.save(update_fields=["state", "since"])
    programme.lead_id, programme.lead_why, programme.lead_since = accepted.agency_id, accepted.why, today
    programme.save(update_fields=["lead", "lead_why", "lead_since"])
    journal(visit, events.REPLACED, programme=programme.code, lead=str(accepted.uid), agency=accepted.agency.code)
