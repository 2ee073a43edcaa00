"""Hit or no hit: the director asks, who reported says about whom, and each invited agency compares and answers.

What is typed is compared with a keyed pseudonym and kept nowhere. Source: domain 4, WGS art. 2.31(3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import current_memberships
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.records.models import CaseSubject
from cases.triage import events, pseudonym
from cases.triage.checks import ANSWERING, check_for, is_running
from cases.triage.codes import Known
from cases.triage.commands.shared import check_director, check_undecided, locked, reach
from cases.triage.filters import KNOWN
from cases.triage.models import KnownAnswer, KnownCheck, Triage
from cases.triage.parties import identifier_of, may_be_asked
from cases.triage.terms import check_deadline
from foundation import clock
from foundation.errors import Invalid, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed from their own system, to compare and to forget."""

    bsn: str = ""
    name: str = ""
    born_on: date | None = None


def ask(reading: Reading, number: str, *, agencies: Iterable[str], person: UUID | None = None) -> KnownCheck:
    """Put the question to these agencies; it starts when the agency that reported says whom it is about.

    person: the place in the case, where there is more than one. Raises NotYourCase, Refused, NotFound, Invalid
    (an agency that may not be asked, or not yet).
    """
    reach(reading, number)
    check_director(reading)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        if triage.filter < KNOWN:
            raise Invalid(
                _("Bekendheid vragen kan vanaf filter 2."), field="filter", remedy=_("Rond filter 1 eerst af."),
            )  # fmt: skip
        identifier = identifier_of(reading, triage.case)
        about = _person(triage, person)
        chosen = set(agencies)
        possible = may_be_asked(
            reading, triage.case, triage, identifier_id=identifier, about_id=about.pk if about else None
        )
        asked = [agency for agency in possible if agency.code in chosen]
        if not asked or len(asked) < len(chosen):
            raise Invalid(
                _("Deze keuze kan niet: vraag alleen organisaties uit de lijst."), field="agencies",
                remedy=_("Kies ten minste één organisatie."),
            )  # fmt: skip
        check = KnownCheck.objects.create(triage=triage, about=about, identifier_id=identifier, asked_at=reading.at)
        KnownAnswer.objects.bulk_create(KnownAnswer(check_of=check, agency=agency) for agency in asked)
        append([_entry(reading, check, events.CHECK_ASKED, Action.CREATE, agencies=len(asked))])
    return check


def identify(reading: Reading, uid: UUID, typed: Typed) -> KnownCheck:
    """The agency that reported says whom the check is about; from now on the invited ones can answer.

    Raises NotYourCheck, Refused (another agency), Invalid (neither a BSN nor a name with a date of birth, or it runs).
    """
    check_for(reading, uid)
    with transaction.atomic(), write_scope():
        check = _held(uid)
        if check.identifier_id != reading.visit.agency.id:
            raise Refused(
                _("Alleen wie meldde, zegt om wie het gaat."), remedy=_("Vraag de organisatie die het signaal gaf."),
            )  # fmt: skip
        if check.started_at is not None or check.closed_at is not None:
            raise Invalid(
                _("Deze vraag is al gestart."), field="bsn", remedy=_("U hoeft niets meer in te vullen."),
            )  # fmt: skip
        check.of_bsn, check.of_name = _pseudonyms(uid, typed)
        check.started_at, check.deadline = reading.at, check_deadline(clock.today())
        check.save(update_fields=["of_bsn", "of_name", "started_at", "deadline"])
        append([_entry(reading, check, events.CHECK_STARTED, Action.UPDATE, deadline=check.deadline.isoformat())])
    return check


def compare(reading: Reading, uid: UUID, typed: Typed) -> bool:
    """Whether what an invited agency typed from its own system is of the person of the check. A few tries only.

    That it compared is journalled, not with whom nor what came of it. Raises NotYourCheck, Refused (no tries left),
    Invalid.
    """
    check_for(reading, uid)
    with transaction.atomic(), write_scope():
        check, mine = _mine(reading, uid)
        if mine.tries >= settings.KNOWN_CHECK_TRIES:
            raise Refused(
                _("Uw organisatie heeft al %(n)d keer vergeleken.") % {"n": settings.KNOWN_CHECK_TRIES},
                remedy=_("Bel de procesregisseur als u het dan nog niet weet."),
            )
        by_bsn, by_name = _pseudonyms(uid, typed)
        mine.tries += 1
        mine.save(update_fields=["tries"])
        append([_entry(reading, check, events.CHECK_COMPARED, Action.EXECUTE, tries=mine.tries)])
        return pseudonym.same(check.of_bsn, by_bsn) or pseudonym.same(check.of_name, by_name)


def answer(reading: Reading, uid: UUID, *, answer: str, contact: str = "") -> None:
    """The reader's agency answers, and names a contact person if it knows the person concerned. No content.

    contact: uuid of a colleague; empty is the reader. May be changed until everybody answered: the last answer closes
    the check. Raises NotYourCheck, Invalid (over by now, an unknown answer, a stranger).
    """
    check_for(reading, uid)
    if answer not in Known.values:
        raise Invalid(_("Kies een antwoord."), field="answer", remedy=_("Kies uit de drie antwoorden."))
    person = _colleague(reading, contact) if answer == Known.KNOWN else None
    with transaction.atomic(), write_scope():
        check, mine = _mine(reading, uid)
        mine.answer, mine.contact_id = answer, person
        mine.answered_by_id, mine.answered_at = reading.visit.professional_id, reading.at
        mine.save(update_fields=["answer", "contact", "answered_by", "answered_at"])
        if not check.answers.filter(answer="").exists():
            check.closed_at, check.of_bsn, check.of_name = reading.at, "", ""
            check.save(update_fields=["closed_at", "of_bsn", "of_name"])
        append([_entry(reading, check, events.CHECK_ANSWERED, Action.UPDATE)])


def _held(uid: UUID) -> KnownCheck:
    return KnownCheck.objects.select_for_update(of=("self",)).select_related("triage__case").get(uid=uid)


def _mine(reading: Reading, uid: UUID) -> tuple[KnownCheck, KnownAnswer]:
    """The running check and the place for this agency's answer, both locked."""
    check = _held(uid)
    mine = check.answers.select_for_update().filter(agency_id=reading.visit.agency.id).first()
    if mine is None or not is_running(reading, check):
        raise Invalid(
            _("Deze bekendheidsvraag loopt niet meer."), field="answer", remedy=_("Uw antwoord is niet meer nodig."),
        )  # fmt: skip
    return check, mine


def _pseudonyms(uid: UUID, typed: Typed) -> tuple[str, str]:
    found = pseudonym.of_bsn(uid, typed.bsn), pseudonym.of_name(uid, typed.name, typed.born_on)
    if not any(found):
        raise Invalid(
            _("Vul een burgerservicenummer in, of een naam met geboortedatum."), field="bsn",
            remedy=_("Neem het over uit uw eigen systeem."),
        )  # fmt: skip
    return found


def _person(triage: Triage, uid: UUID | None) -> CaseSubject | None:
    places = triage.case.case_subjects.select_related("subject").order_by("position")
    if uid is None:
        return places.first()
    found = places.filter(subject__uid=uid).first()
    if found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found


def _colleague(reading: Reading, uuid: str) -> int:
    if not uuid:
        return reading.visit.professional_id
    mine = current_memberships().filter(agency_id=reading.visit.agency.id)
    for membership in mine:
        if str(membership.professional.uuid) == uuid and set(membership.roles) & ANSWERING:
            return membership.professional_id
    raise Invalid(_("Deze collega kan geen contactpersoon zijn."), field="contact", remedy=_("Kies uit de lijst."))


def _entry(reading: Reading, check: KnownCheck, event: str, action: Action, **detail: str | int) -> Entry:
    return reading.entry(
        event=event, action=action, case_ref=check.triage.case.ref,
        subject_ref=check.about.subject.ref if check.about else "", detail={"check": str(check.uid), **detail},
    )  # fmt: skip
