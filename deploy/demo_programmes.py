"""The programme of the demo, as the people of the leading party and its partners would have made it. Idempotent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from agreements.covenants.commands import load_covenant
from agreements.covenants.rules import operator
from agreements.models import Agency, Membership
from agreements.parties.reader import Visit, visit_of
from foundation import clock
from programmes.areas.models import Area
from programmes.learning import commands as learning
from programmes.learning.models import Lesson
from programmes.pacts import commands as pacts
from programmes.pacts.commands.pledges import Pledged
from programmes.plans import commands
from programmes.plans.models import Goal, Programme, ProgrammeState
from programmes.pulse import commands as pulse
from programmes.pulse.models import Criterion, PulseCount
from programmes.pulse.rules import quarter_of
from programmes.urgency import commands as urgency
from programmes.urgency.models import Tranche

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
    _pact(lead, code, found)
    for report in found["reports"]:
        commands.report_pillar(
            lead, code, pillar=pillars[report["pillar"]], year=report["year"], text=report["text"]
        )  # fmt: skip


@transaction.atomic
def load_demo_urgency() -> None:
    """Take in a tranche that was decided and one that is open, unless they stand."""
    if Tranche.objects.exists():
        return
    found = yaml.safe_load((FOLDER / "urgentie.yaml").read_text(encoding="utf-8"))
    board, applicant, assessor = (speaker(found[who]) for who in ("board", "applicant", "assessor"))
    today = clock.today()
    half = 1 if today.month <= 6 else 2
    given = {key: found[key] for key in ("criteria", "criteria_version", "assessor")}
    code = urgency.open_tranche(board, year=today.year, half=half, closes_on=today, **given).code
    made = {}
    for item in found["cases"]:
        name = Area.objects.get(code=item["area"]).name
        texts = {key: found[key].format(area=name) for key in ("argument", "signals", "voice")}
        case = urgency.submit(
            applicant, code, area=item["area"], indicators=found["indicators"], partners=item["partners"], **texts
        )
        for partner in item["partners"]:
            urgency.support(speaker(partner), case.uid, text=found["support"].format(area=name))
        made[case.uid] = item | {"name": name}
    urgency.close_tranche(board, code)
    for uid, item in made.items():
        opinion = found["opinion"].format(area=item["name"], score=item["score"])
        urgency.score(assessor, uid, mark=item["score"], opinion=opinion)
    urgency.decide(
        board, code, chosen=frozenset(uid for uid, item in made.items() if item["chosen"]),
        reasons={uid: item["reason"] for uid, item in made.items()}, motivation=found["motivation"],
    )  # fmt: skip
    following = (today.year, 2) if half == 1 else (today.year + 1, 1)
    urgency.open_tranche(board, year=following[0], half=following[1], closes_on=_day(120), **given)


@transaction.atomic
def load_demo_pulse() -> None:
    """Take in the pulses of the last quarters, unless they stand, and what they put on the agenda."""
    found = yaml.safe_load((FOLDER / "peiling.yaml").read_text(encoding="utf-8"))
    programme = Programme.objects.get(code=found["programme"])
    if PulseCount.objects.filter(programme=programme).exists():
        return
    period, by = quarter_of(clock.today()), operator("load_demo")
    for quarter in found["quarters"]:
        period = period.before
        for agency, rows in quarter["answers"].items():
            pulse.count_paper(
                programme, Agency.objects.get(code=agency), period, by=by, texts=quarter["texts"].pop(agency, []),
                answers=[dict(zip(Criterion.values, map(int, str(row)), strict=True)) for row in rows],
            )  # fmt: skip
    pulse.raise_points(by=by)


@transaction.atomic
def load_demo_lessons() -> None:
    """Take in cards of what worked and what did not, unless they stand."""
    if Lesson.objects.exists():
        return
    for item in yaml.safe_load((FOLDER / "lessen.yaml").read_text(encoding="utf-8")):
        author, reviewer = speaker(item.pop("agency")), speaker(item.pop("reviewer"))
        uid = learning.write_lesson(author, **item).uid
        learning.review_lesson(reviewer, uid)
        learning.publish_lesson(author, uid)


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


def _pact(lead: Visit, code: str, found: dict[str, Any]) -> None:
    """The pact, signed on paper and loaded as covenants are; what was pledged, reported, settled and released."""
    text = (FOLDER / "pact-haven.v1.yaml").read_text(encoding="utf-8")
    signed = yaml.safe_load((FOLDER / "pact-haven.v1.signatures.yaml").read_text(encoding="utf-8"))
    covenant = load_covenant(text, signed, by=operator("load_demo")).code
    pacts.link_pact(lead, code, covenant=covenant, evaluation_on=_day(found["evaluation_in"]))
    goals = dict(Goal.objects.filter(pillar__programme__code=code).values_list("title", "uid"))
    for item in found["pledges"]:
        who = speaker(item["agency"])
        plain = {key: item[key] for key in ("agency", "article", "kind", "promise", "unit", "measure", "owner")}
        pledge = pacts.make_pledge(
            who, code, Pledged(
                **plain, quantity=Decimal(item["quantity"]), starts_on=_day(item["starts_on"]),
                due_on=_day(item["due_on"]), goal=goals.get(item.get("goal", "")),
            ),
        )  # fmt: skip
        for step in item.get("progress", ()):
            pacts.report_progress(
                who, pledge.uid, delivered=Decimal(step["delivered"]), text=step["text"], on=_day(step["day"])
            )  # fmt: skip
        if done := item.get("settle"):
            pacts.settle(
                who, pledge.uid, state=done["state"], delivered=Decimal(done["delivered"]), reason=done["reason"],
                on=_day(done["day"]),
            )  # fmt: skip
    pacts.release(lead, code, text=found["release"])


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def speaker(agency: str) -> Visit:
    """Somebody of this agency as one who speaks for it: its signatory or team leader, or else whoever works there."""
    rows = Membership.objects.in_force().filter(agency=Agency.objects.get(code=agency), professional__demo_key__gt="")
    found = list(rows.select_related("professional", "agency").order_by("pk"))
    chosen = next((row for row in found if {"signatory", "team_lead"} & set(row.roles)), found[0])
    return replace(visit_of(chosen, strength="demo", trace_id="0" * 32), roles=frozenset({"signatory"}))
