"""An agency gives facts, corrects them, or takes them back. Only the source changes its own facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.covenants.standing import covenants_of_party
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.mending import CORRECTED, WITHDRAWN, mending
from cases.casework.rules import check_role, check_values, is_readable
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for, partner_for
from cases.records.changes import facts_changed
from cases.records.history import history_ref
from cases.records.models import Case, CaseSubject, Contribution
from cases.records.phases import Kind
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from foundation.masks import from_hex, to_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody typed or sent: field code → value, and how sure and how old it is.

    person: uuid of the person concerned in this case; None means the only or main one.
    submission: made by the client for each form, so that a repeated send adds once.
    """

    values: Mapping[str, Any]
    observed_on: date
    kind: str = Contribution.Kind.FACT
    reliability: int = 2
    valid_until: date | None = None
    person: UUID | None = None
    submission: UUID | None = None


def add_contribution(reading: Reading, number: str, given: Given) -> tuple[UUID, ...]:
    """The reader's agency gives facts in case `number`: one contribution per section; returns their uuids.

    The same `submission` again adds nothing and returns the same.
    Raises NotYourCase, Refused (role, or no covenant under which it may give), Invalid (every field).
    Source: WGS art. 2.31(1), BGS art. 1.6 (accuracy).
    """
    case = _case(reading, number)
    check_role(reading.visit.roles)
    sections = _sections(reading, case, given)
    _check_statement(given)
    under = _under(reading, case)
    about = _person(case, given.person)
    if before := _submitted(reading, case, given.submission):
        return before
    try:
        with transaction.atomic(), write_scope():
            made = [_made(reading, case, about, under, section, values, given) for section, values in sections.items()]
            for contribution in made:
                _save(reading, contribution, event="contribution.added", action=Action.CREATE)
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _submitted(reading, case, given.submission):
            return before
        raise
    return tuple(contribution.uid for contribution in made)


def correct_contribution(reading: Reading, number: str, uid: UUID, given: Given, *, reason: str) -> None:
    """The source replaces its own facts; the former version stays in the history, under the same rights.

    Raises NotFound for a contribution that is not this agency's or was withdrawn, Invalid without a
    reason or for fields of another section.
    Source: AVG art. 16, BGS art. 1.7.
    """
    case = _case(reading, number)
    check_role(reading.visit.roles)
    _check_reason(reason)
    sections = _sections(reading, case, given)
    _check_statement(given)
    with transaction.atomic(), write_scope():
        made = _own(reading, case, uid)
        if set(sections) != {made.section}:
            raise Invalid(
                _("Een correctie blijft binnen dezelfde rubriek."), field="values",
                remedy=_("Voeg andere gegevens toe als nieuwe bijdrage."),
            )  # fmt: skip
        mending(reading, made, CORRECTED)
        made.values = SealedFacts.seal(given.values, reason=reason)
        made.present = to_hex(reading.policy.catalogue.mask(given.values))
        made.kind, made.reliability = given.kind, given.reliability
        made.observed_on, made.valid_until = given.observed_on, given.valid_until
        _save(reading, made, event="contribution.corrected", action=Action.UPDATE, reason=reason)


def withdraw_contribution(reading: Reading, number: str, uid: UUID, *, reason: str) -> None:
    """The source takes its facts back: from now on nobody reads them, nor their versions.

    Raises NotFound for a contribution that is not this agency's or was withdrawn, Invalid without a reason.
    """
    case = _case(reading, number)
    check_role(reading.visit.roles)
    _check_reason(reason)
    with transaction.atomic(), write_scope():
        made = _own(reading, case, uid)
        mending(reading, made, WITHDRAWN)
        made.withdrawn_at = reading.at
        _save(reading, made, event="contribution.withdrawn", action=Action.DELETE, reason=reason)


def _case(reading: Reading, number: str) -> Case:
    """The case, for a live participant or for a third party that reports into it."""
    return partner_for(reading, number) or case_for(reading, number).case


def _sections(reading: Reading, case: Case, given: Given) -> dict[str, dict[str, Any]]:
    return check_values(
        reading.policy.catalogue,
        given.values,
        agency_type=reading.visit.agency.type,
        area=case.kind == Kind.AREA,
    )


def _under(reading: Reading, case: Case) -> frozenset[str]:
    found = covenants_of_party(reading.policy, agency=reading.agency, covenants=case.covenant_codes, at=reading.at)
    if not found:
        raise Refused(
            _("Uw organisatie is nu geen partij bij een convenant van deze casus."),
            remedy=_("Vraag uw tekenbevoegde om toe te treden; uw tekst staat nog op dit scherm."),
        )
    return found


def _person(case: Case, uid: UUID | None) -> CaseSubject | None:
    if case.kind == Kind.AREA:
        return None
    places = case.case_subjects.select_related("subject")
    found = places.filter(subject__uid=uid).first() if uid else places.order_by("position").first()
    if found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found


@transaction.atomic
def _submitted(reading: Reading, case: Case, submission: UUID | None) -> tuple[UUID, ...]:
    """What this submission added before, journalled as a repetition; nothing when it is new.

    Raises Invalid when it was used in another case: what was typed now would be lost.
    """
    if submission is None:
        return ()
    earlier = Contribution.objects.filter(source_id=reading.visit.agency.id, submission=submission)
    found = list(earlier.order_by("id").values_list("uid", "case_id"))
    if any(case_id != case.pk for _uid, case_id in found):
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    if found:
        append([reading.entry(event="contribution.repeated", action=Action.CREATE, case_ref=case.ref)])
    return tuple(uid for uid, _case_id in found)


def _made(
    reading: Reading,
    case: Case,
    about: CaseSubject | None,
    under: frozenset[str],
    section: str,
    values: Mapping[str, Any],
    given: Given,
) -> Contribution:
    catalogue = reading.policy.catalogue
    return Contribution(
        case=case, about=about, source_id=reading.visit.agency.id, under=" ".join(sorted(under)),
        section=section, values=SealedFacts.seal(values), present=to_hex(catalogue.mask(values)),
        kind=given.kind, reliability=given.reliability, observed_on=given.observed_on,
        valid_until=given.valid_until, given_at=reading.at, submission=given.submission,
        basis=catalogue.by_code[next(iter(values))].basis,
        entered_by_id=reading.visit.professional_id,
    )  # fmt: skip


def _own(reading: Reading, case: Case, uid: UUID) -> Contribution:
    found = (
        Contribution.objects.select_for_update()
        .filter(case=case, uid=uid, source_id=reading.visit.agency.id, withdrawn_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotFound(
            _("Deze bijdrage bestaat niet, of is niet van uw organisatie."),
            remedy=_("Alleen de bron verbetert of trekt in."),
        )
    return found


def _save(reading: Reading, made: Contribution, *, event: str, action: Action, reason: str = "") -> None:
    made._history_date = reading.at  # type: ignore[attr-defined]
    made._history_user = None  # type: ignore[attr-defined]
    made.save()
    facts_changed([made.pk])
    version = Contribution.history.filter(id=made.pk).latest("history_id")
    append(
        [
            reading.entry(
                event=event,
                action=action,
                case_ref=made.case.ref,
                subject_ref=made.about.subject.ref if made.about else "",
                fields=from_hex(made.present),
                reason=reason,
                history=(history_ref(version),),
                detail={"contribution": str(made.uid), "under": made.under, "basis": made.basis},
            )
        ]
    )


def _check_statement(given: Given) -> None:
    if given.observed_on > clock.today():
        raise Invalid(
            _("De datum van waarneming ligt in de toekomst."), field="observed_on",
            remedy=_("Vul de dag in waarop dit is gezien of vastgesteld."),
        )  # fmt: skip
    if given.valid_until and given.valid_until < clock.today():
        raise Invalid(
            _("De laatste dag is al voorbij: dan leest niemand dit."), field="valid_until",
            remedy=_("Vul een dag in vanaf vandaag, of laat dit leeg."),
        )  # fmt: skip
    if given.kind not in Contribution.Kind.values:
        raise Invalid(_("Deze soort bestaat niet."), field="kind", remedy=_("Kies uit de lijst."))
    if given.reliability not in (1, 2, 3, 4):
        raise Invalid(_("Deze betrouwbaarheid bestaat niet."), field="reliability", remedy=_("Kies uit de lijst."))


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < 5 or not is_readable(reason):
        raise Invalid(_("Schrijf in een paar woorden waarom."), field="reason", remedy=_("Een korte zin is genoeg."))
