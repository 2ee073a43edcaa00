"""Tells the officers of break-glass that was not reviewed in time. Run once an hour. What is late: audit.oversight."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from cases.breakglass.commands import tell_overdue


class Command(BaseCommand):
    """manage.py escalate_break_glass"""

    help = "Tell the privacy officers of reviews of break-glass that are past their deadline. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        n = tell_overdue(by=operator("escalate_break_glass"))
        self.stdout.write(f"Niet op tijd beoordeeld: {n} keer noodtoegang.")
