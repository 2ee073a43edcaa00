"""Mails the leadership of parties about pledges that are due or late. Run it daily; what and whom is in pacts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from programmes.pacts.reminders import send_due


class Command(BaseCommand):
    """manage.py send_pledge_reminders"""

    help = "Mailt partijen bij een pact, elk één keer, over toezeggingen die bijna of te laat zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_due(by=operator("send_pledge_reminders"))
        self.stdout.write(f"{sent.n_sent} herinneringen verstuurd.")
        if sent.failed:
            raise CommandError("Niet verstuurd; de volgende keer opnieuw:\n" + "\n".join(sent.failed))
