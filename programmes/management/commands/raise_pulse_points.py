"""Puts what scored low in the last quarter on the agenda of its programme. Run it daily; which scores is in pulse."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from programmes.pulse.commands import raise_points


class Command(BaseCommand):
    """manage.py raise_pulse_points"""

    help = "Zet lage cijfers van de samenwerkingspeiling van het vorige kwartaal op de agenda van het programma."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{raise_points(by=operator('raise_pulse_points'))} punten op de agenda gezet.")
