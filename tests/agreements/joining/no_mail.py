"""A mail server that is not there."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Refuses every mail, as a socket does."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError
