"""Begins and ends experiments, and makes a lesson card of one. Nothing in an experiment is about a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.agents import events
from programmes.agents.models import Decision, Experiment
from programmes.agents.rights import check_experiments, experiment_for, known_to, led_for_agents, words
from programmes.learning.commands import write_lesson
from programmes.learning.models import AreaKind, Evidence, Lesson
from programmes.plans.acting import journal
from programmes.plans.models import Outcome, PillarKind
from programmes.plans.rights import programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What is tried. area: code; agent: uid of who does it, or None. measure: by what one sees that it works."""

    area: str
    niche: str
    hypothesis: str
    measure: str
    pillar: str
    area_kind: str
    starts_on: date
    until_on: date
    agent: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What came of it. decision: of Decision, with its reason."""

    outcome: str
    result: str
    learned: str
    costs: str
    evidence: str
    decision: str
    reason: str


def start_experiment(visit: Visit, code: str, given: Tried) -> Experiment:
    """Begin an experiment. For who leads, contact officers and social supervisors.

    Raises NotFound, Refused; Invalid: a field is empty, unknown or about a person, or the days do not follow.
    """
    programme = programme_for(visit, code)
    check_experiments(visit, programme, event=events.EXPERIMENT)
    where = programme.areas.filter(code=given.area).first()
    if where is None:
        raise Invalid(_("Deze wijk hoort niet bij het programma."), remedy=_("Kies er een uit de lijst."), field="area")
    agent = None
    if given.agent is not None:
        agent = known_to(visit, programme).filter(uid=given.agent).first()
        if agent is None:
            raise Invalid(_("Deze sleutelfiguur bestaat niet."), remedy=_("Kies uit de lijst."), field="agent")
    _check_choice(given.pillar, PillarKind.values, "pillar")
    _check_choice(given.area_kind, AreaKind.values, "area_kind")
    if given.until_on < given.starts_on:
        raise Invalid(_("Het einde ligt voor het begin."), remedy=_("Kijk de dagen na."), field="until_on")
    said = {
        "niche": words(given.niche, programme, field="niche", most=160),
        "hypothesis": words(given.hypothesis, programme, field="hypothesis", most=2000),
        "measure": words(given.measure, programme, field="measure", most=1900),
    }
    with transaction.atomic(), write_scope(reason=events.EXPERIMENT):
        made = Experiment.objects.create(
            programme=programme, area=where, agent=agent, pillar=given.pillar, area_kind=given.area_kind,
            starts_on=given.starts_on, until_on=given.until_on, **said,
        )  # fmt: skip
        journal(visit, events.EXPERIMENT, action=Action.CREATE, programme=code, experiment=str(made.uid))
    return made


def end_experiment(visit: Visit, uid: UUID, given: Ended) -> Experiment:
    """End an experiment with its result, its lesson, and the decision that follows with its reason.

    Raises NotFound, Refused; Invalid: one of these is missing or about a person, or it ended before.
    """
    found = experiment_for(visit, uid)
    programme = found.programme
    check_experiments(visit, programme, event=events.EXPERIMENT_ENDED)
    if found.starts_on > clock.today():
        raise Invalid(_("Dit experiment is nog niet begonnen."), remedy=_("Wacht tot de eerste dag."))
    for field, values in (
        ("outcome", Outcome.values), ("evidence", Evidence.values), ("decision", Decision.values)
    ):  # fmt: skip
        _check_choice(getattr(given, field), values, field)
    limits = {"result": 2000, "learned": 1900, "costs": 240, "reason": 2000}
    said = {field: words(getattr(given, field), programme, field=field, most=most) for field, most in limits.items()}
    with transaction.atomic(), write_scope(reason=events.EXPERIMENT_ENDED):
        ended = Experiment.objects.filter(pk=found.pk, ended_on=None).update(
            ended_on=clock.today(), outcome=given.outcome, evidence=given.evidence, decision=given.decision, **said
        )
        if not ended:
            raise Invalid(_("Dit experiment is al afgerond."), remedy=_("U hoeft niets te doen."))
        journal(
            visit, events.EXPERIMENT_ENDED, programme=programme.code, experiment=str(uid), decision=given.decision
        )  # fmt: skip
    found.refresh_from_db()
    return found


def make_lesson(visit: Visit, uid: UUID) -> Lesson:
    """Make a draft card of an experiment that ended, once. For who leads the programme.

    Whose experiment it was does not go along, and its words are looked through for persons once more.
    Raises NotFound, Refused; Invalid: it did not end, has a card, or its words are about a person.
    """
    found = experiment_for(visit, uid)
    programme = led_for_agents(visit, found.programme.code, event=events.LESSON)
    if found.ended_on is None:
        raise Invalid(_("Dit experiment loopt nog."), remedy=_("Rond het eerst af."))
    card = {
        "title": found.niche, "tried": f"{found.hypothesis}\n{found.measure}", "costs": found.costs,
        "effects": f"{found.result}\n{found.learned}", "place": found.area.name, "area_kind": found.area_kind,
        "pillar": found.pillar, "outcome": found.outcome, "evidence": found.evidence,
        "contact_role": _("Trekker van %(title)s") % {"title": programme.title[:130]},
    }  # fmt: skip
    for field in ("title", "tried", "costs", "effects"):
        words(card[field], programme, field=field)
    with transaction.atomic(), write_scope(reason=events.LESSON):
        locked = Experiment.objects.select_for_update().get(pk=found.pk)
        if locked.lesson_id is not None:
            raise Invalid(_("Van dit experiment is al een leerkaart gemaakt."), remedy=_("Open de leerkaart."))
        lesson = write_lesson(visit, uid=None, **card)
        Experiment.objects.filter(pk=found.pk).update(lesson=lesson)
        journal(visit, events.LESSON, programme=programme.code, experiment=str(uid), lesson=str(lesson.uid))
    return lesson


def _check_choice(value: str, values: list[str], field: str) -> None:
    if value not in values:
        raise Invalid(_("Deze keuze is er niet."), remedy=_("Kies er een uit de lijst."), field=field)
