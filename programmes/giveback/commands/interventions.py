"""Plans a social offer and keeps its numbers; numbers of people are protected before they are stored."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.areas.queries import area_named
from programmes.areas.rules import protected
from programmes.giveback import events
from programmes.giveback.models import Attendance, Intervention, InterventionKind, InterventionState
from programmes.giveback.rights import check_leads, own_intervention, words
from programmes.giveback.rules import INTERVENTION_STEPS
from programmes.plans.acting import journal

MOST = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What is offered. area: code; group_size: for how many people it is meant; cost: whole euros."""

    area: str
    kind: str
    title: str
    about: str
    group_size: int
    places: int
    cost: int


def plan_intervention(visit: Visit, given: Offered) -> Intervention:
    """Plan an offer of one's own agency. Raises Refused (journalled), NotFound, Invalid: a wrong kind or number."""
    check_leads(visit, event=events.OFFERED)
    area = area_named(given.area)
    if given.kind not in InterventionKind.values:
        raise Invalid(_("Dit soort aanbod bestaat niet."), remedy=_("Kies er een uit de lijst."), field="kind")
    for name in ("group_size", "places", "cost"):
        _check_number(getattr(given, name), name)
    offer = Intervention(
        area=area, agency_id=visit.agency.id, kind=given.kind, title=words(given.title, field="title", most=160),
        about=words(given.about, field="about"), group_size=_kept(given.group_size, None), places=given.places,
        cost=given.cost, since=clock.today(),
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.OFFERED):
        offer.save()
        journal(visit, events.OFFERED, action=Action.CREATE, intervention=str(offer.uid))
    return offer


def move_intervention(
    visit: Visit, uid: UUID, *, state: str, taken: int, attendance: str = "", reason: str = ""
) -> Intervention:
    """Say how far an offer is, and how many people take part. For the leaders of its agency.

    Raises NotFound, Refused (journalled); Invalid: a state that does not follow, more people than places, or stopped
    without a reason.
    """
    offer = own_intervention(visit, uid, event=events.OFFER_MOVED)
    if state not in INTERVENTION_STEPS[offer.state]:
        raise Invalid(
            _("Van “%(state)s” kan dit niet.") % {"state": offer.get_state_display()}, field="state",
            remedy=_("Kies een andere stand."),
        )  # fmt: skip
    _check_number(taken, "taken")
    if taken > offer.places:
        raise Invalid(
            _("Er zijn %(n)d plekken.") % {"n": offer.places}, remedy=_("Kijk het aantal deelnemers na."), field="taken"
        )
    if attendance and attendance not in Attendance.values:
        raise Invalid(_("Deze opkomst bestaat niet."), remedy=_("Kies er een uit de lijst."), field="attendance")
    said = reason.strip()
    if said or state == InterventionState.STOPPED:
        said = words(reason, field="reason")
    kept = _kept(taken, offer.taken)
    changes = {
        "state": state, "taken": kept, "attendance": attendance if kept is not None else "", "reason": said,
        "since": offer.since if state == offer.state else clock.today(),
    }  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.OFFER_MOVED):
        if not Intervention.objects.filter(pk=offer.pk, state=offer.state, taken=offer.taken).update(**changes):
            raise Invalid(_("Iemand anders was u voor."), remedy=_("Kijk opnieuw op het bord."))
        journal(visit, events.OFFER_MOVED, intervention=str(uid), state=state)
    offer.refresh_from_db()
    return offer


def _check_number(value: int, field: str) -> None:
    if not 0 <= value <= MOST:
        raise Invalid(_("Dit getal kan niet."), remedy=_("Vul 0 of meer in."), field=field)


def _kept(people: int, standing: int | None) -> int | None:
    found = protected(
        Decimal(people), unit="count", people=None, threshold=settings.SMALL_NUMBER,
        standing=None if standing is None else Decimal(standing),
    )  # fmt: skip
    return None if found is None else int(found)
