"""Submits the urgency of a neighbourhood with its figures, supports it, and gives the assessor's opinion."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.areas.models import Area, Indicator, Measurement
from programmes.plans.acting import check_speaks, denied, journal, words
from programmes.urgency import events
from programmes.urgency.models import CaseState, Figure, Support, Tranche, TrancheState, UrgencyCase
from programmes.urgency.rights import case_for, may_score, may_submit, tranche_named


def submit(
    visit: Visit, code: str, *, area: str, argument: str, signals: str, voice: str, indicators: Sequence[str],
    partners: Sequence[str],
) -> UrgencyCase:  # fmt: skip
    """Argue that a neighbourhood should go first. indicators: codes; partners: codes of who is asked to support it.

    Raises NotFound, Refused; Invalid: the tranche is closed, the area is in it, an indicator has no number that may be
    shown, nobody is asked, or a text is empty.
    """
    tranche = tranche_named(code)
    _check_open(tranche)
    if not may_submit(visit, tranche):
        denied(
            visit, events.SUBMITTED, _("Een urgentie dient de leiding van een gemeente in die niet zelf beoordeelt."),
            remedy=_("Vraag een teamleider of tekenbevoegde van de gemeente."),
        )  # fmt: skip
    place = Area.objects.filter(code=area).first()
    if place is None:
        raise Invalid(_("Kies een wijk."), remedy=_("Kies haar uit de lijst."), field="area")
    if tranche.cases.filter(area=place).exists():
        raise Invalid(
            _("Voor deze wijk is al ingediend."), remedy=_("Vul die urgentie aan met steun."), field="area"
        )  # fmt: skip
    asked = list(Agency.objects.filter(code__in=partners).exclude(pk=visit.agency.id))
    if not asked:
        raise Invalid(_("Vraag ten minste één partner om steun."), remedy=_("Kies er een of meer."), field="partners")
    case = UrgencyCase(
        tranche=tranche, area=place, agency_id=visit.agency.id, submitted_on=clock.today(),
        argument=words(argument, field="argument", empty=_("Zeg waarom deze wijk voorgaat.")),
        signals=words(signals, field="signals", empty=_("Zeg wat professionals en ondernemers zien.")),
        voice=words(voice, field="voice", empty=_("Zeg wat bewoners zelf zeggen.")),
    )  # fmt: skip
    figures = _figures(case, place, indicators)
    with transaction.atomic(), write_scope(reason=events.SUBMITTED):
        case.save()
        for one in figures:
            one.case = case
        Figure.objects.bulk_create(figures)
        Support.objects.bulk_create([Support(case=case, agency=agency) for agency in asked])
        journal(visit, events.SUBMITTED, action=Action.CREATE, tranche=code, area=area, urgency=str(case.uid))
    return case


def _figures(case: UrgencyCase, area: Area, codes: Sequence[str]) -> list[Figure]:
    """The newest number of each indicator, with its source and date, beside the city's."""
    chosen = list(Indicator.objects.filter(code__in=codes))
    if not chosen:
        raise Invalid(_("Kies ten minste één cijfer."), remedy=_("Kies indicatoren uit de lijst."), field="indicators")
    found = []
    for indicator in chosen:
        newest = Measurement.objects.filter(area=area, indicator=indicator).order_by("-year").first()
        if newest is None or newest.value is None:
            raise Invalid(
                _("Van “%(label)s” is hier geen cijfer dat getoond mag worden: het gaat over te weinig mensen.")
                % {"label": indicator.label_nl},
                remedy=_("Kies een andere indicator."), field="indicators",
            )  # fmt: skip
        city = Measurement.objects.filter(area=None, indicator=indicator, year=newest.year).first()
        found.append(
            Figure(
                indicator=indicator, year=newest.year, value=newest.value, city=city.value if city else None,
                source=newest.source, dated=newest.dated,
            )
        )  # fmt: skip
    return found


def support(visit: Visit, uid: UUID, *, text: str) -> Support:
    """Support a case as one of the partners that were asked, in one's own words.

    Raises NotFound, Refused; Invalid: one's agency was not asked, or the tranche is closed.
    """
    case = case_for(visit, uid)
    check_speaks(visit, visit.agency.id, visit.agency.name, event=events.SUPPORTED)
    _check_open(case.tranche)
    row = case.supports.filter(agency_id=visit.agency.id).first()
    if row is None:
        raise Invalid(_("Uw organisatie is niet om steun gevraagd."), remedy=_("Overleg met de gemeente."))
    row.words = words(text, field="text", empty=_("Zeg waarom u dit steunt, en wat u bijdraagt."))
    row.given_on = clock.today()
    with transaction.atomic(), write_scope(reason=events.SUPPORTED):
        row.save()
        journal(visit, events.SUPPORTED, tranche=case.tranche.code, urgency=str(uid))
    return row


def score(visit: Visit, uid: UUID, *, mark: int, opinion: str) -> UrgencyCase:
    """Give the assessor's opinion on a case, by the criteria of its tranche. mark: 1 to 10.

    Raises NotFound, Refused; Invalid: the tranche is not closed, or the mark or the opinion is missing.
    """
    case = case_for(visit, uid)
    if case.tranche.state != TrancheState.CLOSED:
        raise Invalid(_("Beoordelen kan als de tranche gesloten is, tot het besluit."), remedy=_("Kijk later opnieuw."))
    if not may_score(visit, case.tranche):
        denied(
            visit, events.SCORED, _("Het oordeel geeft %(name)s.") % {"name": case.tranche.assessor.name},
            remedy=_("U leest het zodra het er is."),
        )  # fmt: skip
    if not 1 <= mark <= 10:
        raise Invalid(_("Geef een cijfer van 1 tot en met 10."), remedy=_("Kijk het cijfer na."), field="mark")
    said = words(opinion, field="opinion", empty=_("Schrijf het oordeel, langs de criteria."))
    with transaction.atomic(), write_scope(reason=events.SCORED):
        UrgencyCase.objects.filter(pk=case.pk).update(state=CaseState.SCORED, score=mark, opinion=said)
        journal(visit, events.SCORED, tranche=case.tranche.code, urgency=str(uid), mark=mark)
    case.refresh_from_db()
    return case


def _check_open(tranche: Tranche) -> None:
    if tranche.state != TrancheState.OPEN or clock.today() > tranche.closes_on:
        raise Invalid(_("Deze tranche is gesloten."), remedy=_("Wacht op de volgende."))
