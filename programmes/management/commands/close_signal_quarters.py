"""Counts the signals of each quarter that may be counted. Run it daily; how it counts is in patterns/closing.py."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from programmes.patterns.closing import close_quarters
from programmes.pulse.rules import Quarter


class Command(BaseCommand):
    """manage.py close_signal_quarters [--since 2026-1]"""

    help = "Telt de signalen per wijk en soort van elk kwartaal dat geteld mag worden, en stelt clusters voor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", default="", help="eerste kwartaal bij de eerste telling, zoals 2026-1")

    def handle(self, *args: Any, since: str, **options: Any) -> None:
        found = re.fullmatch(r"(\d{4})-([1-4])", since)
        if since and not found:
            raise CommandError("--since is een kwartaal zoals 2026-1.")
        first = Quarter(int(found[1]), int(found[2])) if found else None
        self.stdout.write(f"{close_quarters(by=operator('close_signal_quarters'), since=first)} kwartalen geteld.")
