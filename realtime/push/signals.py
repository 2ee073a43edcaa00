"""Hears of events as they are stored, and of who signs out. Not here: what is done with them."""

from django.contrib.auth.signals import user_logged_out

from realtime.channels.followers import follow
from realtime.push.commands import on_sign_out
from realtime.push.tasks import asks, takes


def connect() -> None:
    """Called once, from AppConfig.ready."""
    follow("push", asks, takes)
    user_logged_out.connect(on_sign_out, dispatch_uid="realtime.push")
