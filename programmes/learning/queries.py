"""Which cards there are for a reader: published ones for everybody; drafts for their agency, and for who may review."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from foundation.errors import NotFound
from programmes.learning.models import Lesson, LessonState
from programmes.plans.acting import LEADING

_OUT = (LessonState.PUBLISHED, LessonState.SUPERSEDED)
_SEARCHED = ("title", "tried", "place", "effects", "costs")


def readable(visit: Visit | None) -> QuerySet[Lesson]:
    """The cards that exist for this reader."""
    shown = Q(state__in=_OUT)
    if visit is not None:
        shown |= Q(agency_id=visit.agency.id)
        if visit.roles & LEADING:
            shown |= Q(state=LessonState.DRAFT)
    return Lesson.objects.filter(shown).select_related("agency", "reviewer", "replaces")


def published(*, q: str = "", pillar: str = "", evidence: str = "", outcome: str = "") -> tuple[Lesson, ...]:
    """The published cards that hold every word of q, and are of what was chosen."""
    found = Lesson.objects.filter(state=LessonState.PUBLISHED).select_related("agency")
    for name, value in (("pillar", pillar), ("evidence", evidence), ("outcome", outcome)):
        if value:
            found = found.filter(**{name: value})
    for word in q.replace("\0", " ").split()[:10]:
        anywhere = Q()
        for field in _SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": word})
        found = found.filter(anywhere)
    return tuple(found)


def at_work(visit: Visit | None) -> tuple[Lesson, ...]:
    """What this reader may go on with: drafts and reviewed cards."""
    if visit is None:
        return ()
    return tuple(readable(visit).filter(state__in=[LessonState.DRAFT, LessonState.REVIEWED]).order_by("pk"))


def lesson_for(visit: Visit | None, uid: UUID) -> Lesson:
    """One card. Raises NotFound."""
    found = readable(visit).filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze leerkaart bestaat niet."), remedy=_("Kies er een uit de lijst."))
    return found
