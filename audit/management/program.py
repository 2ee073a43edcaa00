"""A management command around one of our programs that also run without Django."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.proofs.program import NOT_STARTED


class ProgramCommand(BaseCommand):
    """Runs `program`, a module with add_arguments(parser) and run(options) -> sentence."""

    program: Any
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        self.program.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.program.run(argparse.Namespace(**options)))
        except NOT_STARTED as wrong:
            raise CommandError(f"Niet gestart: {wrong}") from wrong
