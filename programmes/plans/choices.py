"""What can be chosen in the forms of programmes: pairs of value and words."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.models import Agency
from programmes.areas.models import Area, Indicator
from programmes.plans.models import Goal, Programme
from programmes.plans.rules import too_many

Pairs = list[tuple[str, str]]


def areas(programme: Programme | None = None) -> Pairs:
    """All areas, or those of a programme."""
    return list((programme.areas if programme else Area.objects).values_list("code", "name"))


def pillars(programme: Programme) -> Pairs:
    """The pillars of a programme."""
    return [(str(one.pk), one.name) for one in programme.pillars.all()]


def plans(programme: Programme) -> Pairs:
    """The plans of a programme."""
    return [(str(one.pk), str(one)) for one in programme.plans.all()]


def indicators(language: str) -> Pairs:
    """All indicators, in order."""
    return [(one.code, f"{one.get_pillar_display()} · {one.label(language)}") for one in Indicator.objects.all()]


def agencies() -> Pairs:
    """All agencies by name."""
    language = get_language() or "nl"
    return [(one.code, one.name_in(language)) for one in Agency.objects.all()]


def focus_sentence(programme: Programme) -> str:
    """Said before a goal is added to a programme that has many; empty for one with focus."""
    n = Goal.objects.filter(pillar__programme=programme).count()
    if not too_many(n + 1, most=settings.PROGRAMME_MOST_GOALS):
        return ""
    return _("Dit programma heeft al %(n)d doelen. Met meer verliest het focus: welk doel kan weg?") % {"n": n}
