"""Hears of events as they are stored. Not here: what is done with them."""

from django.db.models.signals import post_save

from realtime.alarms.commands import on_event
from realtime.channels.models import Event


def connect() -> None:
    """Called once, from AppConfig.ready."""
    post_save.connect(on_event, sender=Event, dispatch_uid="realtime.alarms")
