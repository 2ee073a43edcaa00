"""Meetings that are on, with markers in all that is said there: by each source, heard by all or by few."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from agreements.policy.catalogue import load_catalogue
from cases.meetings.models import AgendaItem, Attendance, Decision, Invitation, Meeting, ParkedPoint, Picture, Position
from cases.plans.models import Action
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

RUNNING = {
    "MW-1": UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2d01"),
    "MW-2": UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2d02"),
    "MW-3": UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2d03"),
}
SITS = {
    "MW-1": ("GEM-MD", "POL-MD", "OND-BAKEN"),
    "MW-2": ("GEM-MD", "POL-MD"),
    "MW-3": ("POL-MD", "JW-HAVEN"),
}
PEOPLE = {"GEM-MD": "sanne", "POL-MD": "ruben", "OND-BAKEN": "peter", "JW-HAVEN": "farid"}
ITEM = UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2e02")
"""The item of MW-2, for addresses of what is done at an item."""


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """One running meeting per case of SITS, led by the bureau; everybody is invited but the other school."""
    at = clock.now() - timedelta(minutes=20)
    for number, uid in RUNNING.items():
        meeting = Meeting.objects.create(
            uid=uid, title="zqroom", lead=agencies["ZVH-MD"], chair=world.people["nadia"], starts_at=at,
            started_at=at, state="running",
        )  # fmt: skip
        extra = {"uid": ITEM} if number == "MW-2" else {}
        item = AgendaItem.objects.create(
            meeting=meeting, position=1, case=world.cases[number], state="running", running_since=at, **extra
        )
        Meeting.objects.filter(pk=meeting.pk).update(current=item)
        for code, agency in sorted(agencies.items()):
            if code not in ("OND-KADE", "ZVH-MD"):
                Invitation.objects.create(meeting=meeting, agency=agency)
        for code in SITS[number]:
            Attendance.objects.create(
                item=item, agency=agencies[code], professional=world.people[PEOPLE[code]], arrived_at=at
            )
        _say(_Sower(world, counter, agencies, item), number)


def _say(sower: Any, number: str) -> None:
    all_of, few = ("ZVH-MD", *SITS[number]), ("ZVH-MD", SITS[number][0])
    for place, (domain, heard) in enumerate((("work", all_of), ("housing", few), ("network", ()))):
        joint = sower.words(Picture, "joint_view", "ZVH-MD", heard, domain=domain, joint=True)
        sower.words(Position, "dissent_reason", SITS[number][1], heard, picture=joint, stance="dissents")
        decision = sower.words(Decision, "decision_text", "ZVH-MD", heard, number=970 + place)
        sower.words(Position, "dissent_reason", SITS[number][0], heard, decision=decision, stance="dissents")
        sower.words(ParkedPoint, "parked_point", SITS[number][0], heard)
        owner = sower.agencies[SITS[number][0]]
        sower.words(
            Action, "action_text", "ZVH-MD", heard, item=sower.item.uid, number=970 + place, owner_agency=owner,
            due_on=clock.today(),
        )  # fmt: skip
    for source in SITS[number]:
        sower.words(Picture, "agency_view", source, (), domain="work", joint=False)
        sower.words(Picture, "agency_view", source, few, domain="housing", joint=False)


class _Sower:
    def __init__(self, world: Any, counter: Any, agencies: dict[str, Any], item: AgendaItem) -> None:
        self.world, self.counter, self.agencies, self.item = world, counter, agencies, item

    def words(self, model: Any, code: str, source: str, heard: tuple[str, ...], **columns: Any) -> Any:
        from tests.invariants.world import Marker

        value, texts = self.counter.value("long")
        if model in (Picture, Decision, ParkedPoint):
            columns["item"] = self.item
        case = self.item.case
        made = model.objects.create(
            case=case, source=self.agencies[source], under=case.covenants, heard=" ".join(heard),
            values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
            given_at=clock.now() - timedelta(minutes=5), entered_by=self.world.people["nadia"], **columns,
        )  # fmt: skip
        self.world.markers.append(
            Marker(case=case.number, person=None, source=source, code=code, value=value, texts=texts, heard=heard)
        )
        return made
