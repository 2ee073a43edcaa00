"""A partner asks another for fields, and takes a question back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agency
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.rules import check_role, fields_of
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case, CaseSubject, Participation
from cases.records.phases import Kind
from cases.requests.commands.repeats import once
from cases.requests.events import ASKED, WITHDRAWN
from cases.requests.models import Request, RequestState
from cases.requests.rights import own_request, still_open
from foundation import clock
from foundation.errors import Invalid
from foundation.masks import to_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked: which agency (code), which fields, why, until when; about whom (None: the main person)."""

    agency: str
    fields: tuple[str, ...]
    why: str
    due_on: date
    person: UUID | None = None
    submission: UUID | None = None


def ask(reading: Reading, number: str, asking: Asking) -> UUID:
    """The reader's agency asks a participant of case `number` for fields; returns the uuid of the request.

    The words are for who is asked and for the lead, as far as the covenant gives them. The same `submission`
    again asks nothing and returns the same.
    Raises NotYourCase, Refused (role, or no covenant), Invalid (agency, fields, words, day).
    Source: WGS art. 2.31(1); issue: bevraging.
    """
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    asked = asked_agency(reading, case, asking.agency)
    _check_fields(reading, case, asked, asking.fields)
    if asking.due_on < clock.today():
        raise Invalid(
            _("Deze dag is al voorbij."), field="due_on", remedy=_("Vul een dag in vanaf vandaag.")
        )  # fmt: skip
    values = {"request_text": asking.why.strip()}
    _check_why(values["request_text"])
    checked_words(reading, values, names={"request_text": "why"})
    about = person_of(case, asking.person)

    def write() -> Request:
        with transaction.atomic(), write_scope():
            made = new_words(
                Request, reading, case, values, about=about, heard=(asked.code, case.lead.code),
                submission=asking.submission, asked_agency=asked, due_on=asking.due_on,
                fields=to_hex(reading.policy.catalogue.mask(asking.fields)),
            )  # fmt: skip
            save_words(
                reading, made, event=ASKED, action=Action.CREATE, asked=asked.code, fields=" ".join(asking.fields)
            )
            return made

    made, _new = once(Request, reading, case, asking.submission, write)
    return made.uid


def withdraw(reading: Reading, number: str, uid: UUID) -> None:
    """The agency that asked takes its open question back. Raises NotYourCase, NotFound, Refused, Invalid."""
    found = own_request(reading, number, uid)
    with transaction.atomic(), write_scope():
        locked = still_open(Request.objects.select_for_update().get(pk=found.pk))
        locked.state, locked.settled_at = RequestState.WITHDRAWN, reading.at
        save_words(reading, locked, event=WITHDRAWN, action=Action.UPDATE)


def askable(reading: Reading, case: Case) -> tuple[Agency, ...]:
    """The other agencies that take part in the case now, also third parties, by name."""
    taking = Participation.objects.filter(
        Q(ends=None) | Q(ends__gt=reading.at), case=case, is_open=True, starts__lte=reading.at
    )
    others = taking.exclude(agency_id=reading.visit.agency.id).select_related("agency").order_by("agency__name")
    return tuple(found.agency for found in others)


def person_of(case: Case, uid: UUID | None) -> CaseSubject | None:
    """The place in the case of this person, or of the main one; an area has none. Raises Invalid for a stranger."""
    places = CaseSubject.objects.filter(case=case).select_related("subject").order_by("position")
    found = places.filter(subject__uid=uid).first() if uid else places.first()
    if uid and found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found


def asked_agency(reading: Reading, case: Case, code: str) -> Agency:
    """The participant with this code, as somebody one may ask. Raises Invalid for another."""
    found = next((agency for agency in askable(reading, case) if agency.code == code), None)
    if found is None:
        raise Invalid(
            _("Deze organisatie neemt niet deel aan de casus."), field="agency",
            remedy=_("Kies een deelnemende organisatie."),
        )  # fmt: skip
    return found


def _check_fields(reading: Reading, case: Case, asked: Agency, fields: tuple[str, ...]) -> None:
    if not fields:
        raise Invalid(_("Kies ten minste één gegeven."), field="fields", remedy=_("Vink aan wat u wilt weten."))
    able = fields_of(reading.policy.catalogue, agency_type=asked.type, area=case.kind == Kind.AREA)
    strange = set(fields) - {field.code for field in able}
    if strange:
        raise Invalid(
            _("Deze organisatie is niet de bron van elk gekozen gegeven."), field="fields",
            remedy=_("Kies alleen uit de lijst van deze organisatie."),
        )  # fmt: skip


def _check_why(text: str) -> None:
    if len(text) < 5:
        raise Invalid(
            _("Schrijf waarom u dit vraagt."), field="why", remedy=_("Een korte zin is genoeg.")
        )  # fmt: skip
