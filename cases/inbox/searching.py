"""Which questions to the own leadership search shows: those that this reader may read, by the rule of their page."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.inbox.models import Escalation, EscalationAnswer
from cases.inbox.rights import escalations_for
from cases.search.rooms import Look, Room, enter


def supply_rooms() -> None:
    """Enter questions and answers; called once, from AppConfig.ready."""
    enter(
        Room(model=Escalation, label=_("Opschaling"), shows=_asked),
        Room(model=EscalationAnswer, label=_("Besluit op een opschaling"), shows=_answered, relations=("escalation",)),
    )


def _asked(look: Look, words: Sequence[Escalation]) -> Mapping[UUID, str]:
    known = _known(look, [row.pk for row in words])
    return {row.uid: known[row.pk] for row in words if row.pk in known}


def _answered(look: Look, words: Sequence[EscalationAnswer]) -> Mapping[UUID, str]:
    known = _known(look, [row.escalation_id for row in words])
    return {row.uid: known[row.escalation_id] for row in words if row.escalation_id in known}


def _known(look: Look, ids: Iterable[int]) -> dict[int, str]:
    found = escalations_for(look.reading).filter(pk__in=list(ids), case=look.case)
    return {pk: reverse("escalation", args=[uid]) for pk, uid in found.values_list("pk", "uid")}
