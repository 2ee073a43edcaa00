"""The tables of this floor, so that Django finds them."""

from realtime.channels.models import Channel, ChannelMember, Event, Receipt

__all__ = ["Channel", "ChannelMember", "Event", "Receipt"]
