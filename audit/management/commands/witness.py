"""The witness as a management command. What it does is in audit.witness; `python -m audit.witness` needs no Django."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.proofs.heads import StateBroken
from audit.witness.__main__ import add_arguments, run


class Command(BaseCommand):
    """manage.py witness --state DIR --key FILE [--init --name NAME | --policy FILE --port N]"""

    help = "Cosign checkpoints of a log that only grows (C2SP tlog-witness); --init makes the key."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(run(argparse.Namespace(**options)))
        except (ValueError, StateBroken, OSError) as wrong:
            raise CommandError(f"Niet gestart: {wrong}") from wrong
