"""What a channel's sockets tell of presence and place, as state: the extras `presence` and `places`.

Where somebody is falls under the field `street_place` of their agency: to whom the covenant does not give it, there is
no share. The first time somebody is told of a share is in the journal, before it leaves.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from cases.disclosure.knowing import known_rows
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from realtime.channels.models import Channel
from realtime.channels.reasons import of_member
from realtime.channels.rights import standing_members
from realtime.live.door import Pass, View
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
    views: dict[View, list[Pass]] = {}
    for one in passes:
        views.setdefault(one.hearer.view, []).append(one)
    told = {view: _of_view(channel, shares, group) for view, group in views.items()}
    _journal(channel, [(passed, share) for view, group in views.items() for passed in group for share in told[view]])
    return {view: {"type": "places", "places": [_place(one) for one in found]} for view, found in told.items()}


def _of_view(channel: Channel, shares: Sequence[Share], group: Sequence[Pass]) -> list[Share]:
    """The shares of which the readers of one view may know the place."""
    if not shares:
        return []
    reading = group[0].reading("place.told")
    opening = Opening(case=channel.case, purpose=group[0].hearer.purpose, rows=())
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


def _journal(channel: Channel, pairs: Sequence[tuple[Pass, Share]]) -> None:
    """One entry per share and reader, the first time; a share that was told before costs one look-up."""
    others = [(passed, share) for passed, share in pairs if share.member_id != passed.member.pk]
    if not others:
        return
    known = set(ShareTold.objects.filter(share__in={share.pk for _p, share in others}).values_list("share", "member"))
    fresh = {(share.pk, passed.member.pk): (passed, share) for passed, share in others}
    fresh = {key: value for key, value in fresh.items() if key not in known}
    if not fresh:
        return
    with transaction.atomic():
        ShareTold.objects.bulk_create(
            [ShareTold(share_id=share, member_id=member) for share, member in fresh], ignore_conflicts=True
        )
        append(list(_entries(channel, fresh.values())))


def _entries(channel: Channel, pairs: Iterable[tuple[Pass, Share]]) -> Iterable[Any]:
    mask = 1 << load_catalogue().by_code[FIELD].bit
    for passed, share in pairs:
        reading: Reading = passed.reading("place.told")
        yield reading.entry(
            case_ref=channel.case.ref, purpose=passed.hearer.purpose, fields=mask,
            because=of_member(passed.hearer.member_uid),
            detail={"channel": str(channel.uid), "share": str(share.uid), "member": str(share.member.uid)},
        )  # fmt: skip
