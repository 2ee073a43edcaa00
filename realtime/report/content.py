"""What stands in the report of a channel for one reader: their own log, less what may not be copied.

Not here: who may have it and how (papers.py). Nothing here opens a fact: the log was told by its one path.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from agreements.covenants import labels
from agreements.policy.decide import ArticleRef
from cases.disclosure.reading import Reading, article_texts
from cases.papers.duties import obligations_by_article
from cases.papers.leaving import moment
from foundation.canonical import canonical_bytes
from realtime.alarms.queries import became
from realtime.channels.models import Channel, Scope
from realtime.channels.queries import Opened, copy_of_log, told_of
from realtime.channels.rights import is_leader
from realtime.channels.telling import Told
from realtime.place.photos import photos_among
from realtime.report.lines import Page

NO_EXPORT, WATERMARK = "no_export", "watermark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the report holds for one reader.

    body: values for the templates, and nothing else reaches them. hash: SHA-256 of body: equal means the same paper.
    told: the events in it. barred: articles that forbid a copy of what the reader read and is left out.
    is_empty: the covenant lets this reader take nothing along: then there is no report.
    """

    body: Mapping[str, Any]
    hash: str
    told: tuple[Told, ...]
    articles: tuple[str, ...]
    barred: tuple[str, ...]
    is_empty: bool
    has_watermark: bool


def content_of(reading: Reading, here: Opened, *, language: str) -> Content:
    """The report of a channel as its reader may have it, in `language`; the log is journalled under reading.event.

    An event of which an article carries the duty `no_export` is left out unopened, with what the channel itself notes
    about it, and the report names the article. What the reader may not know was never told, so leaves no trace.
    Who leads the channel always has a report; another member has one of what the covenant lets them take along.
    Raises JournalUnavailable.
    """
    bound = obligations_by_article(reading.policy)
    copy = copy_of_log(reading, here, _barring(bound))
    is_empty = not is_leader(reading, here.channel) and not any(ref.covenant for ref in copy.articles)
    kept = () if is_empty else told_of(reading, here, copy.events)
    refs = _refs(kept)
    with translation.override(language):
        duties = sorted({duty for ref in refs for duty in bound.get(ref, ())})
        body = _body(reading, here, kept) | {
            "language": language,
            "articles": list(_named(refs)),
            "barred": list(_named(copy.barred)),
            "obligations": list(labels.labels("obligation", duties)),
        }
    return Content(
        body=body,
        hash=hashlib.sha256(canonical_bytes(body)).hexdigest(),
        told=kept,
        articles=_named(refs),
        barred=_named(copy.barred),
        is_empty=is_empty,
        has_watermark=any(WATERMARK in bound.get(ref, ()) for ref in refs),
    )


def may_copy(reading: Reading, here: Opened, told: Iterable[Told]) -> bool:
    """Whether the reader has a report of a channel of which these events were told."""
    if is_leader(reading, here.channel):
        return True
    barring = _barring(obligations_by_article(reading.policy))
    # As copy_of_log: an entry of which one part may not be copied stays out whole.
    each = (_refs([one]) for one in told)
    return any(not refs & barring and any(ref.covenant for ref in refs) for refs in each)


def _barring(bound: Mapping[ArticleRef, Collection[str]]) -> frozenset[ArticleRef]:
    """The articles that forbid a copy. bound: the duties of each article."""
    return frozenset(ref for ref, duties in bound.items() if NO_EXPORT in duties)


def _refs(told: Iterable[Told]) -> frozenset[ArticleRef]:
    return frozenset(piece.ref for one in told for piece in one.pieces)


def _named(refs: Iterable[ArticleRef]) -> tuple[str, ...]:
    """Their articles, once each; what is one's own rests on none."""
    return article_texts(ref for ref in refs if ref.covenant)


def _body(reading: Reading, here: Opened, kept: tuple[Told, ...]) -> dict[str, Any]:
    channel = here.channel
    page = Page(reading.policy.catalogue, kept, photos_among(kept), became(channel, kept))
    return {
        "channel": str(channel.uid),
        "title": channel.title,
        "case": channel.case.number,
        "scope": str(Scope(channel.scope).label),
        "under": channel.under,
        "purpose": labels.label("purpose", here.hearer.purpose) if here.hearer.purpose else "",
        "lead": channel.lead.name,
        "leader": channel.leader.professional.name,
        "opened": moment(channel.opened_at),
        "ends": moment(channel.ended_at),
        "is_over": channel.has_ended(reading.at),
        "members": _members(channel, here),
        "alarms": page.alarms(),
        "tasks": page.tasks(),
        "handovers": page.handovers(),
        "entries": page.entries(),
    }


def _members(channel: Channel, here: Opened) -> list[dict[str, str]]:
    """Who takes part, and who left: that everybody in the channel was told when it happened."""
    left = channel.members.exclude(left_at=None).select_related("professional", "agency")
    return [
        {
            "name": one.professional.name, "agency": one.agency.name, "since": moment(one.joined_at),
            "until": moment(one.left_at) if one.left_at else "",
        }
        for one in sorted((*here.members, *left), key=lambda one: (one.joined_at, one.pk))
    ]  # fmt: skip
