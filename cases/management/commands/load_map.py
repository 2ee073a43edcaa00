"""Reads a reference map from the command line. Checking and writing are in cases.relations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from cases.relations.map_loading import load_map
from foundation.errors import Invalid


class Command(BaseCommand):
    """manage.py load_map --area <file.geojson>"""

    help = "Read outlines and address points (GeoJSON, WGS84, docs/mensen-en-plaats.md); replaces the map of that name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, type=Path, metavar="FILE", help="a GeoJSON FeatureCollection")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["area"]
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{path} kan niet worden gelezen: {fault}. Geef een GeoJSON-bestand in UTF-8.") from None
        try:
            loaded = load_map(text, by=operator("load_map"))
        except Invalid as invalid:
            lines = "\n".join(f"  {place}: {fault}" for place, fault in invalid.errors)
            raise CommandError("\n".join(filter(None, [invalid.sentence, lines, invalid.remedy]))) from invalid
        self.stdout.write(f"Kaart “{loaded.dataset}”: {loaded.shapes} vlakken en {loaded.addresses} adressen.")
