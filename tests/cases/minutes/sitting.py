"""A meeting that sat and ended, made row by row: what was said in it, who heard it, and its minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from agreements.models import Agency, Professional
from agreements.policy.catalogue import load_catalogue
from cases.disclosure.reading import Reading
from cases.meetings.models import AgendaItem, Attendance, Decision, Invitation, Meeting, ParkedPoint, Picture, Position
from cases.minutes.commands import make_minutes
from cases.minutes.models import Minutes
from cases.models import Case, CaseSubject
from cases.plans.models import Action
from cases.records.models import SealedWords
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import changing, reading
from tests.invariants.world import World

HOME = {
    "nadia": "ZVH-MD", "ruben": "POL-MD", "margot": "OM-MD", "sanne": "GEM-MD", "marloes": "JB-MD",
    "peter": "OND-BAKEN", "wouter": "RCL-MD", "ilse": "GGZ-MD", "joost": "WON-WATERWEG",
}  # fmt: skip
_numbers = count(1)


class Sitting:
    """Build it up inside `changing()`; `end` makes the minutes."""

    def __init__(self, world: World, title: str = "Overleg Zuid", at: datetime | None = None) -> None:
        self.world = world
        self.at = at or clock.now() - timedelta(hours=3)
        self.meeting = Meeting.objects.create(
            title=title, lead=agency("ZVH-MD"), chair=world.people["nadia"], starts_at=self.at, started_at=self.at,
            state="running",
        )  # fmt: skip
        self.n_items = 0

    def item(self, case: Case | None, *present: str, title: str = "") -> AgendaItem:
        """One item at which these personas sat."""
        self.n_items += 1
        made = AgendaItem.objects.create(
            meeting=self.meeting, position=self.n_items, case=case, title=title, state="done"
        )
        for key in present:
            self.sits(made, key)
        return made

    def sits(self, item: AgendaItem, key: str) -> None:
        Attendance.objects.create(
            item=item, agency=agency(HOME[key]), professional=self.world.people[key], arrived_at=self.at
        )

    def guest(self, item: AgendaItem, code: str, name: str) -> None:
        Attendance.objects.create(item=item, agency=agency(code), guest=name, arrived_at=self.at)

    def invite(self, *keys: str) -> None:
        for key in keys:
            Invitation.objects.create(
                meeting=self.meeting, agency=agency(HOME[key]), professional=self.world.people[key]
            )

    def end(self, by: Reading | None = None) -> Minutes:
        """The meeting ends as its room ends it: minutes are made in the same transaction."""
        self.meeting.state, self.meeting.ended_at = "ended", clock.now()
        self.meeting.save()
        make_minutes(by or reading(self.world, "nadia", event="meeting.ended"), self.meeting)
        return Minutes.objects.get(meeting=self.meeting)


def agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


def words(
    model: type[SealedWords], at_item: AgendaItem, source: str, /, *, heard: Iterable[str] = (), under: str = "",
    given: datetime | None = None, about: CaseSubject | None = None, values: dict[str, Any] | None = None,
    **columns: Any,
) -> Any:  # fmt: skip
    """Words of an agency at an item, as commands of meetings and plans would store them."""
    assert at_item.case
    return model.objects.create(
        case=at_item.case, about=about, source=agency(source), under=under or at_item.case.covenants,
        values=SealedFacts.seal(values or {}), present=to_hex(load_catalogue().mask(values or {})),
        heard=" ".join(heard), given_at=given or clock.now(), **columns,
    )  # fmt: skip


def decide(item: AgendaItem, text: str, *, source: str = "ZVH-MD", number: int = 0, **more: Any) -> Decision:
    values = {"decision_text": text}
    return words(Decision, item, source, values=values, item=item, number=number or next(_numbers), **more)


def view(item: AgendaItem, domain: str, text: str, *, score: int | None = None, **more: Any) -> Picture:
    values: dict[str, Any] = {"joint_view": text}
    if score is not None:
        values["effect_score"] = {domain: score}
    return words(Picture, item, "ZVH-MD", values=values, item=item, domain=domain, joint=True, **more)


def stand(on: Decision | Picture, source: str, stance: str, reason: str = "", **more: Any) -> Position:
    target = {"decision": on} if isinstance(on, Decision) else {"picture": on}
    values = {"dissent_reason": reason} if reason else {}
    return words(Position, on.item, source, values=values, stance=stance, **target, **more)


def act(item: AgendaItem, text: str, owner: str, *, person: Professional | None = None, **more: Any) -> Action:
    due = more.pop("due_on", clock.today() + timedelta(days=7))
    return words(
        Action, item, more.pop("source", "ZVH-MD"), values={"action_text": text}, item=item.uid,
        number=next(_numbers), owner_agency=agency(owner), owner=person, due_on=due, **more,
    )  # fmt: skip


def park(item: AgendaItem, text: str, **more: Any) -> ParkedPoint:
    return words(ParkedPoint, item, "ZVH-MD", values={"parked_point": text}, item=item, **more)


__all__ = ["Sitting", "act", "agency", "changing", "decide", "park", "stand", "view", "words"]
