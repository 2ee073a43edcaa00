"""The signal patterns of the demo: two years of numbers per neighbourhood, protected as real ones are. Idempotent."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from agreements.covenants.rules import operator
from agreements.models import Agency
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.disclosure.reading import Reading
from foundation import clock
from programmes.patterns.closing import close
from programmes.patterns.commands import set_aside
from programmes.patterns.events import DECIDED
from programmes.patterns.models import SignalCluster, SignalQuarter
from programmes.patterns.rules import newest_due

FILE = Path(__file__).resolve().parent / "demo" / "programmes" / "signalen.yaml"


@transaction.atomic
def load_demo_patterns() -> None:
    """Take in the closed quarters, unless one stands, and lay one cluster aside."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    if SignalQuarter.objects.filter(covenant=found["covenant"]).exists():
        return
    sources = dict(Agency.objects.values_list("code", "pk"))
    quarters = [newest_due(clock.today(), wait=settings.PATTERN_WAIT_DAYS)]
    while len(quarters) < found["quarters"]:
        quarters.insert(0, quarters[0].before)
    for place, quarter in enumerate(quarters):
        counts = {
            (area, kind): {sources[agency]: numbers[place] for agency, numbers in by_agency.items()}
            for area, kinds in found["areas"].items()
            for kind, by_agency in kinds.items()
        }
        close(found["covenant"], quarter, counts, source=found["source"], by=operator("load_demo"))
    _lay_aside(found["aside"])


def _lay_aside(item: dict[str, Any]) -> None:
    visit = visit_of(membership_for(persona=item["by"]), strength="demo", trace_id="0" * 32)
    reading = Reading.begin(visit, route="load_demo", event=DECIDED)
    for cluster in SignalCluster.objects.filter(cell__area__code=item["area"], cell__kind=item["kind"]):
        set_aside(reading, cluster.uid, reason=item["reason"])
