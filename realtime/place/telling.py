"""What a channel's sockets tell of presence and place, as state: the extras `presence` and `places`.

Where somebody is falls under the field `street_place` of their agency: to whom the covenant does not give it, there is
no share. The first time somebody is told of a share is in the journal, before it leaves.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from agreements.policy.catalogue import load_catalogue
from audit.journal.apart import keep
from audit.journal.appender import append
from cases.disclosure.knowing import known_rows
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from realtime.channels.models import Channel, ChannelMember
from realtime.channels.rights import standing_members
from realtime.channels.telling import Hearer
from realtime.live.door import ROUTE, Pass, View
from realtime.live.extras import Extra, Handler, enter_extra
from realtime.place import commands
from realtime.place.models import Presence, Share, ShareTold

FIELD = "street_place"
REACHABLE = timedelta(seconds=30)
"""A phone that was not heard for so long is not reachable."""


class PresenceIn(BaseModel):
    """What I do now: out, listening or away."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["presence"]
    state: str = Field(max_length=9)


class ShareIn(BaseModel):
    """Share my place for so many minutes; 0 stops."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["share"]
    minutes: int = Field(ge=0, le=600)


class MoveIn(BaseModel):
    """Where I am: degrees (WGS 84), accuracy in metres."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["move"]
    lat: float
    lon: float
    accuracy: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ear:
    """Somebody who is told of places, by a socket or on a page."""

    hearer: Hearer
    member: ChannelMember | None
    route: str

    def reading(self) -> Reading:
        return Reading.begin(self.hearer.visit, route=self.route, event="place.told")


def enter() -> None:
    """Add both states to the sockets; called once, from AppConfig.ready."""
    said: Mapping[str, tuple[type[BaseModel], Handler]] = {"presence": (PresenceIn, _set_state)}
    enter_extra(Extra(name="presence", token=_presence_token, frames=_presence, beat=_beat, takes=said))
    moved: Mapping[str, tuple[type[BaseModel], Handler]] = {
        "share": (ShareIn, _share),
        "move": (MoveIn, _move),
    }
    enter_extra(Extra(name="places", token=_places_token, frames=_places, takes=moved))


def _set_state(passed: Pass, frame: PresenceIn) -> None:
    commands.set_state(passed.channel, passed.member, frame.state)


def _share(passed: Pass, frame: ShareIn) -> dict[str, Any]:
    reading = passed.reading("place.shared")
    if frame.minutes == 0:
        commands.stop(reading, passed.channel, passed.member)
        return {"type": "sharing", "until": None}
    made = commands.start(reading, passed.channel, passed.member, minutes=frame.minutes)
    return {"type": "sharing", "until": made.until.isoformat()}


def _move(passed: Pass, frame: MoveIn) -> None:
    commands.move(passed.channel, passed.member, lat=frame.lat, lon=frame.lon, accuracy=frame.accuracy)


def _beat(channel: Channel, passes: Sequence[Pass]) -> None:
    commands.heard([one.member.pk for one in passes], at=clock.now())
    commands.erase_past(at=clock.now())


def _rows(channel: Channel, at: datetime) -> list[tuple[str, str, bool]]:
    """(member, state, reachable) of everybody in the channel."""
    known = {one.member_id: one for one in Presence.objects.filter(member__channel=channel)}
    found = []
    for member in standing_members(channel, at=at):
        one = known.get(member.pk)
        reachable = one is not None and one.heard_at is not None and at - one.heard_at <= REACHABLE
        found.append((str(member.uid), one.state if one else "", reachable))
    return found


def presence_rows(channel: Channel, *, at: datetime) -> dict[str, tuple[str, bool]]:
    """Uid of each member → what they say they do, and whether a phone of theirs was heard lately."""
    return {uid: (state, is_reachable) for uid, state, is_reachable in _rows(channel, at)}


def _presence_token(channel: Channel, at: datetime) -> str:
    return hashlib.sha256(repr(_rows(channel, at)).encode()).hexdigest()


def _presence(channel: Channel, passes: Sequence[Pass]) -> Mapping[View, dict[str, Any]]:
    rows = _rows(channel, clock.now())
    members = [{"member": uid, "state": state, "reachable": reachable} for uid, state, reachable in rows]
    frame = {"type": "presence", "members": members}
    return {one.hearer.view: frame for one in passes}


def _running(channel: Channel, at: datetime) -> list[Share]:
    found = Share.objects.filter(member__channel=channel, member__left_at=None, until__gt=at)
    return list(found.select_related("member__agency", "member__professional").order_by("pk"))


def _places_token(channel: Channel, at: datetime) -> str:
    return repr([(one.pk, one.moved_at) for one in _running(channel, at)])


def _places(channel: Channel, passes: Sequence[Pass]) -> Mapping[View, dict[str, Any]]:
    now = clock.now()
    shares = _running(channel, now)
    views: dict[View, list[_Ear]] = {}
    for one in passes:
        views.setdefault(one.hearer.view, []).append(_Ear(hearer=one.hearer, member=one.member, route=ROUTE))
    told = {view: _of_view(channel, shares, group[0]) for view, group in views.items()}
    _journal(channel, [(ear, share) for view, group in views.items() for ear in group for share in told[view]])
    return {view: {"type": "places", "places": [_place(one) for one in found]} for view, found in told.items()}


def places_for(
    hearer: Hearer, member: ChannelMember, channel: Channel, *, route: str
) -> list[tuple[Share, dict[str, Any]]]:
    """The places that one member may know now, for a page; journalled as those on a socket are."""
    ear = _Ear(hearer=hearer, member=member, route=route)
    found = _of_view(channel, _running(channel, clock.now()), ear)
    _journal(channel, [(ear, share) for share in found])
    return [(share, position) for share in found if (position := commands.position_of(share))]


def share_of(hearer: Hearer, sharer: ChannelMember, channel: Channel, *, route: str) -> Share | None:
    """What one member shares now, if this reader, a member or not, may know the place. Opens and journals nothing."""
    shares = [one for one in _running(channel, clock.now()) if one.member_id == sharer.pk]
    return next(iter(_of_view(channel, shares, _Ear(hearer=hearer, member=None, route=route))), None)


def place_in(share: Share, hearer: Hearer, channel: Channel, *, route: str) -> dict[str, Any] | None:
    """The place in a share that `share_of` gave this reader, journalled each time; None while it has none yet."""
    position = commands.position_of(share)
    if position is not None:
        ear = _Ear(hearer=hearer, member=None, route=route)
        keep(list(_entries(channel, [(ear, share)])))
    return position


def _of_view(channel: Channel, shares: Sequence[Share], ear: _Ear) -> list[Share]:
    """The shares of which the readers of one view may know the place."""
    if not shares:
        return []
    reading = ear.reading()
    opening = Opening(case=channel.case, purpose=ear.hearer.purpose, rows=())
    known = known_rows(reading, opening, [_row(channel, one) for one in shares], announced=False)
    return [one for one in shares if one.uid in known]


def _row(channel: Channel, share: Share) -> Row:
    agency = share.member.agency
    bit = load_catalogue().by_code[FIELD].bit
    return Row(
        id=0, uid=share.uid, case_id=channel.case_id, about_id=None, role=None, position=None, subject_uid=None,
        born_on=None, source_id=agency.pk, source_code=agency.code, source_type=agency.type, source_name=agency.name,
        under=channel.under, present=to_hex(1 << bit), values=SealedFacts.seal({}), kind="", reliability=None,
        observed_on=share.started_at.date(), given_at=share.started_at, valid_until=None,
    )  # fmt: skip


def _place(share: Share) -> dict[str, Any]:
    moved = share.moved_at.isoformat() if share.moved_at else None
    return {
        "member": str(share.member.uid), "until": share.until.isoformat(), "at": moved,
        "position": commands.position_of(share),
    }  # fmt: skip


def _journal(channel: Channel, pairs: Sequence[tuple[_Ear, Share]]) -> None:
    """One entry per share and reader, the first time; a share that was told before costs one look-up."""
    others = [(ear, ear.member, share) for ear, share in pairs if ear.member and share.member_id != ear.member.pk]
    if not others:
        return
    shares = {share.pk for _ear, _member, share in others}
    known = set(ShareTold.objects.filter(share__in=shares).values_list("share", "member"))
    fresh = {(share.pk, member.pk): (ear, share) for ear, member, share in others}
    fresh = {key: value for key, value in fresh.items() if key not in known}
    if not fresh:
        return
    with transaction.atomic():
        ShareTold.objects.bulk_create(
            [ShareTold(share_id=share, member_id=member) for share, member in fresh], ignore_conflicts=True
        )
        append(list(_entries(channel, fresh.values())))


def _entries(channel: Channel, pairs: Iterable[tuple[_Ear, Share]]) -> Iterable[Any]:
    mask = 1 << load_catalogue().by_code[FIELD].bit
    for ear, share in pairs:
        reading = ear.reading()
        yield reading.entry(
            case_ref=channel.case.ref, purpose=ear.hearer.purpose, fields=mask,
            because=ear.hearer.reason,
            detail={"channel": str(channel.uid), "share": str(share.uid), "member": str(share.member.uid)},
        )  # fmt: skip
