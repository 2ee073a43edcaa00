"""Telling a person that their data are used: done, or postponed while a source judges that it must wait.

Source: AVG art. 14, UAVG art. 41, BGS art. 1.3, domain 3 (informing and embargo).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words, sealed
from cases.casework.rules import CONTRIBUTING_ROLES, is_readable
from cases.disclosure.reading import Reading
from cases.records.models import Case, Circumstance
from cases.triage import events
from cases.triage.codes import Ground, InformState
from cases.triage.commands.shared import reach
from cases.triage.models import Embargo, Informing
from cases.triage.parties import contact_codes, gave_facts, informs
from cases.triage.terms import latest_review
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused

CODE = "embargo"
AFTER_LIFTING = 7
"""Days to inform in, once the last embargo was lifted and the first term has passed."""
SHORTEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why informing waits, and until when the source looks at it again. withhold: also keep its own facts back."""

    ground: str
    review_on: date
    reason: str
    withhold: bool = False


def mark_informed(reading: Reading, number: str, uid: UUID, *, on: date) -> None:
    """The person was told on `on`.

    Raises NotYourCase, Refused (role), NotFound, Invalid (postponed, or a day to come).
    """
    case = reach(reading, number)
    if not informs(reading, case):
        raise Refused(
            _("Het contactpunt of de procesregisseur informeert de betrokkene."), remedy=_("Vraag het contactpunt."),
        )  # fmt: skip
    if not case.opened_at.astimezone(clock.AMSTERDAM).date() <= on <= clock.today():
        raise Invalid(
            _("Deze dag kan niet."), field="on", remedy=_("Kies een dag tussen de opening van de casus en vandaag."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        found = _held(case, uid)
        if found.state == InformState.POSTPONED:
            raise Invalid(
                _("Informeren is uitgesteld."), field="on", remedy=_("Wacht tot de bron het uitstel opheft."),
            )  # fmt: skip
        found.state, found.done_on = InformState.DONE, on
        found.save(update_fields=["state", "done_on"])
        append([_entry(reading, found, events.INFORMED, done_on=on.isoformat())])


def postpone(reading: Reading, number: str, uid: UUID, wait: Wait) -> None:
    """A source lets informing of this person wait; again, with a new day, as long as the ground lasts.

    Raises NotYourCase, Refused (role, or an agency that gave nothing), NotFound, Invalid.
    """
    case = reach(reading, number)
    _check_source(reading, case)
    values = _checked(reading, wait)
    with transaction.atomic(), write_scope():
        found = _held(case, uid)
        if found.state == InformState.DONE:
            raise Invalid(_("De betrokkene is al geïnformeerd."), field="ground", remedy=_("Uitstel kan niet meer."))
        words = found.embargoes.filter(source_id=reading.visit.agency.id, lifted_at=None).first()
        action = Action.UPDATE if words else Action.CREATE
        if words is None:
            words = new_words(
                Embargo, reading, case, values, informing=found, ground=wait.ground, review_on=wait.review_on,
                heard={*contact_codes(reading, case), reading.visit.agency.code},
            )  # fmt: skip
        else:
            words.case, words.ground, words.review_on = case, wait.ground, wait.review_on
            for column, value in sealed(reading, values).items():
                setattr(words, column, value)
        words.hold = _hold(reading, found, words.hold, wait)
        save_words(
            reading, words, event=events.POSTPONED, action=action, ground=wait.ground,
            review_on=wait.review_on.isoformat(), withhold=int(wait.withhold),
        )  # fmt: skip
        found.state = InformState.POSTPONED
        found.save(update_fields=["state"])


def lift(reading: Reading, number: str, uid: UUID) -> None:
    """The source's ground has ended; with the last one informing is due again. Raises as postpone does."""
    case = reach(reading, number)
    _check_source(reading, case)
    with transaction.atomic(), write_scope():
        found = _held(case, uid)
        words = found.embargoes.filter(source_id=reading.visit.agency.id, lifted_at=None).first()
        if words is None:
            raise NotFound(_("Uw organisatie stelde dit niet uit."), remedy=_("Laad de pagina opnieuw."))
        words.case, words.lifted_at = case, reading.at
        _end_hold(reading, words.hold)
        save_words(reading, words, event=events.LIFTED, action=Action.UPDATE, ground=words.ground)
        if not found.embargoes.filter(lifted_at=None).exists():
            found.state = InformState.PLANNED
            found.due_on = max(found.due_on, clock.today() + timedelta(days=AFTER_LIFTING))
            found.save(update_fields=["state", "due_on"])


def _checked(reading: Reading, wait: Wait) -> dict[str, str]:
    if wait.ground not in Ground.values:
        raise Invalid(_("Deze grond bestaat niet."), field="ground", remedy=_("Kies uit de lijst."))
    last = latest_review(clock.today())
    if not clock.today() < wait.review_on <= last:
        raise Invalid(
            _("Kies een dag na vandaag, uiterlijk %(day)s.") % {"day": last.isoformat()}, field="review_on",
            remedy=_("Daarna kijkt u er opnieuw naar."),
        )  # fmt: skip
    if len(wait.reason.strip()) < SHORTEST or not is_readable(wait.reason):
        raise Invalid(_("Schrijf in een paar woorden waarom."), field="reason", remedy=_("Een korte zin is genoeg."))
    values = {"case_note": wait.reason.strip()}
    checked_words(reading, values, names={"case_note": "reason"})
    return values


def _check_source(reading: Reading, case: Case) -> None:
    if not reading.visit.roles & CONTRIBUTING_ROLES or not gave_facts(reading, case):
        raise Refused(
            _("Alleen een bron van gegevens in deze casus laat het informeren wachten."),
            remedy=_("Vraag de bron dit te beoordelen."), article="BGS art. 1.3",
        )  # fmt: skip


def _held(case: Case, uid: UUID) -> Informing:
    found = Informing.objects.select_for_update(of=("self",)).select_related("about__subject").filter(case=case)
    one = found.filter(uid=uid).first()
    if one is None:
        raise NotFound(_("Dit bestaat niet in deze casus."), remedy=_("Ga terug naar de casus."))
    return one


def _hold(reading: Reading, found: Informing, standing: Circumstance | None, wait: Wait) -> Circumstance | None:
    """The hold on the source's own facts about this person: begun, kept with its new day, or ended."""
    if not wait.withhold:
        _end_hold(reading, standing)
        return None
    if standing is not None:
        standing.review_on = wait.review_on
        standing.save(update_fields=["review_on"])
        return standing
    return Circumstance.objects.create(
        case_id=found.case_id, nature=Circumstance.Nature.HOLD, code=CODE, about=found.about,
        source_id=reading.visit.agency.id, starts=reading.at, review_on=wait.review_on,
        recorded_by=f"{reading.visit.name}, {reading.visit.agency.name}"[:120],
    )  # fmt: skip


def _end_hold(reading: Reading, hold: Circumstance | None) -> None:
    if hold is not None and hold.ends is None:
        hold.ends = reading.at
        hold.save(update_fields=["ends"])


def _entry(reading: Reading, found: Informing, event: str, **detail: str | int) -> Entry:
    return reading.entry(
        event=event, action=Action.UPDATE, case_ref=found.case.ref, subject_ref=found.about.subject.ref, detail=detail
    )
