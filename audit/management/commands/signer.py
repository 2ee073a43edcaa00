"""The signer of the log as a management command. What it does is in audit.signer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.proofs.heads import StateBroken
from audit.signer.__main__ import add_arguments, run


class Command(BaseCommand):
    """manage.py signer --directory DIR [--init --origin NAME | --socket PATH]"""

    help = "Sign checkpoints of the log in a process that alone holds the key; --init makes that key."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(run(argparse.Namespace(**options)))
        except (ValueError, StateBroken, OSError) as wrong:
            raise CommandError(f"Niet gestart: {wrong}") from wrong
