"""Adds a goal with its baseline out of the numbers of the area, and decides on it."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation.errors import Invalid
from programmes.areas.models import Indicator, Measurement, Unit
from programmes.plans import events
from programmes.plans.acting import journal, words
from programmes.plans.models import Goal, Milestone, ProgrammePillar
from programmes.plans.rights import goal_led_by, led_by
from programmes.plans.rules import reaches


def add_goal(
    visit: Visit, code: str, *, pillar: int, title: str, area: str, indicator: str, baseline_year: int,
    target: Decimal, target_year: int, milestones: Mapping[int, Decimal],
) -> Goal:  # fmt: skip
    """Add a goal, as a draft. pillar: row number; area, indicator: codes; milestones: year → value.

    Raises NotFound, Refused; Invalid: no number of that year is shown, the target is no improvement or too small to
    measure, or a milestone is outside the years.
    """
    programme = led_by(visit, code, event=events.GOAL)
    under = _pillar(programme.pillars.filter(pk=pillar).first())
    measured = Indicator.objects.filter(code=indicator).first()
    place = programme.areas.filter(code=area).first()
    if measured is None or place is None:
        raise Invalid(
            _("Kies een indicator en een wijk van dit programma."), remedy=_("Kies ze uit de lijst."), field="indicator"
        )
    start = Measurement.objects.filter(area=place, indicator=measured, year=baseline_year).first()
    if start is None or start.value is None:
        raise Invalid(
            _("Van dit jaar is er geen cijfer dat getoond mag worden."), field="baseline_year",
            remedy=_("Kies een ander jaar, of een indicator die over meer mensen gaat."),
        )  # fmt: skip
    _check_target(measured, start.value, baseline_year, target, target_year)
    last = programme.until_year
    if target_year > last:
        raise Invalid(
            _("Het programma loopt tot en met %(year)d.") % {"year": last}, remedy=_("Kies een eerder jaar."),
            field="target_year",
        )  # fmt: skip
    if any(not baseline_year < year < target_year for year in milestones):
        raise Invalid(
            _("Een mijlpaal ligt tussen de nulmeting en het doel."), field="milestones",
            remedy=_("Noem jaren na %(from)d en voor %(to)d.") % {"from": baseline_year, "to": target_year},
        )  # fmt: skip
    goal = Goal(
        pillar=under, title=words(title, field="title", empty=_("Zeg in één zin wat u wilt bereiken."), most=160),
        area=place, indicator=measured, baseline_year=baseline_year, baseline=start.value,
        baseline_source=start.source, baseline_dated=start.dated, target=target, target_year=target_year,
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.GOAL):
        goal.save()
        Milestone.objects.bulk_create([Milestone(goal=goal, year=y, value=v) for y, v in sorted(milestones.items())])
        journal(visit, events.GOAL, action=Action.CREATE, programme=code, goal=str(goal.uid))
    return goal


def decide_goal(visit: Visit, uid: UUID) -> Goal:
    """Decide on a goal: from now it is public and does not change. Raises NotFound, Refused, Invalid (it is set)."""
    goal = goal_led_by(visit, uid, event=events.GOAL_SET)
    if goal.decided:
        raise Invalid(_("Dit doel is al vastgesteld."), remedy=_("U hoeft niets te doen."))
    with transaction.atomic(), write_scope(reason=events.GOAL_SET):
        Goal.objects.filter(pk=goal.pk).update(decided=True)
        journal(visit, events.GOAL_SET, programme=goal.pillar.programme.code, goal=str(goal.uid))
    goal.decided = True
    return goal


def _pillar(found: ProgrammePillar | None) -> ProgrammePillar:
    if found is None:
        raise Invalid(_("Deze pijler bestaat niet."), remedy=_("Kies er een uit de lijst."), field="pillar")
    return found


def _check_target(indicator: Indicator, start: Decimal, start_year: int, target: Decimal, year: int) -> None:
    if year <= start_year:
        raise Invalid(
            _("Het doel ligt na de nulmeting."), remedy=_("Kies een later jaar."), field="target_year"
        )  # fmt: skip
    if target == start or not reaches(target, start, upward=indicator.upward):
        raise Invalid(
            _("Dit is geen verbetering ten opzichte van de nulmeting."), field="target",
            remedy=_("Bij deze indicator is meer beter.") if indicator.upward
            else _("Bij deze indicator is minder beter."),
        )  # fmt: skip
    if indicator.unit == Unit.COUNT and target < settings.SMALL_NUMBER:
        raise Invalid(
            _("Een aantal onder %(n)d is niet te meten: dat wordt nooit getoond.") % {"n": settings.SMALL_NUMBER},
            remedy=_("Kies een hoger doel of een andere indicator."), field="target",
        )  # fmt: skip
    if indicator.unit == Unit.SHARE and not 0 <= target <= 100:
        raise Invalid(_("Een percentage ligt tussen 0 en 100."), remedy=_("Kijk het doel na."), field="target")
