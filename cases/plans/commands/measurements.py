"""Effects measured at the start, midway and at the end: one row per person, source and moment."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words, sealed
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.plans.models import Measurement, Moment
from cases.plans.rules import COUNTS, LIFE_DOMAINS, OWN_RATING, OWN_RATINGS, ZRM, check_worker
from cases.records.models import Case, CaseSubject
from cases.records.phases import Kind
from foundation import clock
from foundation.errors import Invalid

LARGEST_COUNT = 999


def record_measurement(
    reading: Reading, number: str, *, moment: str, on: date, scores: Mapping[str, int], person: UUID | None = None
) -> Measurement:
    """The effects as the reader's agency measured them at one moment, on one person; again replaces its own.

    person: uuid of a person concerned; None is the main one, or nobody in an area.
    Raises NotYourCase, Refused, Invalid naming every field. Source: domain 5.8.
    """
    case = case_for(reading, number).case
    check_worker(reading)
    _check(moment, on, scores)
    values = {"effect_score": dict(scores)}
    checked_words(reading, values)
    about = _person(case, person)
    with transaction.atomic(), write_scope():
        # Others wait here: two at once are one measurement, twice.
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        rows = Measurement.objects.filter(
            case=case, about=about, source_id=reading.visit.agency.id, moment=moment, withdrawn_at=None
        )
        found = rows.select_related("case", "about__subject").first()
        if found is None:
            made = new_words(Measurement, reading, case, values, about=about, moment=moment, on=on)
            save_words(reading, made, event="measurement.recorded", action=Act.CREATE, moment=moment)
            return made
        found.on, found.given_at = on, reading.at
        for column, value in sealed(reading, values).items():
            setattr(found, column, value)
        save_words(reading, found, event="measurement.changed", action=Act.UPDATE, moment=moment)
    return found


def _check(moment: str, on: date, scores: Mapping[str, int]) -> None:
    if moment not in Moment.values:
        raise Invalid(_("Dit moment bestaat niet."), field="moment", remedy=_("Kies start, halverwege of einde."))
    if on > clock.today():
        raise Invalid(_("Deze dag ligt in de toekomst."), field="on", remedy=_("Vul de dag in waarop is gemeten."))
    if not scores:
        raise Invalid(
            _("Vul ten minste één score in."), field="scores", remedy=_("Een leefgebied is genoeg."),
        )  # fmt: skip
    errors = tuple((part, fault) for part, value in scores.items() if (fault := _fault(part, value)))
    if errors:
        raise Invalid(
            _("Sommige scores kloppen nog niet."), errors=errors, field=errors[0][0],
            remedy=_("Verbeter ze hieronder; wat u invulde staat er nog."),
        )  # fmt: skip


def _fault(part: str, value: int) -> str:
    if type(value) is not int:
        return _("Vul een heel getal in.")
    if part in LIFE_DOMAINS:
        return "" if value in ZRM else _("Kies een score van 1 tot en met 5.")
    if part == OWN_RATING:
        return "" if value in OWN_RATINGS else _("Kies een cijfer van 1 tot en met 10.")
    if part in COUNTS:
        return "" if 0 <= value <= LARGEST_COUNT else _("Vul een aantal van 0 tot en met 999 in.")
    return _("Dit onderdeel bestaat niet.")


def _person(case: Case, uid: UUID | None) -> CaseSubject | None:
    if case.kind == Kind.AREA:
        return None
    places = case.case_subjects.filter(role=CaseSubject.Role.SUBJECT).select_related("subject").order_by("position")
    found = places.filter(subject__uid=uid).first() if uid else places.first()
    if found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found
