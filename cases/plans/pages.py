"""Makes the values that the templates of plans take, from answers alone. No table, no decision here."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import Row, fact_row, monogram
from cases.casework.pages import case_title, person_label, relative_day
from cases.disclosure.answer import Answer, Fact
from cases.plans.audience import Seen
from cases.plans.lines import ActionLine
from cases.plans.mine import MyCase
from cases.plans.models import ActionState, GoalState, Moment, Outcome, ReviewKind, Step
from cases.plans.plots import plots_of, table_of
from cases.plans.queries import GoalLine, Plan, ReviewLine
from cases.plans.words import ACTION_LOOKS, GOAL_LOOKS, part_labels
from foundation import clock

FEW = 2
"""Up to so many participants are named as those who do not see something."""
NEAR = 14
"""Up to so many days ahead a day is also told in words."""


def word_row(fact: Fact, catalogue: Catalogue, *, number: str) -> Row:
    """Words with their source chip. They have no page of versions and are corrected where they were made."""
    row = fact_row(fact, catalogue, number=number)
    return replace(row, history_url="", observed_on=None)


def action_row(line: ActionLine, catalogue: Catalogue, *, back: str = "plan") -> dict[str, Any]:
    """An action for its table: what, who, by when, how far, who reads it, and where it is settled."""
    tone, icon = ACTION_LOOKS[ActionState(line.state)]
    label = str(ActionState(line.state).label)
    if line.overdue:
        tone, icon, label = "danger", "clock", _("Over datum")
    days = (line.due_on - clock.today()).days
    return {
        "uid": line.uid,
        "row": word_row(line.fact, catalogue, number=line.number) if line.fact else None,
        "owner": monogram(line.owner),
        "person": line.person,
        "mine": line.mine,
        "due_on": line.due_on,
        "due_words": relative_day(line.due_on) if line.state == ActionState.OPEN and days <= NEAR else "",
        "overdue": line.overdue,
        "today": line.state == ActionState.OPEN and days == 0,
        "open": line.state == ActionState.OPEN,
        "label": label,
        "tone": tone,
        "icon": icon,
        "power": line.power,
        "results": [
            {"label": ActionState(said.state).label, "row": word_row(said.fact, catalogue, number=line.number)}
            for said in line.results
        ],
        "seen": seen_words(line.seen) if line.seen else None,
        "settle_url": reverse("action_settle", args=[line.uid]) if line.may_settle else "",
        # A copy for a third party, for as long as this task runs.
        "extract_url": f"{reverse('extract_propose', args=[line.number])}?actie={line.uid}"
        if line.may_settle and line.state == ActionState.OPEN
        else "",
        "back": back,
    }


def seen_words(seen: Seen) -> dict[str, Any]:
    """ "alle deelnemers", or "niet voor" the few who do not, or "alleen" the few who do."""
    if not seen.off:
        return {"text": _("alle deelnemers"), "limited": False, "agencies": []}
    few = seen.off if len(seen.off) <= max(FEW, len(seen.by)) else seen.by
    text = _("niet voor") if few is seen.off else _("alleen")
    return {"text": text, "limited": True, "agencies": [monogram(source) for source in few]}


def goal_row(goal: GoalLine, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """A goal with its actions."""
    tone, icon = GOAL_LOOKS[GoalState(goal.state)]
    late = goal.state == GoalState.OPEN and goal.target_on is not None and goal.target_on < clock.today()
    return {
        "uid": goal.uid,
        "row": word_row(goal.fact, catalogue, number=number),
        "domain": part_labels(catalogue).get(goal.domain, goal.domain),
        "state": goal.state,
        "label": GoalState(goal.state).label,
        "tone": tone,
        "icon": icon,
        "target_on": goal.target_on,
        "late": late,
        "url": reverse("plan_goal", args=[goal.uid]),
        "actions": [action_row(line, catalogue) for line in goal.actions],
    }


def review_row(review: ReviewLine, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """A review to come or held."""
    held = review.held_at.astimezone(clock.AMSTERDAM).date() if review.held_at else None
    return {
        "label": ReviewKind(review.kind).label,
        "on": review.on,
        "held_on": held,
        "due_words": "" if held or (review.on - clock.today()).days > NEAR else relative_day(review.on),
        "overdue": held is None and review.on < clock.today(),
        "outcome": Outcome(review.outcome).label if review.outcome else "",
        "notes": [word_row(fact, catalogue, number=number) for fact in review.notes],
        "url": "" if held else reverse("plan_review", args=[number, review.uid]),
    }


def effects(plan: Plan, head: Answer, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Per person the pictures of the effects, a table of the same, and how it went in words."""
    labels = {
        person.subject: person_label(person, place)
        for place, person in enumerate((p for p in head.disclosures if p.role == "subject"), 1)
    }
    found = []
    for place, subject in enumerate(dict.fromkeys(row.subject for row in plan.measured), 1):
        rows = [row for row in plan.measured if row.subject == subject]
        plots = plots_of(rows, catalogue)
        label = "" if subject is None else labels.get(subject) or _("Betrokkene %(n)d") % {"n": place}
        changed = [plot for plot in plots if plot.change]
        order = list(dict.fromkeys(row.fact.source for row in rows))
        found.append(
            {
                "label": label,
                "plots": plots,
                "table": table_of(plots),
                "better": sum(plot.tone == "ok" for plot in changed),
                "worse": sum(plot.tone == "danger" for plot in changed),
                "same": sum(plot.tone == "" for plot in changed),
                "first": order[0].name,
                "second": ", ".join(source.name for source in order[1:]),
                "sources": [
                    {"moment": Moment(row.moment).label, "row": word_row(row.fact, catalogue, number=plan.case.number)}
                    for row in rows
                ],
            }
        )
    return found


def plan_page(plan: Plan, head: Answer, catalogue: Catalogue) -> dict[str, Any]:
    """Everything of the page of a plan but its forms."""
    number = plan.case.number
    lines = [line for goal in plan.goals for line in goal.actions] + list(plan.loose)
    late = sum(line.overdue for line in lines)
    reviews = [review_row(review, catalogue, number=number) for review in plan.reviews]
    return {
        "goals": [goal_row(goal, catalogue, number=number) for goal in plan.goals],
        "loose": [action_row(line, catalogue) for line in plan.loose],
        "n_open": sum(line.state == ActionState.OPEN for line in lines),
        "late_words": ngettext("%(n)d actie over datum", "%(n)d acties over datum", late) % {"n": late} if late else "",
        "reviews": [review for review in reviews if not review["held_on"]],
        "held": [review for review in reversed(reviews) if review["held_on"]],
        "effects": effects(plan, head, catalogue),
        "steps": [
            {
                "label": Step(step.step).label, "on": step.at.astimezone(clock.AMSTERDAM).date(),
                "row": word_row(step.fact, catalogue, number=number),
                "watcher": monogram(step.watcher) if step.watcher else None, "until": step.watch_until,
            }
            for step in reversed(plan.steps)
        ],
        "next": next_step(plan),
        "measure_url": reverse("plan_measure", args=[number]),
        "goal_url": reverse("plan_goal_add", args=[number]),
        "mine_url": reverse("my_actions"),
    }  # fmt: skip


def next_step(plan: Plan) -> dict[str, Any]:
    """Where the case can go from here, for who leads it or may close it."""
    number, phase = plan.case.number, plan.case.phase
    labels = {
        "meeting": _("Start het plan"), "plan": _("Naar monitoring"), "monitoring": _("Naar nazorg"),
    }  # fmt: skip
    found: dict[str, Any] = {}
    if plan.leads and phase in labels:
        found |= {"label": labels[phase], "url": reverse("plan_phase", args=[number])}
    if plan.closes and phase in ("meeting", "plan", "monitoring", "aftercare"):
        found["close_url"] = reverse("plan_close", args=[number])
    return found


def my_case(found: MyCase, catalogue: Catalogue) -> dict[str, Any]:
    """A case in the list of own actions."""
    head = found.answer.head
    title = case_title(found.answer)
    return {
        "title": title,
        "number": head.number if title != head.number else "",
        "url": reverse("case_plan", args=[head.number]),
        "actions": [action_row(line, catalogue, back="acties") for line in found.actions],
        "purpose_url": reverse("case_purpose", args=[head.number]) if found.unread else "",
    }
