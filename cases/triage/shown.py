"""Fills the shapes of the API of triage from answers. Nothing here decides."""

from typing import Any

from cases.disclosure.answer import Fact, Source
from cases.triage.queries import CheckView, StepView, TriagePage
from cases.triage.queries_informing import InformingPage, OpeningPage
from cases.triage.queries_known import KnownLine


def source(found: Source) -> dict[str, str]:
    """An agency."""
    return {"code": found.code, "type": found.type, "name": found.name}


def fact(found: Fact, *, subject: str | None) -> dict[str, Any]:
    """A fact with where it comes from."""
    ref = found.article
    article = f"{ref.covenant} v{ref.version} art. {ref.article}" if ref.covenant else ref.article
    return {
        "field": found.code, "value": found.value, "source": source(found.source), "article": article,
        "subject": subject,
    }  # fmt: skip


def step(view: StepView) -> dict[str, Any]:
    """A recorded step."""
    return {
        "uid": view.uid, "what": view.what, "filter": view.filter, "by": source(view.by), "at": view.at,
        "text": view.text, "fulfilled": view.fulfilled, "outcome": view.outcome,
    }  # fmt: skip


def check(view: CheckView) -> dict[str, Any]:
    """A known-check."""
    return {
        "uid": view.uid, "code": view.code, "started": view.started, "deadline": view.deadline, "over": view.is_over,
        "identifier": source(view.identifier),
        "answers": [
            {"agency": source(r.agency), "answered": r.answered, "answer": r.answer, "contact": r.contact}
            for r in view.rows
        ],
    }  # fmt: skip


def triage(page: TriagePage) -> dict[str, Any]:
    """The page of triage."""
    stand = page.stand
    judged = [criterion.step for criterion in page.criteria if criterion.step]
    steps = [*judged, *page.fits, *([page.proposal] if page.proposal else []), *page.positions]
    return {
        "number": page.opened.case.number, "filter": stand.filter if stand else 0,
        "due_on": stand.due_on if stand else None, "outcome": stand.outcome if stand else "",
        "destination": stand.destination if stand else "", "signal": page.signal_number,
        "ages": [age for age in page.ages if age],
        "facts": [
            fact(found, subject=person.subject)
            for answer in page.facts
            for person in answer.disclosures
            for found in person.facts
        ],
        "steps": [step(view) for view in (*(stand.passed if stand else ()), *steps)],
        "checks": [check(view) for view in page.checks], "may": sorted(page.may),
    }  # fmt: skip


def known_line(line: KnownLine) -> dict[str, Any]:
    """A check as an agency sees it."""
    return {
        "uid": line.uid, "code": line.code, "todo": line.todo, "asked_by": source(line.asked_by),
        "asked_at": line.asked_at, "deadline": line.deadline, "answer": line.answer, "tries_left": line.tries_left,
        "place": line.place,
    }  # fmt: skip


def opening(page: OpeningPage) -> dict[str, Any]:
    """How a case was opened."""
    made, case = page.admission, page.opened.case
    return {
        "number": case.number, "phase": case.phase, "opened_at": made.opened_at if made else None,
        "purpose": made.purpose if made else "", "covenants": list(made.covenants) if made else [],
        "lead": source(made.lead) if made else None, "director": made.director if made else "",
        "reasons": made.reasons if made else "",
    }  # fmt: skip


def informing(page: InformingPage) -> dict[str, Any]:
    """Informing the persons of a case."""
    return {
        "number": page.opened.case.number,
        "items": [
            {
                "uid": line.uid, "subject": line.subject, "state": line.state, "due_on": line.due_on,
                "done_on": line.done_on,
                "embargoes": [
                    {
                        "source": source(item.source), "ground": item.ground, "review_on": item.review_on,
                        "reason": item.reason, "withholds": item.withholds,
                    }
                    for item in line.embargoes
                ],
            }
            for line in page.lines
        ],
    }  # fmt: skip
