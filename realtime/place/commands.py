"""Sets what members say of themselves and where they are. Only its owner starts a share; anybody's end erases it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from foundation import clock
from foundation.boxes import box
from foundation.errors import Invalid
from realtime.channels import bell
from realtime.channels.models import Channel, ChannelMember
from realtime.place.models import Presence, Share, State

CHOICES = (15, 30, 60, 120)
"""Minutes for which a place can be shared."""
APART = timedelta(seconds=10)
"""A phone that moves more often than this is not followed more often."""


def set_state(channel: Channel, member: ChannelMember, state: str) -> None:
    """What a member does now. Raises Invalid for no such state."""
    if state not in State.values:
        raise Invalid(_("Deze stand bestaat niet."), field="state", remedy=_("Kies uit de lijst."))
    Presence.objects.update_or_create(member=member, defaults={"state": state, "heard_at": clock.now()})
    bell.ring(channel.uid)


def heard(members: Sequence[int], *, at: datetime) -> None:
    """Phones of these members (row numbers) are connected now."""
    known = set(Presence.objects.filter(member_id__in=members).values_list("member_id", flat=True))
    fresh = [Presence(member_id=pk, heard_at=at) for pk in set(members) - known]
    Presence.objects.bulk_create(fresh, ignore_conflicts=True)
    Presence.objects.filter(member_id__in=known).update(heard_at=at)


def start(reading: Reading, channel: Channel, member: ChannelMember, *, minutes: int) -> Share:
    """Share one's own place for so many minutes; again begins anew. Recorded, since it is a choice. Raises Invalid."""
    if minutes not in CHOICES:
        raise Invalid(
            _("Kies hoe lang u uw locatie deelt."), field="minutes",
            remedy=_("U kunt kiezen uit %(list)s minuten.") % {"list": ", ".join(str(one) for one in CHOICES)},
        )  # fmt: skip
    until = min(reading.at + timedelta(minutes=minutes), channel.ends_at, reading.at + _longest())
    with transaction.atomic(), write_scope():
        Share.objects.filter(member=member).delete()
        made = Share.objects.create(member=member, started_at=reading.at, until=until)
        _journal(reading, channel, member, "place.shared", Action.EXECUTE, until=until.isoformat())
    bell.ring(channel.uid)
    return made


def move(channel: Channel, member: ChannelMember, *, lat: float, lon: float, accuracy: float) -> bool:
    """Where the owner is now; returns whether it was kept: not without a running share, nor more often than APART.

    Raises Invalid for what is no place on earth.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= accuracy < 1e6):
        raise Invalid(_("Dit is geen plek."), field="lat", remedy=_("Zet de locatie van uw toestel aan."))
    now = clock.now()
    found = Share.objects.filter(member=member, until__gt=now).first()
    if found is None or (found.moved_at is not None and now - found.moved_at < APART):
        return False
    position = {"lat": round(lat, 5), "lon": round(lon, 5), "accuracy": round(accuracy)}
    locked = _box().encrypt(json.dumps(position).encode()).decode()
    kept = Share.objects.filter(pk=found.pk, until__gt=now).update(locked=locked, moved_at=now)
    if kept:
        bell.ring(channel.uid)
    return bool(kept)


def stop(reading: Reading, channel: Channel, member: ChannelMember) -> None:
    """Stop sharing; where one was is erased."""
    with transaction.atomic(), write_scope():
        if Share.objects.filter(member=member).delete()[0]:
            _journal(reading, channel, member, "place.stopped", Action.DELETE)
    bell.ring(channel.uid)


def erase_past(*, at: datetime) -> int:
    """Erase the shares whose time is over, or whose owner or channel is gone; returns how many rows went."""
    past = Share.objects.filter(until__lte=at) | Share.objects.exclude(member__left_at=None)
    past |= Share.objects.exclude(member__channel__closed_at=None) | Share.objects.filter(
        member__channel__ends_at__lte=at
    )
    numbers = list(past.values_list("pk", flat=True))
    return Share.objects.filter(pk__in=numbers).delete()[0] if numbers else 0


def position_of(share: Share) -> dict[str, Any] | None:
    """The last position, for who may know it; None before the first."""
    if not share.locked:
        return None
    found: dict[str, Any] = json.loads(_box().decrypt(share.locked.encode()))
    return found


def _journal(
    reading: Reading, channel: Channel, member: ChannelMember, event: str, action: Action, **detail: str
) -> None:
    about: dict[str, str | int] = {"channel": str(channel.uid), "member": str(member.uid), **detail}
    append([reading.entry(event=event, action=action, case_ref=channel.case.ref, detail=about)])


def _longest() -> timedelta:
    return timedelta(hours=settings.PLACE_MAX_HOURS)


@lru_cache(maxsize=1)
def _box() -> Any:
    return box("street-place")
