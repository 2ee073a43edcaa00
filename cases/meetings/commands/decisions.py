"""What the meeting decides about a case, and what each agency thinks of it: endorses, dissents with a reason, abstains.

No decision by one agency binds another's legal power (domain 5.5): a position is each agency's own.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words, sealed
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import hearers, worked_item
from cases.meetings.commands.pictures import WORK
from cases.meetings.models import AgendaItem, Decision, Picture, Position, Stance
from cases.meetings.rights import check_chair
from cases.records.models import Case
from foundation.errors import Invalid, NotFound


def decide(reading: Reading, item_uid: UUID, *, text: str, submission: UUID | None = None) -> Decision:
    """Who leads writes down what was decided on the item that is on; the number counts within the case.

    The same `submission` again returns what it made. Raises NotYourMeeting, NotYourCase, Refused, Invalid.
    Source: domain 5.5.
    """
    item, case = worked_item(reading, item_uid)
    check_chair(reading, item.meeting)
    checked_words(reading, {"decision_text": text.strip()}, names={"decision_text": "text"})
    with transaction.atomic(), write_scope():
        # Others wait here, so that two at once get two numbers.
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        standing = Decision.objects.filter(case=case, source_id=reading.visit.agency.id, submission=submission).first()
        if submission is not None and standing is not None:
            return standing
        last = Decision.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
        made = new_words(
            Decision, reading, case, {"decision_text": text.strip()}, heard=hearers(reading, item),
            submission=submission, item=item, number=last + 1,
        )  # fmt: skip
        save_words(reading, made, event="decision.made", action=Action.CREATE, item=str(item.uid), number=last + 1)
        bell.changed(item.meeting, what=WORK)
        return made


def take_position(
    reading: Reading, item_uid: UUID, *, stance: str, reason: str = "", picture: UUID | None = None,
    decision: UUID | None = None,
) -> Position:  # fmt: skip
    """An agency that is present endorses a joint view or a decision, or dissents and says why. Again replaces it.

    Raises NotYourMeeting, NotYourCase, Refused, NotFound for words of another item or that were not heard,
    Invalid (no reason for dissent, no such stance).
    """
    item, case = worked_item(reading, item_uid)
    about = _about(reading, item, picture=picture, decision=decision)
    values = _reasoned(reading, stance, reason.strip())
    try:
        return _placed(reading, item, case, about, stance, values)
    except IntegrityError:
        # A colleague of the same agency answered at the same moment: this is its next version.
        return _placed(reading, item, case, about, stance, values)


def _placed(
    reading: Reading, item: AgendaItem, case: Case, about: Mapping[str, Any], stance: str, values: dict[str, Any]
) -> Position:
    with transaction.atomic(), write_scope():
        standing = Position.objects.select_for_update().filter(source_id=reading.visit.agency.id, **about).first()
        if standing is None:
            made = new_words(Position, reading, case, values, heard=hearers(reading, item), stance=stance, **about)
        else:
            made = standing
            made.stance, made.given_at = stance, reading.at
            made.heard, made.entered_by_id = " ".join(hearers(reading, item)), reading.visit.professional_id
            for column, value in sealed(reading, values).items():
                setattr(made, column, value)
        action = Action.UPDATE if standing else Action.CREATE
        save_words(reading, made, event="position.taken", action=action, item=str(item.uid), stance=stance)
        bell.changed(item.meeting, what=WORK)
        return made


def _about(
    reading: Reading, item: AgendaItem, *, picture: UUID | None, decision: UUID | None
) -> dict[str, Picture | Decision]:
    """What the position is on: words of this item that the reader's agency was there to hear."""
    found: dict[str, Picture | Decision | None] = {}
    if picture is not None:
        found["picture"] = Picture.objects.filter(item=item, joint=True, withdrawn_at=None, uid=picture).first()
    if decision is not None:
        found["decision"] = Decision.objects.filter(item=item, withdrawn_at=None, uid=decision).first()
    own = reading.visit.agency
    words = {
        name: row
        for name, row in found.items()
        if row is not None and (row.source_id == own.id or not row.heard or own.code in row.heard.split())
    }
    if len(words) != 1:
        raise NotFound(
            _("Dit beeld of besluit staat niet bij dit agendapunt."), remedy=_("Ververs het scherm en kies opnieuw.")
        )
    return words


def _reasoned(reading: Reading, stance: str, reason: str) -> dict[str, Any]:
    if stance not in Stance.values:
        raise Invalid(_("Dit standpunt bestaat niet."), field="stance", remedy=_("Kies uit de lijst."))
    if stance == Stance.DISSENTS and not reason:
        raise Invalid(
            _("Schrijf waarom u afwijkt."), field="reason", remedy=_("Een zin is genoeg; die komt in het verslag.")
        )
    # Who endorses or abstains owes no reason, and none is kept.
    values = {"dissent_reason": reason} if stance == Stance.DISSENTS else {}
    checked_words(reading, values, names={"dissent_reason": "reason"})
    return values
