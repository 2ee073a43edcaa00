"""What the commands of triage share: the triage with its lock, who may act, and one recorded step."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from audit.journal.entry import Action
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.rules import is_readable
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case
from cases.triage.codes import Step
from cases.triage.models import Triage, TriageStep
from cases.triage.parties import directs
from foundation.errors import Invalid, NotFound, Refused

SHORTEST = 5


def locked(reading: Reading, number: str) -> Triage:
    """The triage of case `number`, locked with its case until the transaction ends.

    Raises NotYourCase (journalled); NotFound when triage was not begun.
    """
    case = Case.objects.select_for_update().get(number=number)
    found = Triage.objects.select_for_update().filter(case=case).first()
    if found is None:
        raise NotFound(_("De triage van deze casus is nog niet begonnen."), remedy=_("Begin de triage eerst."))
    found.case = case
    return found


def reach(reading: Reading, number: str) -> Case:
    """The case, outside the transaction: a refusal is journalled apart. Raises NotYourCase."""
    return case_for(reading, number).case


def check_director(reading: Reading) -> None:
    """Raises Refused for who does not run triage."""
    if not directs(reading):
        raise Refused(
            _("Alleen de procesregisseur voert de triage uit."), remedy=_("Vraag de procesregisseur van deze casus."),
        )  # fmt: skip


def check_undecided(triage: Triage) -> None:
    """Raises Invalid once the outcome stands."""
    if triage.decided_at is not None:
        raise Invalid(
            _("De uitkomst van deze triage staat al vast."), field="outcome", remedy=_("Laad de pagina opnieuw."),
        )  # fmt: skip


def check_text(reading: Reading, text: str, *, field: str, required: bool = True) -> dict[str, Any]:
    """The values of a step: its text as a judgement, or nothing. Raises Invalid for a text that says nothing."""
    text = text.strip()
    if not text and not required:
        return {}
    if len(text) < SHORTEST or not is_readable(text):
        raise Invalid(
            _("Schrijf in een paar woorden waarom, zonder naam."), field=field, remedy=_("Een korte zin is genoeg."),
        )  # fmt: skip
    values = {"triage_judgement": text}
    checked_words(reading, values, names={"triage_judgement": field})
    return values


def record(
    reading: Reading, triage: Triage, what: Step, *, event: str, values: Mapping[str, Any], **columns: Any
) -> TriageStep:
    """A new step of the reader's agency at the filter where triage is now, journalled as `event`."""
    columns.setdefault("filter", triage.filter)
    step = new_words(TriageStep, reading, triage.case, values, triage=triage, what=what, **columns)
    # -1: no yes or no belongs to this step.
    fulfilled = -1 if step.fulfilled is None else int(step.fulfilled)
    save_words(
        reading, step, event=event, action=Action.CREATE, what=step.what, filter=step.filter, outcome=step.outcome,
        fulfilled=fulfilled,
    )  # fmt: skip
    return step
