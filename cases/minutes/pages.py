"""Makes the values that the templates of minutes take, from answers alone. No table, no decision here."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.covenants.standing import covenant_lines
from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import Row, fact_row, monogram
from cases.disclosure.answer import Fact, Source
from cases.disclosure.reading import Reading
from cases.minutes.answers import Approval, Item, MinutesView, Position
from cases.minutes.lines import BatchLine
from cases.minutes.printing import WATERMARK, barring, stance_label
from cases.papers.duties import duties_of
from cases.papers.lines import PaperLine
from foundation import clock

TONES = {"agrees": "ok", "dissents": "warn", "abstains": ""}
STATE_TONES = {"open": "info", "done": "ok", "partly": "warn", "not_done": "danger", "impossible": ""}


def minutes_context(reading: Reading, view: MinutesView) -> dict[str, Any]:
    """The whole page."""
    url = reverse("minutes", args=[view.meeting])
    facts = [fact for item in view.items for fact in item.facts()]
    return {
        "minutes": view,
        "url": url,
        "meeting_url": reverse("meeting", args=[view.meeting]) if view.has_meeting else "",
        "bar": _bar(reading, view),
        "items": [item_context(item, reading.policy.catalogue, view) for item in view.items],
        "approval": approval_context(view),
        "barred": ", ".join(barring(reading, view)),
        "obligations": labels.labels("obligation", duties_of(reading.policy, facts)),
        "watermark": _watermark(reading, view),
    }


def _watermark(reading: Reading, view: MinutesView) -> str:
    """Who reads and when, where an article asks for a mark on what is shown."""
    if WATERMARK not in duties_of(reading.policy, (fact for item in view.items for fact in item.facts())):
        return ""
    return _("%(name)s, %(agency)s, %(when)s") % {
        "name": reading.visit.name,
        "agency": reading.visit.agency.name,
        "when": date_format(reading.at.astimezone(clock.AMSTERDAM), "DATETIME_FORMAT"),
    }


def _bar(reading: Reading, view: MinutesView) -> dict[str, Any]:
    """The purpose bar of a page about several cases: each item says its own purpose, and is changed there."""
    answers = [item.answer for item in view.items if item.answer]
    lines: dict[str, None] = {}
    for answer in answers:
        found = covenant_lines(reading.policy, codes=answer.head.covenants, purpose=answer.purpose, at=reading.at)
        lines |= dict.fromkeys(found)
    named = list(dict.fromkeys(labels.label("purpose", answer.purpose) for answer in answers))
    alone = view.items[0].case if len(view.items) == 1 else ""
    return {
        "purpose_label": labels.listed(named),
        "phase_label": "",
        "covenant_lines": list(lines),
        "n_visible": sum(1 for item in view.items for _fact in item.facts()) if answers else None,
        "n_announced": 0,
        "change_url": reverse("case_purpose", args=[alone]) if alone else "",
    }


def item_context(item: Item, catalogue: Catalogue, view: MinutesView) -> dict[str, Any]:
    """One item for the template."""
    people = {
        fact.contribution: person.subject
        for person in (item.answer.disclosures if item.answer else ())
        for fact in person.facts
    }

    def row(fact: Fact | None) -> Row | None:
        if fact is None:
            return None
        made = fact_row(fact, catalogue, number=item.case, person=people.get(fact.contribution))
        # Words of a meeting have no page of versions: what is wrong in them is mended by an addendum.
        return replace(made, history_url="", correct_url="", withdraw_url="")

    positions = _Positions(row)
    case = item.case
    return {
        "item": item,
        "id": f"punt-{item.number}",
        "kind": labels.label("case_kind", item.kind) if item.kind else "",
        "purpose": labels.label("purpose", item.answer.purpose) if item.answer else "",
        "case_url": reverse("case", args=[case]) if case else "",
        "purpose_url": reverse("case_purpose", args=[case]) if case else "",
        "present": [{"agency": monogram(found.source), "people": ", ".join(found.people)} for found in item.present],
        "pictures": [
            {
                "domain": found.domain,
                "row": row(found.words),
                "score": row(found.score),
                "positions": positions(found.positions),
            }
            for found in item.pictures
        ],
        "decisions": [
            {
                "number": found.number,
                "mark": found.mark,
                "row": row(found.words),
                "positions": positions(found.positions),
            }
            for found in item.decisions
        ],
        "actions": [
            {
                "number": found.number,
                "mark": found.mark,
                "row": row(found.words),
                "owner": monogram(found.owner),
                "person": found.person,
                "due_on": found.due_on,
                "state": found.state_label,
                "tone": STATE_TONES.get(found.state, ""),
                "overdue": found.state == "open" and found.due_on < clock.today(),
            }
            for found in item.actions
        ],
        "stances": positions(item.stances),
        "parked": [{"row": row(found.words), "resolved": found.resolved} for found in item.parked],
        "addenda": [{"row": row(fact), "at": fact.given_at, "by": fact.source.name} for fact in item.addenda],
        "is_empty": not any(True for _fact in item.facts()),
        "may_correct": bool(case) and view.may_speak and item.was_there and not item.needs_purpose,
        "correct_url": reverse("minutes_addendum", args=[view.meeting, item.uid]),
    }


class _Positions:
    """Positions for the template: those without a word of their own in one line, by what they are."""

    def __init__(self, row: Any) -> None:
        self._row = row

    def __call__(self, positions: Iterable[Position]) -> dict[str, Any]:
        silent: dict[str, list[dict[str, str]]] = {}
        spoken = []
        for found in positions:
            if found.reason is None:
                silent.setdefault(found.stance, []).append(monogram(found.source))
            else:
                spoken.append(
                    {
                        "label": stance_label(found.stance),
                        "tone": TONES.get(found.stance, ""),
                        "agency": monogram(found.source),
                        "row": self._row(found.reason),
                    }
                )
        return {
            "silent": [
                {"label": stance_label(stance), "tone": TONES.get(stance, ""), "agencies": agencies}
                for stance, agencies in sorted(silent.items())
            ],
            "spoken": spoken,
        }


def approval_context(view: MinutesView) -> dict[str, Any]:
    """Where the minutes stand, and what the reader can do about it."""
    own = next((row for row in view.approvals if row.is_own), None)
    return {
        "is_approved": view.state == "approved",
        "at": view.approved_at,
        "last_day": last_day(view.approve_before),
        "is_late": view.approve_before <= view.at,
        "rows": [_approval(row) for row in view.approvals],
        "may_approve": view.may_speak and view.state != "approved" and not (own and own.agrees),
        "own": own,
        "url": reverse("minutes_approve", args=[view.meeting]),
    }


def last_day(before: datetime) -> Any:
    """The last day of a term that ends at the first moment after it."""
    return (before - timedelta(seconds=1)).astimezone(clock.AMSTERDAM).date()


def _approval(row: Approval) -> dict[str, Any]:
    said = {
        True: (_("Akkoord"), "ok"),
        False: (_("Vroeg een correctie"), "warn"),
        None: (_("Nog geen antwoord"), ""),
    }[row.agrees]
    return {"agency": _named(row.source), "label": said[0], "tone": said[1], "at": row.at, "is_own": row.is_own}


def _named(source: Source) -> dict[str, str]:
    return monogram(source)


def paper_context(
    uid: str, paper: PaperLine | None, batch: BatchLine | None, *, leads: bool, barred_whole: bool = False
) -> dict[str, Any]:
    """The panel of the PDF; it is asked for again while something is being made."""
    busy = bool(paper and paper.is_busy) or bool(batch and batch.is_busy)
    done = paper is not None and paper.state == "done"
    return {
        "paper": paper,
        "batch": batch,
        "batch_percent": 100 * batch.done // batch.total if batch and batch.total else 0,
        "paper_busy": busy,
        "paper_url": reverse("minutes_paper", args=[uid]),
        "order_url": reverse("minutes_order", args=[uid]),
        "all_url": reverse("minutes_order_all", args=[uid]) if leads else "",
        "fetch_url": reverse("minutes_fetch", args=[uid, paper.uid]) if done and paper else "",
        "may_order": not barred_whole,
    }
