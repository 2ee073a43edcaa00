"""The tables of this floor, so that Django finds them."""

from realtime.channels.models import Channel, ChannelMember, Event, Receipt
from realtime.place.models import Presence, Share, ShareTold, StreetPhoto

__all__ = ["Channel", "ChannelMember", "Event", "Presence", "Receipt", "Share", "ShareTold", "StreetPhoto"]
