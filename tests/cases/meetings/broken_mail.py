"""A mail server that is away."""

from typing import NoReturn

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses every message."""

    def send_messages(self, email_messages: object) -> NoReturn:
        raise ConnectionRefusedError
