"""Change agents, social supervisors and experiments in the programme of the demo. Idempotent."""

from datetime import timedelta
from typing import Any

import yaml
from django.db import transaction

from agreements.models import Membership
from deploy.demo_programmes import FOLDER, speaker
from foundation import clock
from programmes.agents import commands
from programmes.agents.commands.experiments import Ended, Tried
from programmes.agents.models import ChangeAgent

_PERSON = ("name", "contact", "languages", "network", "training", "pay")
_TRIED = ("niche", "hypothesis", "measure", "pillar", "area_kind")


@transaction.atomic
def load_demo_agents() -> None:
    """Take them in, unless they stand."""
    found = yaml.safe_load((FOLDER / "sleutelfiguren.yaml").read_text(encoding="utf-8"))
    code, area, lead = found["programme"], found["area"], speaker("GEM-MD")
    if ChangeAgent.objects.filter(programme__code=code).exists():
        return
    known = {}
    for one in found["agents"]:
        made = commands.note_agent(
            lead, code, commands.Noted(**{key: one[key] for key in _PERSON}), area=area,
            officer=_at_work(one["officer"]), consent_on=_ago(one["consent"]), consent_form=one["form"],
        )  # fmt: skip
        for state in one["states"]:
            commands.move_agent(lead, made.uid, to=state)
        known[one["name"]] = made.uid
    for one in found["supervisors"]:
        commands.name_supervisor(lead, code, area=area, membership=_at_work(one["who"]), task=one["task"])
    for one in found["experiments"]:
        given = Tried(
            area=area, agent=known[one["agent"]], starts_on=_ago(one["begins"]),
            until_on=_ago(one["begins"] - one["lasts"]), **{key: one[key] for key in _TRIED},
        )  # fmt: skip
        tried = commands.start_experiment(lead, code, given)
        if "ended" in one:
            commands.end_experiment(lead, tried.uid, Ended(**one["ended"]))
        if one.get("lesson"):
            commands.make_lesson(lead, tried.uid)


def _ago(days: int) -> Any:
    return clock.today() - timedelta(days=days)


def _at_work(key: str) -> int:
    return Membership.objects.in_force().get(professional__demo_key=key).pk
