"""A professional reports a signal, or adds to one. What residents report is in resident.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words
from cases.disclosure.reading import Reading
from cases.intake.access import REPORTING, held, may_report, signal_for
from cases.intake.commands.files import Taker, new_signal, open_file, write_report
from cases.intake.commands.photos import Photo, checked_photo, keep_photo
from cases.intake.commands.steps import note_step
from cases.intake.models import Channel, Report, Signal, SignalState, SignalStep
from cases.intake.neighbourhoods import neighbourhoods
from cases.intake.ways import AREA, PERSON, Way, Ways, ways_in
from cases.records.models import Participation
from cases.records.phases import Urgency
from foundation.errors import Invalid, Refused

RELIABILITY = "single"
CLOSED = frozenset({SignalState.DISMISSED, SignalState.MERGED})
"""A signal to which nothing is added any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What somebody typed or sent. about: person or area; kind: a choice code of signal_domain.

    neighbourhood: the code of one, for a signal about a place; of a signal about a person it is not kept.
    submission: made by the client for each form, so that a repeated send reports once.
    """

    about: str
    kind: str
    seen: str
    place: str = ""
    person: str = ""
    urgency: str = Urgency.NORMAL.value
    reliability: str = RELIABILITY
    neighbourhood: str = ""
    submission: UUID | None = None
    photo: Photo | None = None


def report_signal(reading: Reading, reported: Reported) -> str:
    """The reader's agency reports a signal; returns its number. The same submission again reports nothing new.

    Raises Refused (role, or no covenant by which anybody could read it), Invalid (every field).
    Source: WGS art. 2.31(1), domain 3.
    """
    may_report(reading)
    if before := _submitted(reading, reported.submission):
        return before
    ways = ways_in(reading)
    check(reading.policy.catalogue, reported)
    way = chosen(ways, reported)
    values = values_of(way.seen, reported)
    checked_words(reading, values, names=names_of(way.seen))
    photo = checked_photo(reported.photo)
    try:
        with transaction.atomic(), write_scope():
            takers = _takers(reading, ways, way)
            case = open_file(reading, way, bureau=ways.bureau, urgency=reported.urgency, takers=takers)
            signal = new_signal(
                reading, case, channel=Channel.PROFESSIONAL, kind=reported.kind, handler=way.handler,
                submission=reported.submission, neighbourhood=neighbourhood_of(reported),
            )  # fmt: skip
            report = write_report(reading, signal, Report.Sort.REPORT, values, event="signal.reported")
            keep_photo(reading, report, way.seen, photo)
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _submitted(reading, reported.submission):
            return before
        raise
    return signal.number


def add_to_signal(reading: Reading, number: str, *, seen: str, submission: UUID | None = None) -> None:
    """The reader's agency adds what it saw later. The same submission again adds nothing.

    Raises NotYourSignal; Refused when it is closed or the agency gives no facts; Invalid for empty or long text.
    """
    found = signal_for(reading, number)
    way = _way_here(reading, found)
    if not seen.strip():
        raise Invalid(_("Schrijf wat u zag."), field="seen", remedy=_("Eén zin is genoeg."))
    values = {way.seen: seen.strip()}
    checked_words(reading, values, names={way.seen: "seen"})
    with transaction.atomic(), write_scope():
        signal = held(found)
        if signal.state in CLOSED:
            raise Refused(
                _("Dit signaal is al afgesloten of samengevoegd."), remedy=_("Meld een nieuw signaal."),
            )  # fmt: skip
        if submission and Report.objects.filter(signal=signal, submission=submission).exists():
            return
        write_report(reading, signal, Report.Sort.ADDITION, values, event="signal.added", submission=submission)
        note_step(reading, signal, SignalStep.Kind.ADDED)


def check(catalogue: Catalogue, reported: Reported) -> None:
    """Raises Invalid naming every place that is empty or holds an unknown choice."""
    kinds = {code for code, _nl, _en in catalogue.by_code["signal_domain"].choices}
    grades = {code for code, _nl, _en in catalogue.by_code["signal_reliability"].choices}
    faults = [
        ("about", _("Kies: over een persoon of over een plek."), reported.about in (PERSON, AREA)),
        ("kind", _("Kies waar het over gaat."), reported.kind in kinds),
        ("urgency", _("Kies hoe snel het moet."), reported.urgency in set(Urgency)),
        ("reliability", _("Kies hoe zeker u bent."), reported.reliability in grades),
        ("seen", _("Schrijf wat u zag."), bool(reported.seen.strip())),
        ("place", _("Vul de plek in."), reported.about != AREA or bool(reported.place.strip())),
        ("person", _("Vul in over wie het gaat."), reported.about != PERSON or bool(reported.person.strip())),
    ]
    if (chosen := neighbourhood_of(reported)) and chosen not in dict(neighbourhoods()):
        faults.append(("neighbourhood", _("Kies een wijk uit de lijst."), False))
    errors = tuple((place, sentence) for place, sentence, holds in faults if not holds)
    if errors:
        raise Invalid(
            _("Sommige velden kloppen nog niet."), errors=errors, field=errors[0][0],
            remedy=_("Verbeter de velden hieronder; wat u typte staat er nog."),
        )  # fmt: skip


def chosen(ways: Ways, reported: Reported) -> Way:
    """The way in that fits. Raises Refused when nobody could read such a signal of this agency."""
    way = ways.best(reported.about, reported.kind)
    if way is not None:
        return way
    if ways.ways:
        raise Invalid(
            _("Uw organisatie meldt hier niet over een plek.") if reported.about == AREA
            else _("Uw organisatie meldt hier niet over een persoon."),
            field="about", remedy=_("Kies de andere soort, of bel het Zorg- en Veiligheidshuis."),
        )  # fmt: skip
    raise Refused(
        _("Geen convenant laat uw organisatie nu een signaal melden."),
        remedy=_("Vraag uw tekenbevoegde om toe te treden; bij gevaar belt u 112."),
    )


def values_of(seen: str, reported: Reported) -> dict[str, Any]:
    """The words of a report by catalogue field; what is empty, or does not fit the sort, is left out."""
    person = reported.person.strip() if reported.about == PERSON else ""
    values = {
        seen: reported.seen.strip(),
        "signal_domain": reported.kind,
        "signal_reliability": reported.reliability,
        "signal_place": reported.place.strip(),
        "signal_person": person,
    }
    return {code: value for code, value in values.items() if value}


def neighbourhood_of(reported: Reported) -> str:
    """By which neighbourhood the signal is counted; "" for none, and always for a signal about a person."""
    return reported.neighbourhood if reported.about == AREA else ""


def names_of(seen: str) -> Mapping[str, str]:
    """Catalogue field → form field."""
    return {
        seen: "seen", "signal_domain": "kind", "signal_reliability": "reliability", "signal_place": "place",
        "signal_person": "person",
    }  # fmt: skip


def _takers(reading: Reading, ways: Ways, way: Way) -> list[Taker]:
    """The bureau, the handler, and of the reporting agency whoever reports (third parties without reading along)."""
    takers = {agency.pk: Taker(agency=agency) for agency in (ways.bureau, way.handler)}
    own = reading.visit.agency.id
    if own not in takers:
        takers[own] = Taker(
            agency=ways.own, member_id=reading.visit.professional_id,
            mode=Participation.Mode.EXTRACT if way.third else Participation.Mode.LIVE,
        )  # fmt: skip
    return list(takers.values())


def _way_here(reading: Reading, signal: Signal) -> Way:
    """How the reader's agency gives facts in this signal's file. Raises Refused when it cannot."""
    here = [way for way in ways_in(reading).of(signal.file.kind) if way.covenants & signal.file.covenant_codes]
    if not here or not reading.visit.roles & REPORTING:
        raise Refused(
            _("Uw organisatie voegt zelf geen gegevens toe aan een signaal."),
            remedy=_("Vraag de melder of een partner om dit toe te voegen."),
        )
    return min(here, key=lambda way: way.purpose != signal.file.purpose)


def _submitted(reading: Reading, submission: UUID | None) -> str:
    """The number of what this submission reported before; "" when it is new. Raises Invalid for another's."""
    found = Signal.objects.filter(submission=submission).first() if submission else None
    if found is None:
        return ""
    if found.entered_by_id != reading.visit.professional_id:
        raise Invalid(
            _("Dit formulier is al verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    return found.number
