"""Mails what of plans is due or late. Run it daily; what is due and who is told is in cases.plans."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from cases.plans.reminders import send_due


class Command(BaseCommand):
    """manage.py send_plan_reminders"""

    help = "Mail owners, once, which actions are due soon, and their leadership which are late."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_due(by=operator("send_plan_reminders"))
        self.stdout.write(f"{sent.n_sent} herinneringen verstuurd.")
        if sent.failed:
            raise CommandError("Niet verstuurd; de volgende keer opnieuw:\n" + "\n".join(sent.failed))
