"""Taking a request in, establishing who asks, extending the term, refusing as a whole, handing the answer out."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.numbering import next_number
from cases.disclosure.reading import Reading
from cases.subject_requests import events
from cases.subject_requests.boxes import closed, opened
from cases.subject_requests.choices import ARTICLES, OPEN, Asker, IdentityCheck, Kind, PackState, State
from cases.subject_requests.commands.steps import entry, held_request, words
from cases.subject_requests.finding import places_of
from cases.subject_requests.models import DecisionSheet, SubjectMatch, SubjectPack, SubjectRequest
from cases.subject_requests.rights import asked_agencies, check_handles, request_for
from cases.subject_requests.terms import due_on
from foundation import clock
from foundation.errors import Invalid

OLDEST = timedelta(days=366)


def receive(
    reading: Reading,
    *,
    kind: str,
    received_on: date,
    name: str,
    born_on: date,
    contact: str,
    text: str = "",
    asker: str = Asker.PERSON,
    representative: str = "",
) -> SubjectRequest:
    """Take a request in; its term runs from the day on which it was received, whatever is still to be done.

    contact: where the answer goes. text: what the person asks, in their words. representative: who asks for them,
    and by what right. Raises NotHandling, Invalid. Source: AVG art. 12(3), BGS art. 1.1(1).
    """
    check_handles(reading)
    if kind not in Kind.values or asker not in Asker.values:
        field = "asker" if kind in Kind.values else "kind"
        raise Invalid(_("Dit staat niet in de lijst."), field=field, remedy=_("Kies uit de lijst."))
    if not clock.today() - OLDEST <= received_on <= clock.today():
        raise Invalid(
            _("Een verzoek is vandaag of eerder ontvangen, en niet langer dan een jaar geleden."),
            field="received_on", remedy=_("Vul de dag in waarop het binnenkwam."),
        )  # fmt: skip
    if not date(1900, 1, 1) <= born_on <= clock.today():
        raise Invalid(_("Deze geboortedatum kan niet."), field="born_on", remedy=_("Vul de datum in als 1985-03-12."))
    person = {
        "name": words(name, field="name", what=_("Wie vraagt het?")),
        "born_on": born_on.isoformat(),
        "contact": words(contact, field="contact", what=_("Waar moet het antwoord heen?")),
        "text": words(
            text, field="text", what=_("Om welke gegevens gaat het, en waarom?"), needed=kind != Kind.ACCESS
        ),
        "representative": words(
            representative, field="representative", what=_("Wie vraagt het namens de persoon, en met welk recht?"),
            needed=asker == Asker.REPRESENTATIVE,
        ),
    }  # fmt: skip
    with transaction.atomic(), write_scope():
        made = SubjectRequest.objects.create(
            number=next_number("AVG", at=reading.at), kind=kind, receiver_id=reading.visit.agency.id,
            received_on=received_on, due_on=due_on(received_on), person=closed(person), asker=asker,
            entered_by_id=reading.visit.professional_id, entered_at=reading.at,
        )  # fmt: skip
        append([entry(reading, made, events.RECEIVED, Action.CREATE, due_on=made.due_on.isoformat())])
    return made


def identify(reading: Reading, uid: UUID, *, how: str) -> SubjectRequest:
    """Record how it was made sure who asks, and put the request before every controller.

    Every agency that answers requests gets a sheet, whether it knows the person or not: who took the request in
    learns nothing from who was asked. Raises NotHandling, NotYourRequest, Invalid. Source: AVG art. 12(6).
    """
    found = request_for(reading, uid)
    if how not in IdentityCheck.values:
        raise Invalid(_("Zo stelt u geen identiteit vast."), field="how", remedy=_("Kies uit de lijst."))
    with transaction.atomic(), write_scope():
        request = held_request(found)
        if request.state != State.INTAKE:
            raise Invalid(_("De identiteit staat al vast."), field="state", remedy=_("Ververs de pagina."))
        request.identity_check, request.identity_at = how, reading.at
        request.identity_by_id = reading.visit.professional_id
        request.state = State.SEARCHING
        request.save()
        agencies = asked_agencies()
        _distribute(request, agencies)
        append([entry(reading, request, events.IDENTIFIED, Action.EXECUTE, how=how, asked=len(agencies))])
    return request


def _distribute(request: SubjectRequest, agencies: dict[int, str]) -> None:
    person = opened(request.person)
    places = places_of(person["name"], date.fromisoformat(person["born_on"]))
    SubjectMatch.objects.bulk_create(SubjectMatch(request=request, case=case, subject=who) for case, who in places)
    DecisionSheet.objects.bulk_create(DecisionSheet(request=request, agency_id=agency) for agency in sorted(agencies))


def extend(reading: Reading, uid: UUID, *, reason: str) -> SubjectRequest:
    """Two months more, once, for a complex request or many of them; the reason is told to the person in time.

    Raises NotHandling, NotYourRequest, Invalid: also when the first term is over. Source: AVG art. 12(3).
    """
    found = request_for(reading, uid)
    said = words(reason, field="reason", what=_("Schrijf op waarom het langer duurt: dit leest de persoon."))
    with transaction.atomic(), write_scope():
        request = held_request(found)
        if request.state not in OPEN or request.extended_at is not None:
            raise Invalid(
                _("Deze termijn kan niet (nog eens) worden verlengd."), field="state", article="AVG art. 12(3)"
            )
        if clock.today() > request.due_on:
            raise Invalid(
                _("De termijn is al om. Verlengen moet binnen de eerste maand."), field="state",
                remedy=_("Antwoord zo snel mogelijk, en leg uit waarom het te laat is."), article="AVG art. 12(3)",
            )  # fmt: skip
        request.extended_at, request.extended = reading.at, closed({"reason": said})
        request.due_on = due_on(request.received_on, extended=True)
        request.save()
        append([entry(reading, request, events.EXTENDED, Action.UPDATE, due_on=request.due_on.isoformat())])
    return request


def refuse(reading: Reading, uid: UUID, *, reason: str) -> SubjectRequest:
    """Refuse the request as a whole: the person cannot be identified, or it is manifestly unfounded or excessive.

    Before any controller decided; later each refuses its own part. Raises NotHandling, NotYourRequest, Invalid.
    Source: AVG art. 12(2), 12(4), 12(5).
    """
    found = request_for(reading, uid)
    said = words(
        reason, field="reason", what=_("Schrijf op waarom: dit leest de persoon, met het recht op een klacht.")
    )
    with transaction.atomic(), write_scope():
        request = held_request(found)
        if request.state not in (State.INTAKE, State.SEARCHING):
            raise Invalid(
                _("Organisaties beslissen al over dit verzoek."), field="state",
                remedy=_("Elke organisatie kan haar eigen deel weigeren."), article="AVG art. 12(5)",
            )  # fmt: skip
        request.state, request.closed_at, request.refused = State.REFUSED, reading.at, closed({"reason": said})
        request.save()
        append([entry(reading, request, events.REFUSED, Action.EXECUTE)])
    return request


def hand_out(reading: Reading, uid: UUID) -> SubjectRequest:
    """The pack was given to the person; that closes the request. Raises NotHandling, NotYourRequest, Invalid."""
    found = request_for(reading, uid)
    with transaction.atomic(), write_scope():
        request = held_request(found)
        made = SubjectPack.objects.filter(request=request, state=PackState.DONE).first()
        if request.state != State.READY or made is None:
            raise Invalid(
                _("Er is nog geen pakket om uit te reiken."), field="state", remedy=_("Laat het pakket eerst maken.")
            )
        request.state, request.closed_at = State.HANDED_OUT, reading.at
        request.save()
        append([entry(reading, request, events.HANDED_OUT, Action.EXECUTE, article=ARTICLES[Kind(request.kind)])])
    return request
