"""Adds, begins and ends projects, and tells about a pillar. No project ends without its result and its lesson."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.plans import events
from programmes.plans.acting import journal, words
from programmes.plans.models import Outcome, PillarReport, Plan, Project, ProjectState, Side
from programmes.plans.queries import projects_of_year
from programmes.plans.rights import goal_led_by, led_by, project_of
from programmes.plans.rules import sides_missing


def add_project(
    visit: Visit, goal: UUID, *, plan: int, title: str, about: str, side: str, owner: str, starts_on: date,
    until_on: date,
) -> Project:  # fmt: skip
    """Add a project under a goal. plan: row number; owner: code of the agency that does it.

    Raises NotFound, Refused; Invalid: no such plan, side or agency, or days outside the plan.
    """
    under = goal_led_by(visit, goal, event=events.PROJECT)
    programme = under.pillar.programme
    found = Plan.objects.filter(programme=programme, pk=plan).first()
    agency = Agency.objects.filter(code=owner).first()
    if found is None:
        raise Invalid(_("Kies een uitvoeringsplan."), remedy=_("Voeg er eerst een toe."), field="plan")
    if agency is None:
        raise Invalid(_("Deze organisatie bestaat niet."), remedy=_("Kies er een uit de lijst."), field="owner")
    if side not in Side.values:
        raise Invalid(_("Kies sociaal of repressief."), remedy=_("Een pijler heeft beide nodig."), field="side")
    if until_on < starts_on:
        raise Invalid(_("Het einde ligt voor het begin."), remedy=_("Kijk de dagen na."), field="until_on")
    if starts_on.year < found.first_year or until_on.year > found.last_year:
        raise Invalid(
            _("Dit valt buiten het uitvoeringsplan."), field="starts_on",
            remedy=_("Het plan loopt van %(from)d tot en met %(to)d.")
            % {"from": found.first_year, "to": found.last_year},
        )  # fmt: skip
    project = Project(
        goal=under, plan=found, title=words(title, field="title", empty=_("Geef het project een titel."), most=160),
        about=words(about, field="about", empty=_("Zeg wat het project doet.")), side=side, owner=agency,
        starts_on=starts_on, until_on=until_on,
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.PROJECT):
        project.save()
        journal(visit, events.PROJECT, action=Action.CREATE, programme=programme.code, project=str(project.uid))
    return project


def start_project(visit: Visit, uid: UUID) -> Project:
    """A project begins. For the leading party and its owner. Raises NotFound, Refused, Invalid (it is under way)."""
    project = project_of(visit, uid, event=events.PROJECT_STARTED)
    with transaction.atomic(), write_scope(reason=events.PROJECT_STARTED):
        begun = Project.objects.filter(pk=project.pk, state=ProjectState.PLANNED).update(state=ProjectState.RUNNING)
        if not begun:
            raise Invalid(_("Dit project is al begonnen."), remedy=_("U hoeft niets te doen."))
        journal(visit, events.PROJECT_STARTED, programme=_code(project), project=str(project.uid))
    project.state = ProjectState.RUNNING
    return project


def end_project(
    visit: Visit, uid: UUID, *, outcome: str, result: str, learned: str, ended_on: date | None = None
) -> Project:
    """A project ends, with what came of it and what was learned. For the leading party and its owner.

    Raises NotFound, Refused; Invalid: without result or lesson, a day to come, not begun, or ended before.
    """
    project = project_of(visit, uid, event=events.PROJECT_ENDED)
    if project.state == ProjectState.ENDED:
        raise Invalid(_("Dit project is al afgerond."), remedy=_("U hoeft niets te doen."))
    if outcome not in Outcome.values:
        raise Invalid(_("Zeg of het werkte."), remedy=_("Kies er een uit de lijst."), field="outcome")
    said = words(result, field="result", empty=_("Een project kan niet eindigen zonder resultaat."))
    lesson = words(learned, field="learned", empty=_("Een project kan niet eindigen zonder wat ervan is geleerd."))
    day = ended_on or clock.today()
    if not project.starts_on <= day <= clock.today():
        raise Invalid(
            _("Deze dag kan niet."), remedy=_("Kies een dag na het begin en niet na vandaag."), field="ended_on"
        )
    with transaction.atomic(), write_scope(reason=events.PROJECT_ENDED):
        ended = Project.objects.filter(pk=project.pk).exclude(state=ProjectState.ENDED).update(
            state=ProjectState.ENDED, ended_on=day, outcome=outcome, result=said, learned=lesson
        )  # fmt: skip
        if not ended:
            raise Invalid(_("Dit project is al afgerond."), remedy=_("U hoeft niets te doen."))
        journal(visit, events.PROJECT_ENDED, programme=_code(project), project=str(project.uid), outcome=outcome)
    project.refresh_from_db()
    return project


def report_pillar(visit: Visit, code: str, *, pillar: int, year: int, text: str) -> PillarReport:
    """Tell everybody about a pillar over a year.

    Raises NotFound, Refused; Invalid: a side has no project that ran in that year, or it was told before.
    Source: domain 10 (no pillar is reported without both social and repressive actions).
    """
    programme = led_by(visit, code, event=events.REPORTED)
    under = programme.pillars.filter(pk=pillar).first()
    if under is None:
        raise Invalid(_("Deze pijler bestaat niet."), remedy=_("Kies er een uit de lijst."), field="pillar")
    if not programme.starts_year <= year <= clock.today().year:
        raise Invalid(_("Over dit jaar is nog niets te vertellen."), remedy=_("Kies een ander jaar."), field="year")
    sides = projects_of_year(under, year)
    if missing := sides_missing(sides):
        if len(missing) > 1:
            sentence = _("Over deze pijler kunt u nog niets berichten: er liep in %(year)d geen project.")
        else:
            sentence = _("Over deze pijler kunt u nog niets berichten: er liep in %(year)d geen %(side)s project.")
        raise Invalid(
            sentence % {"year": year, "side": str(Side(missing[0]).label).lower()},
            remedy=_("Een pijler heeft sociale én repressieve projecten nodig. Voeg toe wat ontbreekt en begin het."),
            field="pillar",
        )
    said = words(text, field="text", empty=_("Schrijf wat er is gedaan en wat het opleverde."))
    try:
        with transaction.atomic(), write_scope(reason=events.REPORTED):
            report = PillarReport.objects.create(
                pillar=under, year=year, words=said, n_social=sides.count(Side.SOCIAL),
                n_repressive=sides.count(Side.REPRESSIVE), published_on=clock.today(),
            )  # fmt: skip
            journal(visit, events.REPORTED, action=Action.CREATE, programme=code, pillar=under.kind, year=year)
    except IntegrityError:
        raise Invalid(_("Over dit jaar is al bericht."), remedy=_("Kies een ander jaar."), field="year") from None
    return report


def _code(project: Project) -> str:
    return project.goal.pillar.programme.code
