"""Keeping the text of a draft: as typed or by an operation, never over what somebody else saved."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.drafting.commands.shared import clean_text, journal, keep, locked
from agreements.drafting.editing import Edited
from agreements.drafting.errors import EditConflict
from agreements.drafting.merging import line_changes, merge
from agreements.drafting.models import Draft, Revision
from agreements.drafting.rights import check_may_write
from agreements.parties.reader import Visit
from audit.journal.scope import write_scope
from foundation.errors import Invalid

Operation = Callable[[str], Edited]
"""A change of a text: editing.add_article and the like, with everything filled in but the text."""


@transaction.atomic
def save_text(visit: Visit, uid: Any, *, text: str, base_revision: int, note: str = "") -> Draft:
    """Keep a text as it was typed, readable or not; what is wrong in it is a finding, not a refusal.

    base_revision: the revision that was opened and changed. The same text makes no new revision.

    Raises:
        NotFound, Refused: not for this visit. Invalid: too large, or a revision that does not exist.
        EditConflict: somebody saved since; it carries both texts, and both together where they do not touch.
    """
    draft = locked(visit, uid)
    check_may_write(visit, draft)
    return _save(visit, draft, clean_text(text), base_revision, note or _("tekst gewijzigd"))


@transaction.atomic
def edit(visit: Visit, uid: Any, *, operation: Operation, base_revision: int) -> Draft:
    """Do one editing operation on the text and keep it, with a note in words ("artikel 6.4 toegevoegd").

    operation: text -> Edited; a function of drafting.editing with its arguments filled in:
    `edit(visit, uid, operation=partial(editing.remove_rule, number="6.4"), base_revision=3)`.

    Raises: as save_text; Invalid also when the text cannot be read, or has no such place.
    """
    draft = locked(visit, uid)
    check_may_write(visit, draft)
    done = operation(_revision(draft, base_revision))
    return _save(visit, draft, clean_text(done.text), base_revision, done.note)


def _save(visit: Visit, draft: Draft, text: str, base_revision: int, note: str) -> Draft:
    base = _revision(draft, base_revision)
    if text in (base, draft.text):
        return draft
    if base_revision != draft.revision:
        raise _conflict(draft, base=base, mine=text, note=note)
    with write_scope(reason="draft.saved"):
        keep(draft, text, by=visit, note=note)
        journal(visit, "draft.saved", draft)
    return draft


def _conflict(draft: Draft, *, base: str, mine: str, note: str) -> EditConflict:
    newest = Revision.objects.select_related("by").get(draft=draft, number=draft.revision)
    return EditConflict(
        _("%(name)s bewaarde dit concept terwijl u schreef. Er is niets overschreven.") % {"name": newest.by.name},
        remedy=_("Bekijk de wijziging van de ander, en bewaar daarna de samengevoegde tekst of uw eigen tekst."),
        current_revision=draft.revision,
        current_text=draft.text,
        their_name=newest.by.name,
        their_saved_at=newest.saved_at,
        mine=mine,
        their_changes=line_changes(base, draft.text),
        changes=line_changes(draft.text, mine),
        merged=merge(base, mine, draft.text),
        note=note,
    )


def _revision(draft: Draft, number: int) -> str:
    if number == draft.revision:
        return draft.text
    found = Revision.objects.filter(draft=draft, number=number).values_list("text", flat=True).first()
    if found is None:
        raise Invalid(
            _("Dit concept heeft geen bewaarde tekst met nummer %(n)d.") % {"n": number},
            remedy=_("Open het concept opnieuw; het nummer staat boven de tekst."),
            field="base_revision",
        )
    return found
