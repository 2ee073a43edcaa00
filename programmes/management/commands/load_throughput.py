"""Takes throughput times of a programme in from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from foundation.errors import Problem
from programmes.justice.commands import load_throughput


class Command(BaseCommand):
    """manage.py load_throughput PROGRAMME FILE"""

    help = "Leest doorlooptijden van aangifte tot uitspraak (CSV) in. Zie docs/vervolging.md voor de vorm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{options['file']} is niet te lezen als tekst (UTF-8): {fault}") from fault
        try:
            found = load_throughput(text, code=options["programme"], by=operator("load_throughput"))
        except Problem as problem:
            raise CommandError(f"{problem.sentence}\n{problem.remedy}") from problem
        self.stdout.write(
            f"{found.kept} cellen bewaard; {found.hidden} gaan over te weinig zaken en zijn niet bewaard."
        )
