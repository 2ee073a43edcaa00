"""Makes the values that the templates of triage take, from answers alone. No table, no decision here."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.policy.catalogue import Catalogue
from cases.casework import pages as casework
from cases.casework.fact_rows import Row, fact_row, monogram
from cases.disclosure.answer import Answer
from cases.triage.codes import Ground, InformState, Known, Outcome
from cases.triage.commands.outcomes import NETWORKS
from cases.triage.filters import FILTERS, LABELS, QUESTIONS
from cases.triage.queries import CheckView, StepView, TriagePage
from cases.triage.queries_informing import InformLine
from foundation import clock

_LINES = ("problem_domains", "police_contacts_12m", "police_nuisance_reports")
_REPORT, _SUMMARY = "signals", "signal_summary"


def steps(page: TriagePage) -> list[dict[str, Any]]:
    """The four filters with where they stand, as the list above the page takes them."""
    now = page.stand.filter if page.stand else 0
    opened = bool(page.stand and page.opened.case.phase != "triage")
    passed = {view.filter: view for view in page.stand.passed} if page.stand else {}
    return [
        {
            "number": number,
            "label": str(LABELS[number]),
            "question": str(QUESTIONS[number]),
            "state": "done" if number < now or opened else "current" if number == now else "todo",
            "at": passed[number].at if number in passed else None,
        }
        for number in FILTERS
    ]


def facts(page: TriagePage, catalogue: Catalogue) -> dict[str, list[list[Row]]]:
    """The facts that the filter shows, as groups of rows: what was reported, the lines per domain, who it is about.

    A group is what was given at one time, the words of the report first.
    """
    found: dict[str, dict[str, list[Row]]] = {"report": {}, "lines": {}, "who": {}}
    for place, answer in enumerate(page.facts):
        for person in answer.disclosures:
            for fact in sorted(person.facts, key=lambda fact: fact.code != _SUMMARY):
                row = fact_row(fact, catalogue, number=page.opened.case.number, person=person.subject)
                # Reports are words: they have no page of versions.
                row = replace(row, history_url="", observed_on=None) if place else row
                section = catalogue.by_code[fact.code].section
                part = "lines" if fact.code in _LINES else "report" if section == _REPORT else "who"
                found[part].setdefault(fact.contribution, []).append(row)
    return {part: list(groups.values()) for part, groups in found.items()}


def step(view: StepView) -> dict[str, Any]:
    """A recorded step as templates take it."""
    return {
        "by": monogram(view.by), "at": view.at, "text": view.text, "fulfilled": view.fulfilled,
        "outcome": str(Outcome(view.outcome).label) if view.outcome else "",
    }  # fmt: skip


def check(view: CheckView) -> dict[str, Any]:
    """A known-check as a table."""
    return {
        "code": view.code, "started": view.started, "last_day": last_day(view.deadline), "is_over": view.is_over,
        "identifier": monogram(view.identifier),
        "n_answered": sum(row.answered for row in view.rows), "n_asked": len(view.rows),
        "rows": [
            {
                "agency": monogram(row.agency), "answered": row.answered, "code": row.answer,
                "answer": str(Known(row.answer).label) if row.answer else "", "contact": row.contact,
            }
            for row in view.rows
        ],
    }  # fmt: skip


def last_day(deadline: datetime | None) -> date | None:
    """The last day on which a check can be answered; its deadline is the midnight after."""
    return (deadline - datetime.resolution).astimezone(clock.AMSTERDAM).date() if deadline else None


def outcome(page: TriagePage) -> dict[str, Any] | None:
    """The decided outcome in words."""
    if page.stand is None or not page.stand.outcome:
        return None
    return {
        "label": str(Outcome(page.stand.outcome).label), "at": page.stand.decided_at,
        "destination": str(NETWORKS.get(page.stand.destination, page.stand.destination)),
    }  # fmt: skip


def severity(page: TriagePage) -> str:
    """How soon something must happen, in words."""
    return labels.label("urgency", page.opened.case.urgency)


def inform_line(line: InformLine, names: Answer) -> dict[str, Any]:
    """Informing one person, with the name this reader may know."""
    known = next((person for person in names.disclosures if person.subject == line.subject), None)
    word = _("Betrokkene %(n)d") if line.role == "subject" else _("Persoon uit directe kring %(n)d")
    label = casework.person_label(known, line.position) if known else word % {"n": line.position}
    return {
        "uid": line.uid, "label": label, "state": line.state, "state_label": str(InformState(line.state).label),
        "due_on": line.due_on, "done_on": line.done_on, "is_late": line.is_late,
        "own": next((item for item in line.embargoes if item.is_own), None),
        "embargoes": [
            {
                "source": monogram(item.source), "ground": str(Ground(item.ground).label),
                "review_on": item.review_on, "reason": item.reason, "withholds": item.withholds,
                "is_due": item.review_on <= clock.today(), "is_own": item.is_own,
            }
            for item in line.embargoes
        ],
    }  # fmt: skip
