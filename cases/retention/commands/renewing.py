"""Renewing the term of one person: each source consents for its own facts; those of who refuses go."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.scope import write_scope
from cases.attachments.models import Attachment
from cases.disclosure.reading import Reading
from cases.records.models import CaseSubject, Contribution
from cases.retention import events
from cases.retention.calendar import line_for
from cases.retention.models import Destruction, DestructionState, Ground, Renewal, RenewalConsent, Scope
from cases.retention.rights import PROPOSING, case_for_terms, check_reader
from cases.retention.terms import terms_of
from foundation.errors import Invalid, NotFound, Refused

ANSWERING = frozenset({"professional", "case_director", "chair", "contact_point", "privacy_officer"})


def ask_renewal(reading: Reading, number: str, subject: UUID) -> Renewal:
    """Ask every source of facts about a person whether the term may be renewed, two years at most at a time.

    Raises NotFound, Refused, Invalid when no term ends within a year or a renewal was asked already.
    Source: BGS art. 1.16(2)-(3), WGS art. 1.8(7).
    """
    check_reader(reading)
    case = case_for_terms(reading, number)
    if not reading.visit.roles & PROPOSING:
        raise Refused(_("Uw rol vraagt geen verlenging."), remedy=_("Vraag het de procesregisseur."))
    line = line_for(case, scope=Scope.PERSON, subject=subject, at=reading.at)
    if line is None:
        raise Invalid(
            _("Voor deze persoon loopt het komende jaar geen termijn af."), field="subject",
            remedy=_("Verleng pas als de termijn in zicht komt."),
        )  # fmt: skip
    term = terms_of(case.covenant_codes, at=reading.at)["renewal"]
    place = CaseSubject.objects.get(case=case, subject__uid=subject)
    sources = set(Contribution.objects.filter(case=case, about=place).values_list("source_id", flat=True))
    sources |= set(Attachment.objects.filter(case=case, about=place).values_list("source_id", flat=True))
    try:
        with transaction.atomic(), write_scope():
            made = Renewal.objects.create(
                case=case, subject=subject, until=term.after(line.due_on), asked_at=reading.at,
                asked_by_id=reading.visit.professional_id,
            )  # fmt: skip
            RenewalConsent.objects.bulk_create(RenewalConsent(renewal=made, agency_id=pk) for pk in sorted(sources))
            detail = {"renewal": str(made.uid), "sources": len(sources), "until": made.until.isoformat()}
            append(
                [
                    reading.entry(
                        event=events.RENEWAL_ASKED, action=Action.CREATE, case_ref=case.ref,
                        subject_ref=f"subject:{subject}", articles=(term.article,), detail=detail,
                    )
                ]
            )  # fmt: skip
    except IntegrityError as error:
        raise Invalid(
            _("Deze verlenging is al gevraagd."), field="subject", remedy=_("Wacht op de antwoorden van de bronnen.")
        ) from error
    return made


def answer_renewal(reading: Reading, uid: UUID, *, agrees: bool) -> Renewal:
    """A source says whether its facts may stay longer. With the last answer it is decided.

    Raises NotFound for a renewal that does not ask this agency, Invalid when it answered already.
    """
    with transaction.atomic(), write_scope():
        consent = (
            RenewalConsent.objects.select_for_update(of=("self",))
            .filter(renewal__uid=uid, agency_id=reading.visit.agency.id)
            .select_related("renewal__case", "agency")
            .first()
        )
        if consent is None or not reading.visit.roles & ANSWERING:
            raise NotFound(_("Deze vraag is niet aan u gesteld."), remedy=_("Ga terug naar de kalender."))
        if consent.agrees is not None:
            raise Invalid(_("Uw organisatie antwoordde al."), field="agrees", remedy=_("Ververs de pagina."))
        consent.agrees, consent.at = agrees, reading.at
        consent.save()
        renewal = consent.renewal
        append([_entry(reading, renewal, events.RENEWAL_ANSWERED, agrees=int(agrees))])
        if not RenewalConsent.objects.filter(renewal=renewal, agrees=None).exists():
            _decide(reading, renewal)
    return renewal


def _decide(reading: Reading, renewal: Renewal) -> None:
    renewal.decided_at = reading.at
    renewal.save()
    append([_entry(reading, renewal, events.RENEWED)])
    for consent in RenewalConsent.objects.filter(renewal=renewal, agrees=False):
        Destruction.objects.create(
            case=renewal.case, scope=Scope.SOURCE, subject=renewal.subject, source_id=consent.agency_id,
            ground=Ground.RENEWAL_REFUSED, article="BGS art. 1.16 lid 3", due_on=reading.at.date(),
            state=DestructionState.PROPOSED, proposed_by_id=renewal.asked_by_id, proposed_at=reading.at,
        )  # fmt: skip


def _entry(reading: Reading, renewal: Renewal, event: str, **detail: int) -> Entry:
    return reading.entry(
        event=event,
        action=Action.EXECUTE,
        case_ref=renewal.case.ref,
        subject_ref=f"subject:{renewal.subject}",
        detail={"renewal": str(renewal.uid), **detail},
    )
