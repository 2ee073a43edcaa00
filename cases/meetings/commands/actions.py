"""One typed line becomes an action of the plan or a decision, with the keyboard alone."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agency, Professional
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import hearers, worked_item
from cases.meetings.commands.decisions import decide
from cases.meetings.commands.pictures import WORK
from cases.meetings.entry_line import Line, Owner, read_line
from cases.meetings.models import AgendaItem
from cases.meetings.presence import counting
from cases.meetings.rights import check_chair
from cases.plans.commands.actions import add_action
from cases.records.models import Participation
from foundation import clock
from foundation.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What a line became: its kind ("action", "decision") and its uid."""

    kind: str
    uid: UUID


def enter_line(reading: Reading, item_uid: UUID, line: str, *, submission: UUID | None = None) -> Entered:
    """Who leads writes an action or a decision in one line (see entry_line). The same `submission` makes one.

    Raises NotYourMeeting, NotYourCase, Refused; Invalid with every fault of the line, none of it kept.
    """
    item, case = worked_item(reading, item_uid)
    check_chair(reading, item.meeting)
    told = read_line(line, today=clock.today(), owners=owners_at(reading, item))
    if told.faults:
        raise Invalid(
            told.faults[0][1], field="line", errors=told.faults, remedy=_("Uw tekst staat er nog; vul hem aan.")
        )
    if told.is_decision:
        made = decide(reading, item_uid, text=told.text, submission=submission)
        return Entered(kind="decision", uid=made.uid)
    return _action(reading, item, case.number, told, submission)


def _action(reading: Reading, item: AgendaItem, number: str, told: Line, submission: UUID | None) -> Entered:
    owner, due_on = told.owner, told.due_on
    if owner is None or due_on is None:
        raise LookupError("a line without faults names who and when")
    with transaction.atomic(), write_scope():
        made = add_action(
            reading, number, text=told.text, owner_agency=owner.agency, owner=owner.person, due_on=due_on,
            item=item.uid, heard=hearers(reading, item), submission=submission,
        )  # fmt: skip
        bell.changed(item.meeting, what=WORK)
    return Entered(kind="action", uid=made.uid)


def owners_at(reading: Reading, item: AgendaItem) -> tuple[Owner, ...]:
    """Who can be named with @ at this item: the agencies in the case that read it live, and who of them is present."""
    taking = Participation.objects.filter(Q(ends=None) | Q(ends__gt=reading.at), case=item.case, is_open=True)
    live = taking.filter(mode=Participation.Mode.LIVE).values_list("agency_id", flat=True)
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=live)}
    found = [_of(agency) for agency in agencies.values()]
    for present in counting(item):
        agency = agencies.get(present.agency_id)
        if agency is not None:
            refs = {ref.removeprefix("professional:") for ref, _name in present.people if ref}
            found += [_of(agency, person) for person in Professional.objects.filter(uuid__in=refs)]
    return tuple(found)


def _of(agency: Agency, person: Professional | None = None) -> Owner:
    return Owner(
        agency=agency.code, type=agency.type, monogram=agency.monogram, name=agency.name,
        person=person.uuid if person else None, person_name=person.name if person else "",
    )  # fmt: skip
