"""What an agency itself sees in a life domain, before the meeting sees it together (domain 5.4)."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words, sealed
from cases.casework.rules import check_role
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import case_at, hearers, worked_item
from cases.meetings.domains import life_domains
from cases.meetings.models import AgendaItem, ItemState, Picture
from cases.meetings.rights import item_for
from cases.plans.rules import ZRM
from cases.records.models import Case
from foundation.errors import Invalid

WORK = "work"
"""What rang: words of the item changed."""


def save_view(reading: Reading, item_uid: UUID, domain: str, *, text: str, score: int | None = None) -> Picture:
    """The reader's agency says what it sees in one life domain, or says it anew; a view that is made empty is gone.

    Before the item comes up this is preparation, open to the case's participants as the covenant says; at the item
    it is for who is present, and only who is present says it.
    Raises NotYourMeeting, NotYourCase, Refused, Invalid naming the field.
    """
    item = item_for(reading, item_uid)
    heard: tuple[str, ...] = ()
    if item.state == ItemState.WAITING:
        case = case_at(reading, item)
    else:
        item, case = worked_item(reading, item_uid)
        heard = hearers(reading, item)
    check_role(reading.visit.roles)
    check_domain(reading, domain)
    values = _values(text, domain, score)
    if values["agency_view"]:
        checked_words(reading, values, names={"agency_view": "text", "effect_score": "score"})
    try:
        return _save(reading, item, case, domain, values, heard)
    except IntegrityError:
        # A colleague wrote the first view of this domain at the same moment: this one is its next version.
        return _save(reading, item, case, domain, values, heard)


def _save(
    reading: Reading, item: AgendaItem, case: Case, domain: str, values: dict[str, Any], heard: tuple[str, ...]
) -> Picture:
    with transaction.atomic(), write_scope():
        standing = (
            Picture.objects.select_for_update()
            .filter(item=item, domain=domain, joint=False, source_id=reading.visit.agency.id, withdrawn_at=None)
            .first()
        )
        if standing is None:
            made, action = (
                new_words(Picture, reading, case, values, heard=heard, item=item, domain=domain),
                Action.CREATE,
            )
        else:
            made, action = standing, Action.UPDATE
            for column, value in sealed(reading, values).items():
                setattr(made, column, value)
            made.heard = " ".join(both(standing.heard, heard, own=reading.visit.agency.code))
            made.given_at, made.entered_by_id = reading.at, reading.visit.professional_id
        if not values["agency_view"]:
            # What was said stays in its last version; from now on nobody reads it.
            made.withdrawn_at, action = reading.at, Action.DELETE
        if made.pk or values["agency_view"]:
            save_words(reading, made, event="picture.saved", action=action, item=str(item.uid), domain=domain)
            bell.changed(item.meeting, what=WORK)
        return made


def both(earlier: str, now: tuple[str, ...], *, own: str) -> tuple[str, ...]:
    """Who hears words that were changed: who heard them before and hears them now. "" and () are no limit.

    own: the writer's agency, so that what comes out is never empty where there was a limit.
    """
    if not now or not earlier:
        return now or tuple(earlier.split())
    return tuple(sorted({own} | (set(now) & set(earlier.split()))))


def check_domain(reading: Reading, domain: str) -> None:
    """Raises Invalid for what is no life domain."""
    if domain not in life_domains(reading.policy.catalogue):
        raise Invalid(_("Dit leefgebied bestaat niet."), field="domain", remedy=_("Kies uit de lijst."))


def _values(text: str, domain: str, score: int | None) -> dict[str, Any]:
    values: dict[str, Any] = {"agency_view": text.strip()}
    if score is not None:
        if score not in ZRM:
            raise Invalid(_("Een score loopt van 1 tot 5."), field="score", remedy=_("Kies een score, of geen."))
        values["effect_score"] = {domain: score}
    return values
