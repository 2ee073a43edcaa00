"""Markers in all that minutes hold: a meeting that ended, with words that all heard and words that few did."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.meetings.models import AgendaItem, Attendance, Decision, Meeting, ParkedPoint, Picture, Position
from cases.minutes.models import Addendum, Minutes
from cases.plans.models import Action
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

TITLE = "zqminutes"
SAT = {
    "MW-1": ("ZVH-MD", "GEM-MD", "POL-MD", "OND-BAKEN", "JB-MD"),
    "MW-2": ("ZVH-MD", "GEM-MD", "POL-MD"),
    "MW-3": ("ZVH-MD", "POL-MD", "JW-HAVEN"),
}
PEOPLE = {
    "ZVH-MD": "nadia", "GEM-MD": "sanne", "POL-MD": "ruben", "OND-BAKEN": "peter", "JB-MD": "marloes",
    "JW-HAVEN": "farid",
}  # fmt: skip


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """One item per case of SAT. Its writer is the first agency; the dissent and the addendum are of the second."""
    at = clock.now() - timedelta(days=1)
    meeting = Meeting.objects.create(
        title=TITLE, lead=agencies["ZVH-MD"], chair=world.people["nadia"], starts_at=at, started_at=at,
        ended_at=at + timedelta(hours=1), state="ended",
    )  # fmt: skip
    first = len(world.markers)
    for position, (number, sat) in enumerate(SAT.items(), 1):
        item = AgendaItem.objects.create(
            meeting=meeting, position=position, case=world.cases[number], state="done"
        )  # fmt: skip
        for code in sat:
            Attendance.objects.create(
                item=item, agency=agencies[code], professional=world.people[PEOPLE[code]], arrived_at=at
            )
        _say(world, counter, agencies, item, sat, number=900 + position)
    Minutes.objects.create(meeting=meeting, made_at=at, approve_before=at + timedelta(days=7))
    # Other rooms plant words in meetings too: these are the ones of these minutes.
    world.of_minutes = frozenset(world.markers[first:])


def _say(
    world: Any, counter: Any, agencies: dict[str, Any], item: AgendaItem, sat: tuple[str, ...], *, number: int
) -> None:
    first, second, few = sat[0], sat[1], sat[:2]

    def sow(model: Any, source: str, code: str, heard: tuple[str, ...], **columns: Any) -> Any:
        from tests.invariants.world import Marker

        value, texts = counter.value("long")
        made = model.objects.create(
            case=item.case, source=agencies[source], under=item.case.covenants, heard=" ".join(heard),
            values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
            given_at=clock.now() - timedelta(days=1), entered_by=world.people["nadia"], **columns,
        )  # fmt: skip
        marker = Marker(
            case=item.case.number, person=None, source=source, code=code, value=value, texts=texts, heard=heard
        )
        world.markers.append(marker)
        return made

    due = {"owner_agency": agencies[second], "due_on": clock.today() + timedelta(days=7), "item": item.uid}
    for n, heard in enumerate((sat, few)):
        decision = sow(Decision, first, "decision_text", heard, item=item, number=number + 10 * n)
        sow(Position, second, "dissent_reason", heard, decision=decision, stance="dissents")
        sow(Action, first, "action_text", heard, number=number + 10 * n, **due)
        sow(ParkedPoint, first, "parked_point", heard, item=item)
        sow(Addendum, second, "case_note", heard, item=item)
    view = sow(Picture, first, "joint_view", sat, item=item, domain="housing", joint=True)
    Position.objects.create(
        case=item.case, source=agencies[sat[2]], under=item.case.covenants, heard=" ".join(sat), picture=view,
        values=SealedFacts.seal({}), present="0", given_at=clock.now(), stance="agrees",
    )  # fmt: skip
