"""Prosecution in the programme of the demo, as its parties would have told it. Idempotent."""

from datetime import date, timedelta
from typing import Any

import yaml
from django.db import transaction

from deploy.demo_programmes import FOLDER, speaker
from foundation import clock
from programmes.justice import commands
from programmes.justice.models import Throughput
from programmes.justice.reading_file import COLUMNS
from programmes.justice.rules import half_before


@transaction.atomic
def load_demo_justice() -> None:
    """Take in priorities, norms, times and follow-ups, unless they stand."""
    found = yaml.safe_load((FOLDER / "justitie.yaml").read_text(encoding="utf-8"))
    code = found["programme"]
    if Throughput.objects.filter(programme__code=code).exists():
        return
    prosecution = speaker("OM-MD")
    for one in found["priorities"]:
        commands.set_priority(
            prosecution, code, offences=one["offences"], reason=one["reason"], starts_on=_day(one["starts_on"]),
            until_on=_day(one["until_on"]),
        )  # fmt: skip
    for one in found["norms"]:
        commands.agree_norm(prosecution, code, **{**one, "agreed_on": _day(one["agreed_on"])})
    commands.import_throughput(prosecution, code, file=_csv(found))
    for one in found["follow_ups"]:
        made = commands.agree_follow_up(
            prosecution, code, starts_on=_day(one["starts_on"]), until_on=_day(one["until_on"]),
            **{key: one[key] for key in ("agency", "title", "text", "norm")},
        )  # fmt: skip
        who, measured = speaker(one["agency"]), one["measured"]
        for n, (people, kept) in enumerate(measured):
            year, half = half_before(clock.today(), len(measured) - n)
            commands.measure_follow_up(
                who, made.uid, year=year, half=half, people=people, kept=kept, source=made.agency.name
            )  # fmt: skip


def _csv(found: dict[str, Any]) -> str:
    lines = [",".join(COLUMNS)]
    for offences, cells in found["throughput"].items():
        for n, cell in enumerate(cells):
            year, half = half_before(clock.today(), len(cells) - n)
            numbers = ",".join(str(one) for one in cell)
            lines.append(f"{year}-{half},{offences},{numbers},{found['source']},{clock.today().isoformat()}")
    return "\n".join(lines)


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)
