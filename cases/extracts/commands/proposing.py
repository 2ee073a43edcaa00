"""A source proposes to give a third party a copy of its own facts, or takes the proposal back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.purpose import declared
from cases.casework.rules import check_role
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import own_rows
from cases.extracts import events
from cases.extracts.commands.shared import asked, deciders, give, settle
from cases.extracts.models import (
    ExtractProposal,
    ExtractReason,
    ProposalState,
)
from cases.extracts.options import Option, options_for
from cases.records.models import Case, CaseSubject
from cases.records.phases import Kind
from foundation import clock
from foundation.errors import Invalid, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a source wants to give: option key, field codes, why, until when, for which action."""

    option: str
    fields: tuple[str, ...]
    reason: str
    person: UUID | None = None
    ends_on: date | None = None
    action: UUID | None = None
    submission: UUID | None = None


def propose(reading: Reading, number: str, wish: Proposed) -> ExtractProposal:
    """The reader's agency proposes to give a copy of its own facts. The same `submission` again adds nothing.

    Raises NotYourCase, Refused (role, no covenant), Invalid (option, fields, reason, day).
    Source: WGS art. 2.31(9), BGS art. 2.21.
    """
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    if before := _before(reading, case, wish.submission):
        return before
    about = _person(case, wish.person)
    option = _option(reading, case, about, wish)
    checked_words(reading, {"request_text": wish.reason}, names={"request_text": "reason"})
    if wish.ends_on and wish.ends_on < clock.today():
        raise Invalid(_("Deze dag is al voorbij."), field="ends_on", remedy=_("Kies een dag vanaf vandaag."))
    values = _own_values(reading, case, about, wish.fields)
    try:
        with transaction.atomic(), write_scope():
            made = new_words(
                ExtractProposal, reading, case, values, about=about, heard=[reading.agency.code, option.recipient],
                submission=wish.submission, recipient_id=option.recipient_id, covenant=option.covenant,
                article=option.article, purpose=option.purpose, ends_on=wish.ends_on, action=wish.action,
            )  # fmt: skip
            save_words(reading, made, event=events.PROPOSED, action=Action.CREATE, article=option.article)
            reason = new_words(ExtractReason, reading, case, {"request_text": wish.reason}, about=about, proposal=made)
            save_words(reading, reason, event=events.PROPOSED, action=Action.CREATE)
            if not deciders(reading, case, option.covenant, source_id=made.source_id):
                give(reading, made)
    except IntegrityError:
        if before := _before(reading, case, wish.submission):
            return before
        raise
    return made


def withdraw_proposal(reading: Reading, number: str, uid: UUID) -> None:
    """The source takes its proposal back before it was decided."""
    case = case_for(reading, number).case
    with transaction.atomic(), write_scope():
        found = asked(case, uid)
        _check_source(reading, found)
        if found.state != ProposalState.ASKED:
            raise Invalid(_("Hierover is al besloten."), field="state", remedy=_("Trek de verstrekking zelf in."))
        settle(found, ProposalState.WITHDRAWN, reading.at)
        append(
            [reading.entry(event=events.WITHDRAWN, action=Action.DELETE, case_ref=case.ref, detail={"words": str(uid)})]
        )


def _person(case: Case, uid: UUID | None) -> CaseSubject | None:
    if case.kind == Kind.AREA:
        return None
    places = case.case_subjects.select_related("subject")
    found = places.filter(subject__uid=uid).first() if uid else places.order_by("position").first()
    if found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found


def _option(reading: Reading, case: Case, about: CaseSubject | None, wish: Proposed) -> Option:
    option = next((found for found in options_for(reading, case, about) if found.key == wish.option), None)
    if option is None:
        raise Invalid(
            _("Geen artikel laat nu toe dat deze ontvanger dit van u krijgt."), field="option",
            remedy=_("Kies een ontvanger uit de lijst."),
        )  # fmt: skip
    by_code = reading.policy.catalogue.by_code
    known = [code for code in wish.fields if code in by_code]
    if not known or len(known) != len(wish.fields) or reading.policy.catalogue.mask(known) & ~option.mask:
        raise Invalid(
            _("Kies ten minste één gegeven dat u hebt en dat dit artikel geeft."), field="fields",
            remedy=_("Vink alleen aan wat de ontvanger voor zijn taak nodig heeft."),
        )  # fmt: skip
    return option


def _own_values(reading: Reading, case: Case, about: CaseSubject | None, fields: Iterable[str]) -> dict[str, object]:
    """The newest own value of each field, opened by the one path and journalled as a reading."""
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    rows = tuple(
        row
        for row in own_rows(case.pk, agency_id=reading.visit.agency.id, day=day)
        if row.about_id == (about.pk if about else None)
    )
    wanted = reading.policy.catalogue.mask(fields)
    opening = Opening(case=case, purpose=declared(reading, case, None), rows=rows)
    answer = disclose(reading, [opening], wanted=wanted, named=0)[0]
    facts = sorted((fact for person in answer.disclosures for fact in person.facts), key=lambda fact: fact.given_at)
    return {fact.code: fact.value for fact in facts}


def _before(reading: Reading, case: Case, submission: UUID | None) -> ExtractProposal | None:
    if submission is None:
        return None
    return ExtractProposal.objects.filter(source_id=reading.visit.agency.id, submission=submission, case=case).first()


def _check_source(reading: Reading, found: ExtractProposal) -> None:
    if found.source_id != reading.visit.agency.id:
        raise Refused(_("Alleen de bron trekt haar voorstel terug."), remedy=_("Vraag het de bron."))
