"""Takes areas, indicators and numbers in from files."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from foundation.errors import Invalid
from programmes.areas.commands import load_areas, load_indicators, load_numbers

TOOL = "load_areas"


class Command(BaseCommand):
    """manage.py load_areas [--areas FILE --source TEXT --dated DAY] [--indicators FILE] [--numbers FILE]"""

    help = "Leest wijken (GeoJSON), indicatoren (YAML) en cijfers (CSV) in. Zie docs/wijken.md voor de vorm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--areas", type=Path)
        parser.add_argument("--source", default="")
        parser.add_argument("--dated", type=date.fromisoformat, default=None)
        parser.add_argument("--indicators", type=Path)
        parser.add_argument("--numbers", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        by = operator(TOOL)
        try:
            if options["areas"]:
                if not options["source"] or not options["dated"]:
                    raise CommandError("Noem bij --areas ook --source (de bron) en --dated (2025-01-01).")
                text = options["areas"].read_text(encoding="utf-8")
                n = load_areas(text, source=options["source"], dated=options["dated"], by=by)
                self.stdout.write(f"{n} wijken ingelezen.")
            if options["indicators"]:
                n = load_indicators(options["indicators"].read_text(encoding="utf-8"), by=by)
                self.stdout.write(f"{n} indicatoren ingelezen.")
            if options["numbers"]:
                kept, hidden = load_numbers(options["numbers"].read_text(encoding="utf-8"), by=by)
                self.stdout.write(f"{kept} cijfers bewaard; {hidden} gaan over te weinig mensen en zijn niet bewaard.")
        except Invalid as invalid:
            lines = "\n".join(f"  {place}: {why}" for place, why in invalid.errors)
            raise CommandError(f"{invalid.sentence}\n{lines}\n{invalid.remedy}") from invalid
