"""Makes a pledge under the pact in force, reports on it, and settles it: kept in full, or broken with the reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.pacts import events
from programmes.pacts.models import Pledge, PledgeKind, PledgeState, Progress
from programmes.pacts.rights import pledge_of, pledging_in
from programmes.plans.acting import journal, words
from programmes.plans.models import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledged:
    """What is pledged. agency: code; article: number in the pact in force; goal: its uid, or None."""

    agency: str
    article: str
    kind: str
    promise: str
    quantity: Decimal
    unit: str
    measure: str
    owner: str
    starts_on: date
    due_on: date
    goal: UUID | None = None


def make_pledge(visit: Visit, code: str, given: Pledged) -> Pledge:
    """Record what a party pledges, out of an article of the pact in force. For that party, and for who leads.

    Raises NotFound, Refused; Invalid: no pact in force, no such article in it, the agency is no party, or the quantity,
    days, measure or owner are missing.
    """
    programme, pact, agency = pledging_in(visit, code, given.agency)
    if given.article not in {one.article for one in pact.document.articles}:
        raise Invalid(
            _("Artikel %(nr)s staat niet in het pact.") % {"nr": given.article or "–"}, field="article",
            remedy=_("Een toezegging staat in de getekende tekst. Kies het artikel, of vernieuw het pact."),
        )  # fmt: skip
    if given.kind not in PledgeKind.values:
        raise Invalid(_("Dit soort toezegging bestaat niet."), remedy=_("Kies er een uit de lijst."), field="kind")
    if given.quantity <= 0:
        raise Invalid(_("Een toezegging noemt een hoeveelheid."), remedy=_("Vul een getal in."), field="quantity")
    if given.due_on < given.starts_on:
        raise Invalid(_("Het einde ligt voor het begin."), remedy=_("Kijk de dagen na."), field="due_on")
    goal = Goal.objects.filter(uid=given.goal, pillar__programme=programme).first() if given.goal else None
    pledge = Pledge(
        programme=programme, agency=agency, goal=goal, article=given.article, kind=given.kind,
        promise=words(given.promise, field="promise", empty=_("Zeg wat wordt toegezegd."), most=240),
        quantity=given.quantity, unit=words(given.unit, field="unit", empty=_("Noem de eenheid."), most=60),
        measure=words(given.measure, field="measure", empty=_("Zeg waaraan u ziet of het lukt."), most=240),
        owner=words(given.owner, field="owner", empty=_("Noem wie ervoor staat."), most=120),
        starts_on=given.starts_on, due_on=given.due_on,
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.PLEDGED):
        pledge.save()
        journal(visit, events.PLEDGED, action=Action.CREATE, programme=code, pledge=str(pledge.uid))
    return pledge


def report_progress(
    visit: Visit, uid: UUID, *, delivered: Decimal, text: str, on: date | None = None
) -> Progress:  # fmt: skip
    """Say how far a pledge is. For its party, and for who leads.

    Raises NotFound, Refused; Invalid: settled, less than nothing, without words, or on a day to come.
    """
    pledge = pledge_of(visit, uid, event=events.REPORTED)
    if pledge.state != PledgeState.OPEN:
        raise Invalid(_("Deze toezegging is afgesloten."), remedy=_("U hoeft niets te doen."))
    if delivered < 0:
        raise Invalid(_("Minder dan niets kan niet."), remedy=_("Vul in hoeveel er nu is."), field="delivered")
    said = words(text, field="text", empty=_("Schrijf in het kort hoe het staat."))
    day = on or clock.today()
    if day > clock.today():
        raise Invalid(_("Deze dag moet nog komen."), remedy=_("Kies vandaag of eerder."), field="on")
    with transaction.atomic(), write_scope(reason=events.REPORTED):
        _while_open(pledge, delivered=delivered)
        made = Progress.objects.create(pledge=pledge, on=day, delivered=delivered, words=said, by_id=visit.agency.id)
        journal(visit, events.REPORTED, programme=pledge.programme.code, pledge=str(uid))
    return made


def settle(
    visit: Visit, uid: UUID, *, state: str, delivered: Decimal, reason: str = "", on: date | None = None
) -> Pledge:
    """Settle a pledge: kept, when all of it is delivered; or broken, with the reason. For its party, and who leads.

    Raises NotFound, Refused; Invalid: settled before, kept with less than was pledged, or broken without a reason.
    """
    pledge = pledge_of(visit, uid, event=events.SETTLED)
    if pledge.state != PledgeState.OPEN:
        raise Invalid(_("Deze toezegging is al afgesloten."), remedy=_("U hoeft niets te doen."))
    if state not in (PledgeState.KEPT, PledgeState.BROKEN):
        raise Invalid(_("Kies nagekomen of niet nagekomen."), remedy=_("Kies er een."), field="state")
    if delivered < 0:
        raise Invalid(_("Minder dan niets kan niet."), remedy=_("Vul in hoeveel er is."), field="delivered")
    if state == PledgeState.KEPT and delivered < pledge.quantity:
        raise Invalid(
            _("Toegezegd is %(n)s. Met minder is de toezegging niet nagekomen.") % {"n": f"{pledge.quantity:f}"},
            remedy=_("Laat haar open staan, of kies “niet nagekomen” en zeg waarom."), field="delivered",
        )  # fmt: skip
    said = reason.strip()
    if state == PledgeState.BROKEN:
        said = words(reason, field="reason", empty=_("Zeg waarom de toezegging niet is nagekomen."))
    day = on or clock.today()
    if not pledge.starts_on <= day <= clock.today():
        raise Invalid(_("Deze dag kan niet."), remedy=_("Kies een dag na het begin, niet na vandaag."), field="on")
    with transaction.atomic(), write_scope(reason=events.SETTLED):
        _while_open(pledge, state=state, delivered=delivered, reason=said, settled_on=day)
        journal(visit, events.SETTLED, programme=pledge.programme.code, pledge=str(uid), state=state)
    pledge.refresh_from_db()
    return pledge


def _while_open(pledge: Pledge, **changes: object) -> None:
    if not Pledge.objects.filter(pk=pledge.pk, state=PledgeState.OPEN).update(**changes):
        raise Invalid(_("Iemand anders was u voor."), remedy=_("Kijk opnieuw op de pagina van het pact."))
