"""Markers in channels: one in MW-1 and one in MW-3, every sayable field by every source that can be one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from agreements.models import Membership
from agreements.policy.catalogue import Field, load_catalogue
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from realtime.alarms.models import Alarm, AlarmCall, State
from realtime.channels.commands.saying import SAYABLE
from realtime.channels.models import Channel, ChannelMember, Event, Kind, Receipt

CHANNELS = {
    "MW-1": UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2c01"),
    "MW-3": UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2c03"),
}
TEAM = {
    "MW-1": ("nadia", "ruben", "esra", "margot", "sanne", "maarten", "marloes", "peter", "farid", "anouk"),
    "MW-3": ("nadia", "ruben", "esra", "sanne", "maarten", "joost", "farid", "anouk"),
}
IN_CHANNEL = UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2c99")
"""The first message of MW-3, for addresses of what is done with a message."""


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """Led by anouk. Each source says two things in one breath: a message of many classes, and all other kinds."""
    for number, uid in CHANNELS.items():
        hats = {key: _hat(world, key) for key in TEAM[number]}
        at = clock.now() - timedelta(hours=2)
        case = world.cases[number]
        channel = Channel.objects.create(
            uid=uid, case=case, scope="area" if case.kind == "area" else "case", title="zqchannel",
            under=case.covenants.split()[0], lead=agencies["GEM-MD"], leader=hats["anouk"], opened_at=at,
            ends_at=at + timedelta(days=2),
        )  # fmt: skip
        members = {key: _member(channel, hat, at) for key, hat in hats.items()}
        _Sower(world, counter, channel, members).say(sorted(agencies.values(), key=lambda agency: agency.code))
        _call(world, channel, number)


def _call(world: Any, channel: Channel, number: str) -> None:
    """Everybody who takes part and is no member was called for every alarm: also those who may not know of it."""
    hats = [_hat(world, key) for key in world.people if key not in TEAM[number]]
    called = [hat for hat in hats if hat is not None and world.involved(number, hat.agency)]
    AlarmCall.objects.bulk_create(
        [AlarmCall(alarm=alarm, membership=hat, step=2, at=alarm.raised_at)
         for alarm in Alarm.objects.filter(channel=channel) for hat in called]
    )  # fmt: skip


def _hat(world: Any, key: str) -> Membership:
    return Membership.objects.filter(professional=world.people[key]).select_related("agency").order_by("pk").first()


def _member(channel: Channel, hat: Membership, at: Any) -> ChannelMember:
    member = ChannelMember.objects.create(
        channel=channel, membership=hat, professional=hat.professional, agency=hat.agency, joined_at=at
    )
    Receipt.objects.create(member=member)
    return member


class _Sower:
    def __init__(self, world: Any, counter: Any, channel: Channel, members: dict[str, ChannelMember]) -> None:
        self.world, self.counter, self.channel = world, counter, channel
        self.authors = {member.agency.code: member for member in members.values()}

    def say(self, agencies: list[Any]) -> None:
        in_words = SAYABLE[Kind.MESSAGE]
        others = frozenset().union(*SAYABLE.values()) - in_words
        for agency in agencies:
            if not self.world.involved(self.channel.case.number, agency):
                continue
            first = self._event(agency, in_words, Kind.MESSAGE)
            self._event(agency, others, Kind.TASK, target=first)
            # To one agency alone.
            self._event(agency, {"street_question"}, Kind.QUESTION, heard=("POL-MD", agency.code))
            if agency.code in self.authors:
                self._event(agency, {"street_alarm"}, Kind.ALARM)
        Channel.objects.filter(pk=self.channel.pk).update(head=self.channel.head)
        # Over already: nobody is called because of them.
        over = clock.now() - timedelta(minutes=30)
        Alarm.objects.filter(channel=self.channel).update(state=State.STOOD_DOWN, ended_at=over, next_at=None)

    def _event(self, agency: Any, codes: Any, kind: str, *, heard: tuple[str, ...] = (), **columns: Any) -> Any:
        fields = [item for item in load_catalogue().fields if item.code in codes and agency.type in item.sources]
        values = {item.code: self._marker(item, agency, heard) for item in fields}
        if not values:
            return None
        self.channel.head += 1
        uid = {"uid": IN_CHANNEL} if self.channel.uid == CHANNELS["MW-3"] and self.channel.head == 1 else {}
        return Event.objects.create(
            channel=self.channel, seq=self.channel.head, kind=kind, case=self.channel.case, source=agency,
            author=self.authors.get(agency.code), under=self.channel.case.covenants, values=SealedFacts.seal(values),
            present=to_hex(load_catalogue().mask(values)), layout=" ".join(values), heard=" ".join(heard),
            given_at=clock.now() - timedelta(hours=1), **uid, **columns,
        )  # fmt: skip

    def _marker(self, item: Field, agency: Any, heard: tuple[str, ...]) -> Any:
        from tests.invariants.world import Marker

        value, texts = self.counter.value(item.type)
        self.world.markers.append(
            Marker(
                case=self.channel.case.number, person=None, source=agency.code, code=item.code, value=value,
                texts=texts, heard=heard, in_room=True, in_street=True,
            )
        )  # fmt: skip
        return value
