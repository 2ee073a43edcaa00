"""Mails agencies what is due in their covenants. Run it daily; what is due and who is told is in agreements.joining."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from agreements.joining.reminders import send_due


class Command(BaseCommand):
    """manage.py send_reminders"""

    help = "Mail each agency, once, what is due in its covenants: ends, reviews, signatures and answers that wait."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_due(by=operator("send_reminders"))
        self.stdout.write(f"{sent.n_sent} herinneringen verstuurd.")
        if sent.failed:
            raise CommandError("Niet verstuurd; de volgende keer opnieuw:\n" + "\n".join(sent.failed))
