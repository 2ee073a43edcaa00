"""A mail server that is away."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Every mail fails."""

    def send_messages(self, email_messages: Any) -> int:
        raise OSError("away")
