"""The programme of the demo, as the people of the leading party and its partners would have made it. Idempotent."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from agreements.models import Agency, Membership
from agreements.parties.reader import Visit, visit_of
from programmes.plans import commands
from programmes.plans.models import Goal, Programme, ProgrammeState

FOLDER = Path(__file__).resolve().parent / "demo" / "programmes"


@transaction.atomic
def load_demo_programmes() -> None:
    """Take in the programme with its goals and projects, unless it stands."""
    found = yaml.safe_load((FOLDER / "havenkwartier.yaml").read_text(encoding="utf-8"))
    if Programme.objects.filter(code=found["code"]).exists():
        return
    lead, code = speaker("GEM-MD"), found["code"]
    commands.start_programme(
        lead, **{key: found[key] for key in (
            "code", "title", "summary", "mandate", "lead_why", "starts_year", "until_year", "areas", "lead_since",
        )},
    )  # fmt: skip
    plans = {commands.add_plan(lead, code, **plan).pk for plan in found["plans"]}
    pillars = {}
    for pillar in found["pillars"]:
        made = commands.add_pillar(lead, code, kind=pillar["kind"])
        pillars[pillar["kind"]] = made.pk
        for goal in pillar["goals"]:
            _goal(lead, code, made.pk, found["areas"][0], min(plans), goal)
    for state in (ProgrammeState.ADOPTED, ProgrammeState.RUNNING):
        commands.move_programme(lead, code, to=state)
    for report in found["reports"]:
        commands.report_pillar(
            lead, code, pillar=pillars[report["pillar"]], year=report["year"], text=report["text"]
        )  # fmt: skip


def _goal(lead: Visit, code: str, pillar: int, area: str, plan: int, found: dict[str, Any]) -> Goal:
    goal = commands.add_goal(
        lead, code, pillar=pillar, area=area, title=found["title"], indicator=found["indicator"],
        baseline_year=found["baseline_year"], target=Decimal(found["target"]), target_year=found["target_year"],
        milestones={year: Decimal(value) for year, value in found["milestones"].items()},
    )  # fmt: skip
    commands.decide_goal(lead, goal.uid)
    for item in found["projects"]:
        project = commands.add_project(
            lead, goal.uid, plan=plan,
            **{key: item[key] for key in ("title", "about", "side", "owner", "starts_on", "until_on")},
        )  # fmt: skip
        if item["state"] != "planned":
            commands.start_project(lead, project.uid)
        if item["state"] == "ended":
            commands.end_project(
                lead, project.uid, **{key: item[key] for key in ("outcome", "result", "learned", "ended_on")}
            )
    return goal


def speaker(agency: str) -> Visit:
    """Somebody of this agency as one who speaks for it: its signatory or team leader, or else whoever works there."""
    rows = Membership.objects.in_force().filter(agency=Agency.objects.get(code=agency), professional__demo_key__gt="")
    found = list(rows.select_related("professional", "agency").order_by("pk"))
    chosen = next((row for row in found if {"signatory", "team_lead"} & set(row.roles)), found[0])
    return replace(visit_of(chosen, strength="demo", trace_id="0" * 32), roles=frozenset({"signatory"}))
