"""What is printed of minutes for one recipient, and the printing. All that is on the paper stands in the content.

Not here: who may have it (papers.py); the mark of who fetched it is laid over at the end.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from agreements.covenants import labels
from agreements.policy.decide import ArticleRef
from cases.casework.fact_rows import value_text
from cases.disclosure.answer import Fact
from cases.disclosure.reading import Reading, article_texts
from cases.meetings.models import Stance
from cases.minutes.answers import Action, Decision, Item, MinutesView, Picture, Position
from cases.minutes.models import MinutesState
from cases.papers.duties import obligations_by_article
from cases.papers.leaving import moment
from foundation import clock
from foundation.canonical import canonical_bytes
from foundation.paper import to_pdf

NO_EXPORT, WATERMARK = "no_export", "watermark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What goes on paper for one recipient.

    body: values for the template, and nothing else reaches it. hash: SHA-256 of body: equal means the same paper.
    facts: what the body holds, per item. barred: articles that forbid a copy of what was left out. is_empty: not one
    item may be on paper: then there is no paper.
    """

    body: Mapping[str, Any]
    hash: str
    facts: tuple[tuple[Item, tuple[Fact, ...]], ...]
    articles: tuple[str, ...]
    barred: tuple[str, ...]
    is_empty: bool
    has_watermark: bool


def content_of(reading: Reading, view: MinutesView, *, language: str) -> Content:
    """What of these minutes may be on paper, in `language`.

    A fact whose article carries the duty `no_export` stays off it, and its item says by which article; the rest is
    printed. An item that was not opened (no purpose) stays off it too.
    """
    with translation.override(language):
        bound = obligations_by_article(reading.policy)
        items = [_Printed(reading, item, bound) for item in view.items if item.answer or not item.case]
        duties = {duty for item in items for fact in item.kept for duty in bound.get(fact.article, ())}
        body = _body(view, items, language) | {"obligations": labels.labels("obligation", sorted(duties))}
    shown = [fact for item in items for fact in item.kept]
    return Content(
        body=body,
        hash=hashlib.sha256(canonical_bytes(body)).hexdigest(),
        facts=tuple((item.item, tuple(item.kept)) for item in items),
        articles=_articles(shown),
        barred=_articles(fact for item in items for fact in item.barred),
        is_empty=not items or (not shown and any(item.barred for item in items)),
        has_watermark=any(WATERMARK in bound.get(fact.article, ()) for fact in shown),
    )


def barring(reading: Reading, view: MinutesView) -> tuple[str, ...]:
    """The articles by which something that this reader sees may not be on paper."""
    bound = obligations_by_article(reading.policy)
    return _articles(fact for item in view.items for fact in item.facts() if NO_EXPORT in bound.get(fact.article, ()))


class _Printed:
    """One item on paper: what is kept of it, and what its articles keep off."""

    def __init__(self, reading: Reading, item: Item, bound: Mapping[ArticleRef, frozenset[str]]) -> None:
        self.item, self.catalogue, self._bound = item, reading.policy.catalogue, bound
        self.kept: list[Fact] = []
        self.barred: list[Fact] = []
        for fact in item.facts():
            (self.barred if NO_EXPORT in bound.get(fact.article, ()) else self.kept).append(fact)
        self._kept = {(fact.contribution, fact.code) for fact in self.kept}

    def text(self, fact: Fact | None) -> str:
        """The fact as text, or "" when it stays off the paper."""
        if fact is None or (fact.contribution, fact.code) not in self._kept:
            return ""
        return value_text(self.catalogue.by_code[fact.code], fact.value)

    def body(self, number: int) -> dict[str, Any]:
        """The item for the template."""
        item = self.item
        return {
            "number": number,
            "case": item.case,
            "kind": labels.label("case_kind", item.kind) if item.kind else "",
            "title": item.title,
            "moved": item.moved,
            "purpose": labels.label("purpose", item.answer.purpose) if item.answer else "",
            "present": [{"name": row.source.name, "people": ", ".join(row.people)} for row in item.present],
            "pictures": self._listed(self._picture(row) for row in item.pictures),
            "decisions": _numbered(self._listed(self._decision(row) for row in item.decisions)),
            "actions": _numbered(self._listed(self._action(row) for row in item.actions)),
            "stances": self._positions(item.stances),
            "parked": self._listed(
                {"text": self.text(row.words), "source": row.words.source.name, "resolved": row.resolved}
                for row in item.parked
            ),
            "addenda": self._listed(
                {"text": self.text(fact), "source": fact.source.name, "at": moment(fact.given_at)}
                for fact in item.addenda
            ),
            "articles": list(_articles(self.kept)),
            "barred": list(_articles(self.barred)),
        }

    @staticmethod
    def _listed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["text"] or row.get("score")]

    def _picture(self, row: Picture) -> dict[str, Any]:
        fact = row.words or row.score
        return {
            "domain": row.domain, "text": self.text(row.words), "score": self.text(row.score),
            "source": fact.source.name if fact else "", "positions": self._positions(row.positions),
        }  # fmt: skip

    def _decision(self, row: Decision) -> dict[str, Any]:
        return {
            "mark": row.mark, "text": self.text(row.words), "source": row.words.source.name,
            "positions": self._positions(row.positions),
        }  # fmt: skip

    def _action(self, row: Action) -> dict[str, Any]:
        return {
            "mark": row.mark, "text": self.text(row.words), "source": row.words.source.name, "owner": row.owner.name,
            "person": row.person, "due": date_format(row.due_on), "state": row.state_label,
        }  # fmt: skip

    def _positions(self, rows: Iterable[Position]) -> list[dict[str, str]]:
        """A position whose reason may not be on paper is not there at all."""
        return [
            {"source": row.source.name, "stance": stance_label(row.stance), "reason": self.text(row.reason)}
            for row in rows
            if row.article is None or NO_EXPORT not in self._bound.get(row.article, ())
        ]


def stance_label(code: str) -> str:
    """A position in words."""
    return str(Stance(code).label)


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "number": number} for number, row in enumerate(rows, 1)]


def _body(view: MinutesView, items: list[_Printed], language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": view.title,
        "chair": view.chair,
        "lead": view.lead.name,
        "day": date_format(view.began_at.astimezone(clock.AMSTERDAM), "j F Y"),
        "began": _time(view.began_at),
        "ended": _time(view.ended_at) if view.ended_at else "",
        "state": str(MinutesState(view.state).label),
        "approved": moment(view.approved_at) if view.approved_at else "",
        "before": _last_day(view.approve_before),
        "items": [item.body(number) for number, item in enumerate(items, 1)],
    }


def _last_day(before: datetime) -> str:
    """The last day of a term that ends at the first moment after it."""
    return date_format((before - timedelta(seconds=1)).astimezone(clock.AMSTERDAM), "j F Y")


def _time(at: datetime) -> str:
    return date_format(at.astimezone(clock.AMSTERDAM), "H:i")


def _articles(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Their articles, once each; what is one's own rests on none."""
    return article_texts(fact.article for fact in facts if fact.article.covenant)


def printed(content: Content) -> bytes:
    """The paper as PDF/UA-1, without the mark of a recipient: the same for everybody with the same content."""
    language = str(content.body["language"])
    with translation.override(language):
        html = render_to_string("cases/minutes/print.html", {"minutes": content.body})
        return to_pdf(html, css=render_to_string("cases/papers/print.css"), variant="pdf/ua-1")
