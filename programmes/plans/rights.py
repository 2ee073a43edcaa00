"""Who may do what with a programme: its lead writes, parties of its pact see, everybody reads what is public."""

from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.registers.in_force_then import PartyThen, Then, in_force_at
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.plans import events
from programmes.plans.acting import LEADING, check_speaks, denied, speaks_for
from programmes.plans.models import Goal, Programme, ProgrammeState, Project
from programmes.plans.rules import PUBLIC_STATES


def pact_in_force(programme: Programme) -> Then | None:
    """The version of the pact that holds now, with its parties; None: no pact, or none in force."""
    if programme.covenant_id is None:
        return None
    return next(in_force_at(clock.now(), code=programme.covenant.code), None)  # type: ignore[union-attr]


def parties_of(pact: Then | None) -> tuple[PartyThen, ...]:
    """Who is party to a pact; nobody without one."""
    return pact.parties if pact else ()


def is_partner(visit: Visit | None, programme: Programme, pact: Then | None) -> bool:
    """Whether this visit is of the leading party or of a party to the pact in force."""
    if visit is None:
        return False
    return visit.agency.id == programme.lead_id or any(one.agency.pk == visit.agency.id for one in parties_of(pact))


def may_lead(visit: Visit | None, programme: Programme) -> bool:
    """Whether this visit writes in the programme."""
    return speaks_for(visit, programme.lead_id)


def programme_for(visit: Visit | None, code: str) -> Programme:
    """The programme with this code. Raises NotFound: none, or one that is proposed by others (the same answer)."""
    found = Programme.objects.select_related("lead", "covenant").filter(code=code.replace("\0", "\ufffd")).first()
    if found is None or (found.state not in PUBLIC_STATES and (visit is None or visit.agency.id != found.lead_id)):
        raise NotFound(_("Dit programma bestaat niet."), remedy=_("Kies een programma uit de lijst."))
    return found


def led_by(visit: Visit, code: str, *, event: str) -> Programme:
    """The programme, for who writes in it. Raises NotFound, Invalid (it ended), Refused (journalled)."""
    found = programme_for(visit, code)
    check_speaks(visit, found.lead_id, found.lead.name, event=event, programme=code)
    if found.state == ProgrammeState.ENDED:
        raise Invalid(_("Dit programma is afgerond."), remedy=_("Er verandert niets meer aan."))
    return found


def check_may_start(visit: Visit) -> None:
    """Raises Refused, journalled, for a role that does not lead its agency."""
    if not visit.roles & LEADING:
        denied(
            visit, events.STARTED, _("Een programma begint de leiding van een organisatie."),
            remedy=_("Vraag uw teamleider of tekenbevoegde."),
        )  # fmt: skip


def goal_led_by(visit: Visit, uid: UUID, *, event: str) -> Goal:
    """A goal, for who leads its programme. Raises NotFound; Refused, journalled under `event`."""
    goal = Goal.objects.select_related("pillar__programme__lead", "area", "indicator").filter(uid=uid).first()
    if goal is None:
        raise NotFound(_("Dit doel bestaat niet."), remedy=_("Kies een doel uit het programma."))
    led_by(visit, goal.pillar.programme.code, event=event)
    return goal


def project_of(visit: Visit, uid: UUID, *, event: str) -> Project:
    """A project, for who leads its programme or its agency. Raises NotFound; Refused, journalled under `event`."""
    project = Project.objects.select_related("goal__pillar__programme__lead", "owner").filter(uid=uid).first()
    if project is None:
        raise NotFound(_("Dit project bestaat niet."), remedy=_("Kies een project uit het programma."))
    programme = project.goal.pillar.programme
    programme_for(visit, programme.code)
    if not may_lead(visit, programme):
        check_speaks(visit, project.owner_id, project.owner.name, event=event, programme=programme.code)
    return project
