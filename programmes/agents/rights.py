"""Who knows change agents: their contact officer and who leads the programme. Agencies that are kept out never do."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agreements.models import Membership
from agreements.parties.reader import Visit
from agreements.parties.rules import AgencyType
from audit.journal.entry import Because
from audit.journal.reasons import ReasonCode
from cases.intake.screening import warnings
from foundation.errors import Invalid, NotFound
from programmes.agents.models import AgentState, ChangeAgent, Experiment, SocialSupervisor
from programmes.agents.person import opened
from programmes.plans import acting
from programmes.plans.acting import denied
from programmes.plans.models import Programme, ProgrammeState
from programmes.plans.rights import is_partner, led_by, may_lead, pact_in_force, parties_of, programme_for

RULE = "AVG art. 5(1)(b)"
"""Named when an agency is kept out: what residents gave to help their neighbourhood is not used to investigate."""


def kept_out(visit: Visit | None) -> bool:
    """Whether the agency of this visit never learns who a change agent is, whatever its part in the programme.

    Source: domain 10 (never police by default); settings.PROGRAMME_AGENTS_NEVER.
    """
    return visit is not None and visit.agency.type in settings.PROGRAMME_AGENTS_NEVER


def check_not_kept_out(visit: Visit, *, event: str, programme: str = "") -> None:
    """Raises Refused, journalled, with the rule, for an agency that is kept out."""
    if kept_out(visit):
        kind = AgencyType(visit.agency.type).label
        denied(
            visit, event, programme=programme, article=RULE,
            sentence=_("%(kind)s: u ziet nooit wie sleutelfiguur is. Dat is de regel in elk wijkprogramma.")
            % {"kind": kind},
            remedy=_("Vraag de trekker van het programma om uw vraag door te geven."),
        )  # fmt: skip


def known_to(visit: Visit | None, programme: Programme) -> QuerySet[ChangeAgent]:
    """The change agents of a programme whom this visit may know, those who withdrew left out."""
    rows = ChangeAgent.objects.filter(programme=programme).exclude(state=AgentState.WITHDRAWN)
    if visit is None or kept_out(visit):
        return rows.none()
    return rows if may_lead(visit, programme) else rows.filter(officer_id=visit.membership_id)


def agent_for(visit: Visit, uid: UUID, *, event: str) -> ChangeAgent:
    """A change agent, for who may know them. Raises Refused, journalled, for an agency that is kept out.

    Raises NotFound: none, withdrawn, or not one's own to know (the same answer).
    """
    check_not_kept_out(visit, event=event)
    rows = ChangeAgent.objects.select_related(
        "programme__lead", "programme__covenant", "area", "officer__professional", "officer__agency", "person"
    )
    found = rows.defer("area__geometry").filter(uid=uid).exclude(state=AgentState.WITHDRAWN).first()
    if found is None or not (found.officer_id == visit.membership_id or may_lead(visit, found.programme)):
        raise NotFound(_("Deze sleutelfiguur bestaat niet."), remedy=_("Kies er een uit de lijst van uw programma."))
    programme_for(visit, found.programme.code)
    return found


def led_for_agents(visit: Visit, code: str, *, event: str) -> Programme:
    """The programme, for who leads it and is not kept out. Raises NotFound; Refused, journalled; Invalid: it ended."""
    check_not_kept_out(visit, event=event, programme=code)
    return led_by(visit, code, event=event)


def because_of(visit: Visit, agent: ChangeAgent) -> Because:
    """Why a read of a change agent is this visit's work."""
    is_officer = agent.officer_id == visit.membership_id
    return Because(code=(ReasonCode.ASSIGNED if is_officer else ReasonCode.SUPERVISION).value, fact_ref=agent.ref)


def officers_for(programme: Programme) -> QuerySet[Membership]:
    """Who can be contact officer or social supervisor: who works at a partner that is not kept out."""
    agencies = {programme.lead_id, *(one.agency.pk for one in parties_of(pact_in_force(programme)))}
    rows = Membership.objects.in_force().filter(agency__in=agencies, professional__is_active=True)
    never = Q(agency__type__in=list(settings.PROGRAMME_AGENTS_NEVER))
    return rows.exclude(never).select_related("professional", "agency").order_by("professional__name", "pk")


def officer_of(programme: Programme, membership: int, *, field: str = "officer") -> Membership:
    """Somebody who can be contact officer. Raises Invalid: works at no partner, or at one that is kept out."""
    found = officers_for(programme).filter(pk=membership).first()
    if found is None:
        raise Invalid(
            _("Deze persoon kan dit niet zijn: die werkt niet bij een partner die sleutelfiguren mag kennen."),
            remedy=_("Kies iemand uit de lijst. De politie staat er nooit in."), field=field, article=RULE,
        )  # fmt: skip
    return found


def is_supervisor(visit: Visit | None, programme: Programme) -> bool:
    """Whether this visit is of a social supervisor of the programme."""
    return (
        visit is not None
        and SocialSupervisor.objects.filter(programme=programme, membership_id=visit.membership_id, until=None).exists()
    )


def may_experiment(visit: Visit | None, programme: Programme) -> bool:
    """Whether this visit begins and ends experiments: who leads, contact officers and social supervisors."""
    if visit is None or kept_out(visit) or programme.state == ProgrammeState.ENDED:
        return False
    return may_lead(visit, programme) or is_supervisor(visit, programme) or known_to(visit, programme).exists()


def check_experiments(visit: Visit, programme: Programme, *, event: str) -> None:
    """Raises Refused, journalled, for who does not experiment in this programme; Invalid when it ended."""
    check_not_kept_out(visit, event=event, programme=programme.code)
    if programme.state == ProgrammeState.ENDED:
        raise Invalid(_("Dit programma is afgerond."), remedy=_("Er verandert niets meer aan."))
    if not may_experiment(visit, programme):
        denied(
            visit, event, _("Experimenten doen de trekker, contactpersonen en sociaal regisseurs."),
            remedy=_("Vraag de trekker van het programma."), programme=programme.code,
        )  # fmt: skip


def experiment_for(visit: Visit, uid: UUID) -> Experiment:
    """An experiment, for partners. Raises NotFound: none, or no partner (the same answer)."""
    rows = Experiment.objects.select_related("programme__lead", "programme__covenant", "area", "agent", "lesson")
    found = rows.defer("area__geometry").filter(uid=uid).first()
    if found is None or not is_partner(visit, found.programme, pact_in_force(found.programme)):
        raise NotFound(_("Dit experiment bestaat niet."), remedy=_("Kies er een uit uw programma."))
    programme_for(visit, found.programme.code)
    return found


def words(text: str, programme: Programme, *, field: str, most: int = acting.LONGEST) -> str:
    """What somebody wrote for all partners to read. Raises Invalid: empty, too long, or it seems to hold a person.

    The names of all change agents of the programme are looked for; which was found is not said.
    """
    found = acting.words(text, field=field, empty=_("Hier staat nog niets."), most=most)
    if warnings(found) or _names_in(found, programme):
        raise Invalid(
            _("Dit lijkt een naam, nummer, kenteken of adres van een persoon."), field=field,
            remedy=_("Haal het weg: alle partners lezen dit, ook de politie."),
        )  # fmt: skip
    return found


def _names_in(text: str, programme: Programme) -> bool:
    rows = ChangeAgent.objects.filter(programme=programme, person__isnull=False).select_related("person")
    names: Iterable[str] = (opened(one.person.box).name for one in rows)
    return any(warnings(text, person=name) for name in names)
