"""The board of the demo: eleven booked seizures, four offers, a playground that was paid with them, and a garden."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from PIL import Image, ImageDraw

from agreements.models import Membership
from agreements.parties.reader import Visit, visit_of
from programmes.areas.models import Area
from programmes.giveback import commands
from programmes.giveback.models import GiveBack, InterventionState, Seizure

BOARD = Path(__file__).resolve().parent / "demo" / "giveback" / "bord.yaml"


@transaction.atomic
def load_demo_giveback() -> None:
    """Put everything on the board, unless something stands on it."""
    if GiveBack.objects.exists() or Seizure.objects.exists():
        return
    found = yaml.safe_load(BOARD.read_text(encoding="utf-8"))
    area = Area.objects.get(code="bu99990004").code
    police, city = _speaker("hilde"), _speaker("anouk")
    booked = [_seizure(police, area, n, found) for n in range(len(found["seizures"]))]
    for item in found["interventions"]:
        _offer(city, area, item)
    for item in found["projects"]:
        _project(police, city, area, item, [one for one in booked if one.proceeds is not None])


def _seizure(police: Visit, area: str, n: int, found: dict[str, Any]) -> Seizure:
    item, streets = found["seizures"][n], found["streets"]
    made = commands.report_seizure(
        police, commands.Reported(
            area=area, street=streets[n % len(streets)], kind=item["kind"], band=item["band"],
            case_reference=f"OM-MD-2026/{101 + n}", is_closed=True,
        ),
    )  # fmt: skip
    for step in range(item.get("steps", 3)):
        made = commands.move_seizure(police, made.uid, proceeds=item["proceeds"] if step == 2 else None)
    return made


def _offer(city: Visit, area: str, item: dict[str, Any]) -> None:
    plan = {name: item[name] for name in ("kind", "title", "about", "group_size", "places", "cost")}
    made = commands.plan_intervention(city, commands.Offered(area=area, **plan))
    told = {"taken": item["taken"], "attendance": item.get("attendance", ""), "reason": item.get("reason", "")}
    commands.move_intervention(city, made.uid, **(told | {"state": InterventionState.RUNNING, "reason": ""}))
    if item["state"] != InterventionState.RUNNING:
        commands.move_intervention(city, made.uid, state=item["state"], **told)


def _project(police: Visit, city: Visit, area: str, item: dict[str, Any], booked: list[Seizure]) -> None:
    plan = {name: item[name] for name in ("title", "about", "place", "amount")}
    uid = commands.propose(city, area=area, **plan).uid
    commands.record_vote(city, uid, voters=item["voters"], in_favour=item["in_favour"])
    if "pay" not in item:
        return
    commands.fund(police, uid, seizures=[one.uid for one in booked[: item["pay"]]])
    commands.show(
        city, uid, before=("ervoor.jpg", _picture(bare=True)), before_words=item["before"],
        after=("erna.jpg", _picture(bare=False)), after_words=item["after"],
    )  # fmt: skip
    commands.finish(city, uid)


def _picture(*, bare: bool) -> bytes:
    """A drawn square: with containers, or with a climbing frame, benches and lamps."""
    image = Image.new("RGB", (600, 400), "#cfe0ea")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 250, 600, 400), fill="#a9a79f" if bare else "#7fa968")
    for n in range(4):
        x = 20 + 150 * n
        draw.rectangle((x, 90 + 20 * (n % 2), x + 120, 250), fill="#b98f76")
    if bare:
        for x, colour in ((90, "#5d6b73"), (250, "#6f5a52"), (410, "#5d6b73")):
            draw.rectangle((x, 230, x + 110, 320), fill=colour)
    else:
        draw.polygon(((180, 340), (260, 190), (340, 340)), outline="#a2342a", width=10)
        draw.line((210, 280, 310, 280), fill="#a2342a", width=8)
        for x in (60, 430):
            draw.rectangle((x, 310, x + 110, 322), fill="#6b4a2f")
        for x in (130, 400, 560):
            draw.line((x, 160, x, 320), fill="#3b4348", width=6)
            draw.ellipse((x - 14, 140, x + 14, 168), fill="#f4d35e")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _speaker(key: str) -> Visit:
    """A persona as one who speaks for the agency."""
    row = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    return replace(visit_of(row, strength="demo", trace_id="0" * 32), roles=frozenset({"signatory"}))
