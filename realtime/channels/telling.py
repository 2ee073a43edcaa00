"""What the members of a channel are told of its events: the one way by which events leave, for sockets and pages alike.

Readers whose rights are the same to the last bit share one opening and the same words; each has entries of their own,
written before anything is returned. A silent event leaves no trace: views have no numbers, each event names the one
before it in the same view.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.decide import ArticleRef
from audit.journal.entry import Because
from cases.casework.purpose import declared
from cases.disclosure.answer import Announcement, Answer, Fact
from cases.disclosure.disclose import disclose_together
from cases.disclosure.knowing import article_of_row, giving_articles, known_rows
from cases.disclosure.opening import Fellow, Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row, standing_rows, words_rows
from cases.records.models import Case
from foundation import clock
from foundation.masks import from_hex, to_hex
from realtime.channels.models import SEPARATOR, Channel, Event, Kind
from realtime.channels.reasons import of_member


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """Somebody who is to be told: their visit, the row by which they are a member, and the purpose they read for.

    because: why they read, where that is not their membership of the channel; member_uid then names that reason's row.
    """

    visit: Visit
    member_uid: UUID
    purpose: str
    because: Because | None = None

    @property
    def view(self) -> tuple[str, frozenset[str], str, str]:
        """Equal for readers whose rights are equal: of one agency, in the same roles, for the same purpose."""
        return (self.visit.agency.code, self.visit.roles, self.purpose, self.visit.language[:2])

    @property
    def reason(self) -> Because:
        """Why what they are told is their work."""
        return self.because or of_member(self.member_uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a message: a field with its text, or only that it is held (text is None).

    text: for people, in the language of the view. ref: the article that gives it; article: the same in words.
    value: the code of a choice; "" for other fields.
    """

    code: str
    text: str | None
    ref: ArticleRef
    value: str = ""

    @property
    def article(self) -> str:
        """The article as people read it."""
        return str(self.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as the readers of one view may know it. seq is the storage's own number: it never leaves.

    subject: uid of the person concerned of whom it tells a fact; "" for words of the street.
    """

    event: Event
    seq: int
    pieces: tuple[Piece, ...]
    target: UUID | None
    subject: str = ""


def hearer_of(
    reading: Reading, case: Case, member_uid: UUID, session: dict[str, object] | None, *, because: Because | None = None
) -> Hearer:
    """Who reads, as `tell` wants them; without a purpose they are told nothing that is sealed."""
    purpose = declared(reading, case, session)
    return Hearer(visit=reading.visit, member_uid=member_uid, purpose=purpose, because=because)


def events_after(channel: Channel, seq: int, *, limit: int) -> list[Event]:
    """The events of a channel after this number, oldest first, with what `tell` needs."""
    return list(_loaded(channel).filter(seq__gt=seq).order_by("seq")[:limit])


def events_before(channel: Channel, seq: int, *, limit: int) -> list[Event]:
    """The newest events up to and including this number, oldest first."""
    return list(reversed(_loaded(channel).filter(seq__lte=seq).order_by("-seq")[:limit]))


def events_named(channel: Channel, uids: Iterable[UUID]) -> list[Event]:
    """The events of a channel with these uids, oldest first, with what `tell` needs."""
    return list(_loaded(channel).filter(uid__in=list(uids)).order_by("seq"))


def _loaded(channel: Channel) -> QuerySet[Event]:
    return Event.objects.filter(channel=channel).select_related(
        "source", "about__subject", "author__professional", "target__source", "target__about__subject"
    )


def tell(
    channel: Channel, events: Sequence[Event], hearers: Sequence[Hearer], *, route: str, event: str = "channel.told"
) -> dict[tuple[str, frozenset[str], str, str], tuple[Told, ...]]:
    """Per view what its readers may know of these events, in order; journalled before it is returned.

    channel: loaded with its case. Raises JournalUnavailable: then nobody is told anything.
    """
    views: dict[tuple[str, frozenset[str], str, str], list[Hearer]] = {}
    for hearer in hearers:
        views.setdefault(hearer.view, []).append(hearer)
    facts = _facts(channel, [*events, *(one.target for one in events if one.target is not None)])
    rows = tuple(facts.get(one.pk) or _row(one) for one in events if _is_sealed(one, facts))
    parts = [(_reading(group[0], route, event), _opening(channel.case, group, rows)) for group in views.values()]
    answers = disclose_together(parts) if rows else ()
    told = {}
    for number, view in enumerate(views):
        reading, opening = parts[number]
        answer = answers[number] if answers else None
        targets = _known_targets(reading, opening, events, facts)
        told[view] = tuple(_told(events, facts, answer, targets, language=view[3]))
    return told


def known_events(
    channel: Channel, events: Sequence[Event], hearers: Iterable[Hearer], *, route: str
) -> dict[tuple[str, frozenset[str], str, str], frozenset[UUID]]:
    """Per view the uids of the events that `tell` would tell its readers of. Opens nothing, so journals nothing.

    For what stands beside an event, such as how many of those who may know of it have seen it.
    """
    facts = _facts(channel, [*events, *(one.target for one in events if one.target is not None)])
    rows = tuple(facts.get(one.pk) or _row(one) for one in events if _is_sealed(one, facts))
    notices = {one.uid for one in events if one.kind == Kind.NOTICE}
    found = {}
    for view, hearer in {hearer.view: hearer for hearer in hearers}.items():
        reading, opening = _reading(hearer, route, "channel.read"), _opening(channel.case, [hearer], rows)
        known = known_rows(reading, opening, rows) | notices
        targets = _known_targets(reading, opening, events, facts)
        found[view] = frozenset(
            one.uid for one in events if one.uid in known and (one.target is None or one.target.uid in targets)
        )
    return found


def articles_of(
    channel: Channel, events: Sequence[Event], hearer: Hearer, *, route: str
) -> dict[UUID, frozenset[ArticleRef]]:
    """Per event with words that the hearer may know, the articles that give it. Opens nothing, so journals nothing."""
    facts = _facts(channel, events)
    rows = tuple(facts.get(one.pk) or _row(one) for one in events if _is_sealed(one, facts))
    return giving_articles(_reading(hearer, route, "channel.read"), _opening(channel.case, [hearer], rows), rows)


def article_for(channel: Channel, event: Event, hearer: Hearer, *, route: str) -> str:
    """The article by which this reader may know of an event of their own words ("HAV-GEBIED art. 14.1"); "" for none.

    Opens nothing, so journals nothing.
    """
    row = _row(event)
    opening = _opening(channel.case, [hearer], (row,))
    return article_of_row(_reading(hearer, route, "channel.read"), opening, row)


def _reading(hearer: Hearer, route: str, event: str) -> Reading:
    return Reading.begin(hearer.visit, route=route, event=event)


def _opening(case: Case, group: Sequence[Hearer], rows: tuple[Row, ...]) -> Opening:
    fellows = tuple(
        Fellow(
            actor_ref=one.visit.actor_ref, actor_name=one.visit.name, trace_id=one.visit.trace_id,
            because=one.reason,
        )
        for one in group[1:]
    )  # fmt: skip
    return Opening(case=case, purpose=group[0].purpose, rows=rows, fellows=fellows, because=group[0].reason)


def _is_sealed(event: Event, facts: dict[int, Row]) -> bool:
    return event.kind != Kind.NOTICE and (event.fact is None or event.pk in facts)


def _facts(channel: Channel, events: Sequence[Event]) -> dict[int, Row]:
    """The contributions that events point at, cut to the one field, as they stand now; a withdrawn one is gone."""
    wanted = [one for one in events if one.fact is not None]
    if not wanted:
        return {}
    day = clock.now().astimezone(clock.AMSTERDAM).date()
    standing = {row.uid: row for row in standing_rows([channel.case_id], day=day)[channel.case_id]}
    found = {}
    for one in wanted:
        row = standing.get(one.fact)  # type: ignore[arg-type]
        if row is not None:
            present = from_hex(row.present) & from_hex(one.present)
            # Its own uid: two events may point at two fields of one contribution.
            found[one.pk] = row._replace(uid=one.uid, present=to_hex(present))
    return found


def _row(event: Event) -> Row:
    return words_rows([event])[0]


def _known_targets(
    reading: Reading, opening: Opening, events: Sequence[Event], facts: dict[int, Row]
) -> frozenset[UUID]:
    targets = {one.target.uid: one.target for one in events if one.target is not None}
    notices = {uid for uid, one in targets.items() if one.kind == Kind.NOTICE}
    rows = [facts.get(one.pk) or _row(one) for one in targets.values() if _is_sealed(one, facts)]
    return known_rows(reading, opening, rows) | notices


def _told(
    events: Sequence[Event], facts: dict[int, Row], answer: Answer | None, targets: frozenset[UUID], *, language: str
) -> Iterable[Told]:
    known: dict[str, dict[str, Fact | Announcement]] = {}
    about: dict[str, str] = {}
    for disclosure in answer.disclosures if answer else ():
        found: list[Fact | Announcement] = [*disclosure.facts, *disclosure.announcements]
        for one in found:
            known.setdefault(one.contribution, {})[one.code] = one
            about[one.contribution] = disclosure.subject or ""
    for event in events:
        if event.target is not None and event.target.uid not in targets:
            # An answer to what this reader may not know of would betray it.
            continue
        if event.kind == Kind.NOTICE:
            yield Told(event=event, seq=event.seq, pieces=(), target=event.target.uid if event.target else None)
        elif pieces := tuple(_pieces(event, known.get(str(event.uid), {}), language=language)):
            yield Told(
                event=event, seq=event.seq, pieces=pieces, target=event.target.uid if event.target else None,
                subject=about.get(str(event.uid), ""),
            )  # fmt: skip


def _pieces(event: Event, known: dict[str, Fact | Announcement], *, language: str) -> Iterable[Piece]:
    """The parts in the order of the sentence. What is silent is not there; two announced ones in a row are one."""
    values = {code: iter(_values(found)) for code, found in known.items()}
    by_code = load_catalogue().by_code
    before = ""
    for code in event.layout.split() or sorted(known):
        found = known.get(code)
        if found is None:
            continue
        value = next(values[code], None)
        if value is None and before == code:
            continue
        before = code if value is None else ""
        field = by_code[code]
        yield Piece(
            code=code, text=None if value is None else field.show(value, language), ref=found.article,
            value=str(value) if value is not None and field.type == "choice" else "",
        )  # fmt: skip


def _values(found: Fact | Announcement) -> list[Any]:
    if not isinstance(found, Fact):
        return []
    return list(found.value.split(SEPARATOR)) if isinstance(found.value, str) else [found.value]


def chain(uid: UUID | None, told: Sequence[Told]) -> Iterable[tuple[UUID | None, Told]]:
    """Each event with the uid of the one before it in this view."""
    for one in told:
        yield uid, one
        uid = one.event.uid


def view_name(channel: Channel, hearer: Hearer, pulse: str) -> str:
    """A name for what a reader's rights in this channel rest on: another name means that what is kept must go."""
    seed = "|".join(
        (str(channel.uid), pulse, hearer.visit.agency.code, *sorted(hearer.visit.roles),
         hearer.purpose, str(hearer.member_uid), channel.case.phase, channel.case.covenants)
    )  # fmt: skip
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
