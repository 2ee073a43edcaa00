"""What is read of change agents: how many for everybody, who they are for who may know them, each read journalled."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Membership
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from programmes.agents import events
from programmes.agents.models import AgentCount, ChangeAgent, Experiment, SocialSupervisor
from programmes.agents.person import Person, opened
from programmes.agents.rights import (
    agent_for,
    because_of,
    check_not_kept_out,
    kept_out,
    known_to,
    may_experiment,
)
from programmes.plans.acting import denied, journal
from programmes.plans.models import Programme
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A change agent with who it is: for who may know them, and read with an entry."""

    agent: ChangeAgent
    person: Person

    @property
    def officer(self) -> str:
        """The name of the contact officer."""
        return self.agent.officer.professional.name if self.agent.officer else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentsPage:
    """The page of a programme for one reader. told: how many are active, in tens; None for too few.

    known: those whom the reader may know. supervisors: () for agencies that are kept out. experiments: for partners.
    """

    programme: Programme
    told: int | None
    leads: bool
    partner: bool
    kept_out: bool
    experiments_too: bool
    known: tuple[Known, ...]
    supervisors: tuple[SocialSupervisor, ...]
    experiments: tuple[Experiment, ...]


def told_of(programme: Programme) -> int | None:
    """How many change agents are active, as everybody may know it."""
    return AgentCount.objects.filter(programme=programme).values_list("told", flat=True).first()


def agents_page(visit: Visit | None, code: str) -> AgentsPage:
    """The page. One entry for each person read. Raises NotFound."""
    programme = programme_for(visit, code)
    partner, out = is_partner(visit, programme, pact_in_force(programme)), kept_out(visit)
    return AgentsPage(
        programme=programme, told=told_of(programme), leads=may_lead(visit, programme) and not out, partner=partner,
        kept_out=out, experiments_too=may_experiment(visit, programme),
        known=_read(visit, programme) if visit is not None else (),
        supervisors=_supervisors(programme) if partner and not out else (),
        experiments=_experiments(programme) if partner else (),
    )  # fmt: skip


def known_agents(visit: Visit, code: str) -> tuple[Known, ...]:
    """Those whom a visit may know, for the API. Raises NotFound; Refused, journalled, for who knows none by rule."""
    programme = programme_for(visit, code)
    check_not_kept_out(visit, event=events.READ, programme=code)
    if not may_lead(visit, programme) and not known_to(visit, programme).exists():
        denied(
            visit, events.READ, _("Wie sleutelfiguur is, weten alleen de contactpersoon en de trekker."),
            remedy=_("Vraag de trekker van het programma om uw vraag door te geven."), programme=code,
        )  # fmt: skip
    return _read(visit, programme)


def one_agent(visit: Visit, uid: UUID) -> Known:
    """One person. Raises NotFound; Refused, journalled, for an agency that is kept out."""
    agent = agent_for(visit, uid, event=events.READ)
    with transaction.atomic():
        found = Known(agent=agent, person=opened(agent.person.box))
        _journalled(visit, [agent])
    return found


def known_names(visit: Visit, programme: Programme) -> list[tuple[str, str]]:
    """Uid and name of those whom a visit may know, to choose from; one entry for each person read."""
    return [(str(one.agent.uid), one.person.name) for one in _read(visit, programme)]


def experiments_of(visit: Visit, code: str, *, event: str) -> tuple[Experiment, ...]:
    """The experiments of a programme, for partners. Raises NotFound; Refused, journalled."""
    programme = programme_for(visit, code)
    if not is_partner(visit, programme, pact_in_force(programme)):
        denied(
            visit, event, _("Experimenten lezen de partners van dit programma."),
            remedy=_("Wat ervan is geleerd, staat bij de leerkaarten."), programme=code,
        )  # fmt: skip
    return _experiments(programme)


def _read(visit: Visit, programme: Programme) -> tuple[Known, ...]:
    rows = known_to(visit, programme).select_related(
        "programme", "area", "officer__professional", "officer__agency", "person"
    )
    with transaction.atomic():
        found = tuple(Known(agent=one, person=opened(one.person.box)) for one in rows.defer("area__geometry"))
        _journalled(visit, [one.agent for one in found])
    return found


def _journalled(visit: Visit, agents: Sequence[ChangeAgent]) -> None:
    for one in agents:
        journal(
            visit, events.READ, action=Action.READ, subject=one.ref, because=because_of(visit, one),
            programme=one.programme.code, agent=str(one.uid),
        )  # fmt: skip


def _supervisors(programme: Programme) -> tuple[SocialSupervisor, ...]:
    at_work = Membership.objects.in_force().filter(professional__is_active=True)
    rows = SocialSupervisor.objects.filter(programme=programme, until=None, membership__in=at_work)
    return tuple(rows.select_related("area", "membership__professional", "membership__agency").defer("area__geometry"))


def _experiments(programme: Programme) -> tuple[Experiment, ...]:
    rows = Experiment.objects.filter(programme=programme).select_related("area", "lesson")
    return tuple(rows.defer("area__geometry"))
