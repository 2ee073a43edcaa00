"""Opens, closes and decides on a tranche: publicly, with a reason for what was chosen and for what was not."""

from collections.abc import Mapping
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
from programmes.plans.acting import journal, words
from programmes.urgency import events
from programmes.urgency.models import CaseState, Tranche, TrancheState, UrgencyCase
from programmes.urgency.rights import check_board, check_may_open, tranche_named

PLACES = 5
"""Neighbourhoods per half-year. Source: domain 10."""


def open_tranche(
    visit: Visit, *, year: int, half: int, criteria: str, criteria_version: str, assessor: str, closes_on: date
) -> Tranche:
    """Open a tranche; one's own agency is its board. assessor: code of the agency that gives its opinion.

    Raises Refused; Invalid: it stands, the assessor is unknown or the board itself, or the day has passed.
    """
    check_may_open(visit)
    judge = Agency.objects.filter(code=assessor).first()
    if judge is None or judge.pk == visit.agency.id:
        raise Invalid(
            _("Kies een beoordelaar buiten het bestuur."), remedy=_("Kies een andere organisatie."), field="assessor"
        )
    if half not in (1, 2):
        raise Invalid(_("Kies een helft van het jaar."), remedy=_("Vul 1 of 2 in."), field="half")
    if closes_on < clock.today():
        raise Invalid(_("Deze dag is geweest."), remedy=_("Kies een dag die komt."), field="closes_on")
    tranche = Tranche(
        year=year, half=half, places=PLACES, board_id=visit.agency.id, assessor=judge, closes_on=closes_on,
        criteria=words(criteria, field="criteria", empty=_("Noem de criteria, elk op een eigen regel.")),
        criteria_version=words(criteria_version, field="criteria_version", empty=_("Noem de versie."), most=20),
    )  # fmt: skip
    try:
        with transaction.atomic(), write_scope(reason=events.OPENED):
            tranche.save()
            journal(visit, events.OPENED, action=Action.CREATE, tranche=tranche.code)
    except IntegrityError:
        raise Invalid(_("Deze tranche is er al."), remedy=_("Kies een ander half jaar."), field="year") from None
    return tranche


def close_tranche(visit: Visit, code: str) -> Tranche:
    """Close a tranche: nothing comes in any more, the assessor begins. Raises NotFound, Refused, Invalid."""
    tranche = tranche_named(code)
    check_board(visit, tranche, event=events.CLOSED)
    if not tranche.cases.exists():
        raise Invalid(_("Er is nog niets ingediend."), remedy=_("Wacht op de eerste urgentie."))
    with transaction.atomic(), write_scope(reason=events.CLOSED):
        _step(tranche, TrancheState.OPEN, state=TrancheState.CLOSED)
        journal(visit, events.CLOSED, tranche=code)
    tranche.state = TrancheState.CLOSED
    return tranche


def decide(
    visit: Visit, code: str, *, chosen: frozenset[UUID], reasons: Mapping[UUID, str], motivation: str
) -> Tranche:  # fmt: skip
    """Decide on a tranche; from now the outcome is public. reasons: for every case, chosen or not.

    Raises NotFound, Refused; Invalid: not closed, a case without opinion or reason, too many chosen, one that is not in
    the tranche, or one that no partner supports.
    """
    tranche = tranche_named(code)
    check_board(visit, tranche, event=events.DECIDED)
    cases = list(tranche.cases.select_related("area").prefetch_related("supports"))
    if tranche.state != TrancheState.CLOSED:
        raise Invalid(
            _("Een besluit kan als de tranche gesloten is, en één keer."), remedy=_("Sluit de tranche eerst.")
        )
    _check_choice(tranche, cases, chosen)
    errors = tuple(
        (f"reason_{one.uid}", _("Zeg waarom %(area)s wel of niet is gekozen.") % {"area": one.area.name})
        for one in cases
        if not reasons.get(one.uid, "").strip()
    )
    if errors:
        raise Invalid(_("Bij elke wijk hoort een reden."), errors=errors, remedy=_("Schrijf wat ontbreekt."))
    said = words(motivation, field="motivation", empty=_("Motiveer het besluit als geheel."))
    for one in cases:
        one.state = CaseState.SELECTED if one.uid in chosen else CaseState.NOT_YET
        one.reason = words(reasons[one.uid], field=f"reason_{one.uid}", empty="")
    with transaction.atomic(), write_scope(reason=events.DECIDED):
        _step(tranche, TrancheState.CLOSED, state=TrancheState.DECIDED, motivation=said, decided_on=clock.today())
        UrgencyCase.objects.bulk_update(cases, ["state", "reason"])
        journal(visit, events.DECIDED, tranche=code, chosen=len(chosen), not_yet=len(cases) - len(chosen))
    tranche.refresh_from_db()
    return tranche


def _check_choice(tranche: Tranche, cases: list[UrgencyCase], chosen: frozenset[UUID]) -> None:
    waiting = [one.area.name for one in cases if one.state == CaseState.SUBMITTED]
    if waiting:
        raise Invalid(
            _("Nog niet beoordeeld: %(areas)s.") % {"areas": ", ".join(waiting)}, remedy=_("Wacht op de beoordelaar.")
        )
    if not chosen or not chosen <= {one.uid for one in cases}:
        raise Invalid(_("Kies wijken uit deze tranche."), remedy=_("Kies er ten minste één."), field="chosen")
    if len(chosen) > tranche.places:
        raise Invalid(
            _("Er zijn %(n)d plaatsen.") % {"n": tranche.places}, remedy=_("Kies er minder."), field="chosen"
        )  # fmt: skip
    alone = [one.area.name for one in cases if one.uid in chosen and not _supported(one)]
    if alone:
        raise Invalid(
            _("Zonder steun van een partner: %(areas)s.") % {"areas": ", ".join(alone)}, field="chosen",
            remedy=_("Kies alleen wijken die ten minste één partner steunt."),
        )  # fmt: skip


def _supported(case: UrgencyCase) -> bool:
    return any(one.given_on for one in case.supports.all())


def _step(tranche: Tranche, start: str, **changes: object) -> None:
    if not Tranche.objects.filter(pk=tranche.pk, state=start).update(**changes):
        raise Invalid(_("Deze stap is al gezet."), remedy=_("Kijk opnieuw op de pagina van de tranche."))
