"""The areas of the demo: a fictional city of fifteen neighbourhoods with ten years of numbers."""

from datetime import date
from pathlib import Path

from agreements.covenants.rules import operator
from programmes.areas.commands import load_areas, load_indicators, load_numbers
from programmes.areas.models import Area

FOLDER = Path(__file__).resolve().parent / "demo" / "areas"


def load_demo_areas() -> None:
    """Take in the areas, unless they stand."""
    if Area.objects.filter(city="Maasdelta").exists():
        return
    by = operator("load_demo")
    text = (FOLDER / "wijken.geojson").read_text(encoding="utf-8")
    load_areas(text, source="Gemeente Maasdelta (fictief)", dated=date(2025, 1, 1), by=by)
    load_indicators((FOLDER / "indicatoren.yaml").read_text(encoding="utf-8"), by=by)
    load_numbers((FOLDER / "cijfers.csv").read_text(encoding="utf-8"), by=by)
