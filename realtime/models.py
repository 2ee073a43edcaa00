"""The tables of this floor, so that Django finds them."""

from realtime.alarms.models import Alarm, AlarmAnswer, AlarmCall, AlarmStep, ControlRoom
from realtime.channels.models import Channel, ChannelMember, Event, Receipt
from realtime.place.models import Presence, Share, ShareTold, StreetPhoto
from realtime.push.models import PushSubscription
from realtime.report.models import ChannelPaper, TakenOver

__all__ = [
    "Alarm", "AlarmAnswer", "AlarmCall", "AlarmStep", "Channel", "ChannelMember", "ChannelPaper", "ControlRoom",
    "Event", "Presence", "PushSubscription", "Receipt", "Share", "ShareTold", "StreetPhoto", "TakenOver",
]  # fmt: skip
