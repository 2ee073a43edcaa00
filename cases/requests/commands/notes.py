"""Notes in a joint case: an aside that is no fact, read as the covenant says or by the own agency alone."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.rules import check_role
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.requests.commands.repeats import once
from cases.requests.events import NOTE_ADDED, NOTE_WITHDRAWN
from cases.requests.models import Note
from foundation.errors import Invalid, NotFound


def add_note(
    reading: Reading, number: str, *, words: str, own_only: bool = False, submission: UUID | None = None
) -> UUID:
    """Write a note in case `number`; returns its uuid. The same `submission` again adds nothing.

    own_only: only the writer's own agency reads it.
    Raises NotYourCase, Refused (role, or no covenant), Invalid (words).
    """
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    values = {"case_note": words.strip()}
    if not values["case_note"]:
        raise Invalid(_("Schrijf eerst uw notitie."), field="words", remedy=_("Een korte zin is genoeg."))
    checked_words(reading, values, names={"case_note": "words"})

    def write() -> Note:
        heard = (reading.visit.agency.code,) if own_only else ()
        with transaction.atomic(), write_scope():
            made = new_words(Note, reading, case, values, heard=heard, submission=submission)
            save_words(reading, made, event=NOTE_ADDED, action=Action.CREATE, own_only=int(own_only))
            return made

    made, _new = once(Note, reading, case, submission, write)
    return made.uid


def withdraw_note(reading: Reading, number: str, uid: UUID) -> None:
    """The agency that wrote a note takes it back: nobody reads it from now on. Raises NotYourCase, NotFound."""
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    with transaction.atomic(), write_scope():
        found = (
            Note.objects.select_for_update()
            .filter(case=case, uid=uid, source_id=reading.visit.agency.id, withdrawn_at=None)
            .first()
        )
        if found is None:
            raise NotFound(
                _("Deze notitie bestaat niet, of is niet van uw organisatie."),
                remedy=_("Alleen wie haar schreef, trekt haar in."),
            )
        found.withdrawn_at = reading.at
        save_words(reading, found, event=NOTE_WITHDRAWN, action=Action.DELETE)
