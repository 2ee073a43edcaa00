"""Erasing what a controller decided to erase on its sheet: put before a second person, approved, stopped (art. 17 AVG).

Rows go in cases.retention, with a certificate, as in every destruction.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.scope import write_scope
from cases.attachments.models import Attachment
from cases.disclosure.reading import Reading
from cases.records.models import Contribution
from cases.records.models.words import rooms_of_words
from cases.retention.commands import approve_items, propose_items, stop_items
from cases.retention.commands.on_request import RUNNING, erasures_of
from cases.retention.models import Destruction, DestructionState
from cases.subject_requests.choices import Decision, Outcome
from cases.subject_requests.commands.steps import open_sheet
from cases.subject_requests.models import DecisionSheet
from cases.subject_requests.own import OwnPlace, confirmed, own_places
from cases.subject_requests.rights import sheet_for
from foundation.errors import Invalid


def propose_erasure(reading: Reading, uid: UUID) -> tuple[Destruction, ...]:
    """Put before a second person of the agency what this sheet says to erase and is not before somebody yet.

    What the agency withdrew about the person, or what is past its date, goes along: nobody sees it, and it is there.
    Raises NotHandling, NotYourRequest, Held, Invalid when there is nothing to erase.
    """
    found = sheet_for(reading, uid)
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        left = [(one, uids) for one, uids in to_erase(reading, sheet) if uids]
        if not left:
            raise Invalid(
                _("Er is niets nieuws om te wissen."), field="items", remedy=_("Kies bij een bijdrage eerst «Wissen».")
            )
        return tuple(
            propose_items(
                reading, one.case, subject=one.about.subject.uid, items=uids | _leftovers(one, sheet), sheet=sheet.uid,
                due_on=sheet.request.due_on,
            )
            for one, uids in left
        )  # fmt: skip


def approve_erasure(reading: Reading, sheet: UUID) -> None:
    """The second pair of eyes. Raises as retention.approve_items."""
    approve_items(reading, sheet)


def stop_erasure(reading: Reading, uid: UUID) -> None:
    """Who handles the request takes the proposal back. Raises NotHandling, NotYourRequest, NotFound, Invalid."""
    stop_items(reading, sheet_for(reading, uid).uid)


def to_erase(reading: Reading, sheet: DecisionSheet) -> list[tuple[OwnPlace, frozenset[UUID]]]:
    """Per person what the sheet says to erase, is still there, and was put before nobody."""
    before = {item for one in erasures_of(sheet.uid) if one.state in RUNNING for item in one.items}
    wanted = frozenset(sheet.items.filter(decision=Decision.ERASE).values_list("contribution", flat=True))
    places = own_places(sheet, agency_ref=reading.visit.agency_ref, at=reading.at)
    return [
        (one, frozenset(uid for uid in one.uids if uid in wanted and str(uid) not in before))
        for one in confirmed(places)
    ]


def check_not_before(sheet: DecisionSheet, *, field: str) -> None:
    """Raises Invalid while something of this sheet waits for a second person or for the worker."""
    if any(one.state in RUNNING for one in erasures_of(sheet.uid)):
        raise Invalid(
            _("Het wissen ligt al voor aan een ander."), field=field, remedy=_("Stop het voorstel eerst."),
        )  # fmt: skip


def check_erased(reading: Reading, sheet: DecisionSheet, outcome: str) -> None:
    """Raises Invalid when the answer does not fit what was decided, or a second person has not approved the erasure."""
    decisions = set(sheet.items.values_list("decision", flat=True))
    erases = Decision.ERASE in decisions
    wrong = {Outcome.REFUSED, Outcome.NOTHING} if erases else {Outcome.GRANTED, Outcome.PARTLY} if decisions else set()
    if outcome in wrong:
        raise Invalid(
            _("Dit antwoord past niet bij wat u per bijdrage besliste."), field="outcome",
            remedy=_("Kies een antwoord dat daarbij hoort, of wijzig uw beslissingen."),
        )  # fmt: skip
    waits = any(one.state == DestructionState.PROPOSED for one in erasures_of(sheet.uid))
    if waits or any(uids for _one, uids in to_erase(reading, sheet)):
        raise Invalid(
            _("Een ander heeft het wissen nog niet goedgekeurd."), field="items", article="AVG art. 17(1)",
            remedy=_("Leg het wissen voor, en rond af als het is goedgekeurd."),
        )  # fmt: skip


def _leftovers(one: OwnPlace, sheet: DecisionSheet) -> frozenset[UUID]:
    """What is there of this source about the person, and on no sheet: withdrawn, or past its date."""
    tables: Iterable[type] = (Contribution, *(model for model in rooms_of_words() if model is not Attachment))
    shown = set(one.uids)
    found: set[UUID] = set()
    for model in tables:
        rows = model._default_manager.filter(case=one.case, about=one.about, source_id=sheet.agency_id)  # type: ignore[attr-defined]
        found |= set(rows.values_list("uid", flat=True))
    withdrawn = Attachment.objects.filter(about=one.about, source_id=sheet.agency_id).exclude(withdrawn_at=None)
    return frozenset((found - shown) | set(withdrawn.values_list("uid", flat=True)))
