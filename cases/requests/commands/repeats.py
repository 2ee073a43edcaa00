"""A form that is sent twice adds once: what the same submission wrote before."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.records.models import Case, SealedWords
from cases.requests.events import REPEATED
from foundation.errors import Invalid

Words = TypeVar("Words", bound=SealedWords)


def once(
    model: type[Words], reading: Reading, case: Case, submission: UUID | None, write: Callable[[], Words]
) -> tuple[Words, bool]:
    """What `write` made, or what the same submission made before, and whether it is new.

    Raises Invalid when the submission was used in another case: what was typed now would be lost.
    """
    if before := _before(model, reading, case, submission):
        return before, False
    try:
        return write(), True
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _before(model, reading, case, submission):
            return before, False
        raise


@transaction.atomic
def _before(model: type[Words], reading: Reading, case: Case, submission: UUID | None) -> Words | None:
    if submission is None:
        return None
    found = model.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()  # type: ignore[attr-defined]
    if found is None:
        return None
    if found.case_id != case.pk:
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    append([reading.entry(event=REPEATED, action=Action.CREATE, case_ref=case.ref)])
    return found
