"""Somebody asks the own leadership for a decision, in one sentence (korte lijn)."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Agency
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.rules import check_role
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.inbox.events import ASKED
from cases.inbox.models import Escalation
from cases.records.models import Case
from cases.requests.commands.asking import askable
from cases.requests.commands.repeats import once
from foundation import clock
from foundation.errors import Invalid
from foundation.workdays import add_working_days


def escalate(
    reading: Reading, number: str, *, question: str, blocked_by: str = "", submission: UUID | None = None
) -> UUID:
    """Ask the own leadership about case `number`; returns the uuid. The clock of working days starts now.

    Only the reader's own agency hears it. blocked_by: code of the participant that it waits for, or "".
    Raises NotYourCase, Refused (role, or no covenant), Invalid (question, agency).
    Source: domain 10 (Escalation).
    """
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    values = {"request_text": question.strip()}
    if len(values["request_text"]) < 5:
        raise Invalid(
            _("Schrijf in een zin wat u van uw leiding vraagt."), field="question",
            remedy=_("Noem wat er vastloopt en wat u nodig heeft."),
        )  # fmt: skip
    checked_words(reading, values, names={"request_text": "question"})
    blocker = _blocker(reading, case, blocked_by)

    def write() -> Escalation:
        answer_by = add_working_days(reading.at.astimezone(clock.AMSTERDAM).date(), settings.ESCALATION_WORKING_DAYS)
        with transaction.atomic(), write_scope():
            made = new_words(
                Escalation, reading, case, values, heard=(reading.visit.agency.code,), submission=submission,
                blocked_by=blocker, answer_by=answer_by,
            )  # fmt: skip
            save_words(reading, made, event=ASKED, action=Action.CREATE)
            return made

    made, _new = once(Escalation, reading, case, submission, write)
    return made.uid


def _blocker(reading: Reading, case: Case, code: str) -> Agency | None:
    if not code:
        return None
    found = next((agency for agency in askable(reading, case) if agency.code == code), None)
    if found is None:
        raise Invalid(
            _("Deze organisatie neemt niet deel aan de casus."), field="blocked_by",
            remedy=_("Kies een deelnemende organisatie, of niemand."),
        )  # fmt: skip
    return found
