"""How far a member's phone got and how far they read. No entry of the journal: what they were told has one already."""

from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from foundation import clock
from realtime.channels.models import ChannelMember, Event, Receipt


def got(member: ChannelMember, *, seq: int) -> None:
    """The phone stored everything up to this number."""
    Receipt.objects.filter(member=member, stored__lt=seq).update(stored=seq)


def saw(member: ChannelMember, *, event: UUID) -> int:
    """The owner read everything up to this event; returns its number, 0 when there is no such event."""
    found = Event.objects.filter(channel_id=member.channel_id, uid=event).values_list("seq", flat=True).first()
    if found is None:
        return 0
    Receipt.objects.filter(member=member, seen__lt=found).update(
        seen=found, seen_at=clock.now(), stored=Greatest(F("stored"), found)
    )
    return int(found)
