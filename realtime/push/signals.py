"""Hears of events as they are stored, and of who signs out. Not here: what is done with them."""

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save

from realtime.channels.models import Event
from realtime.push.commands import on_sign_out
from realtime.push.tasks import on_event


def connect() -> None:
    """Called once, from AppConfig.ready."""
    post_save.connect(on_event, sender=Event, dispatch_uid="realtime.push")
    user_logged_out.connect(on_sign_out, dispatch_uid="realtime.push")
