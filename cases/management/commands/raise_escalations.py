"""Raises escalations whose day passed without a decision. Run once a day. Deciding what is late is in cases.inbox."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from cases.inbox.commands import raise_unanswered


class Command(BaseCommand):
    """manage.py raise_escalations"""

    help = "Raise escalations that the own leadership did not answer in time one level. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        n = raise_unanswered(by=operator("raise_escalations"))
        self.stdout.write(f"Niet op tijd beantwoord: {n} opschalingen.")
