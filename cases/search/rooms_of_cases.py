"""What each room below search shows of its words, by the room's own rules; and the addresses of its pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.attachments.models import Attachment
from cases.disclosure.rows import Row, between, words_rows
from cases.extracts.models import ExtractReason
from cases.extracts.queries import may_know
from cases.intake.models import Report
from cases.intake.reported import reports_of, signals_of
from cases.meetings.models import AgendaItem, Decision, ParkedPoint, Picture, Position
from cases.meetings.rights import items_for, meetings_for
from cases.minutes.models import Addendum, Minutes
from cases.minutes.rights import items_of
from cases.plans.models import Action, ActionResult, Closing, Goal, ReviewNote
from cases.relations.models import Relation
from cases.relations.queries import seen_between
from cases.requests.models import Note, Reply, Request
from cases.requests.rights import requests_of
from cases.search.rooms import Look, Room, Shows, enter
from cases.triage.codes import Step
from cases.triage.commands.judging import standing_proposal
from cases.triage.models import Admission, Embargo, TriageStep

Found = Mapping[UUID, str]


def _at(look: Look, name: str, words: Iterable[Any]) -> Found:
    """All of these words of the case itself, at the page `name` of the case."""
    address = reverse(name, args=[look.case.number])
    return {row.uid: address for row in words if row.case_id == look.case.pk}


def _page(name: str) -> Shows:
    """A page that shows all words which the covenants give."""
    return lambda look, words: _at(look, name, words)


def _sees(look: Look, words: Any) -> bool:
    return any(look.sees(row) for row in words_rows([words]))


# --- plans, questions, files, relations, extracts ------------------------------------------------------------


def _results(look: Look, words: Sequence[ActionResult]) -> Found:
    """What came of an action stands beside the action."""
    return _at(look, "case_plan", [row for row in words if _sees(look, row.action)])


def _requests(look: Look, words: Sequence[Request]) -> Found:
    known = _known_requests(look, [row.pk for row in words])
    return _at(look, "case_requests", [row for row in words if row.pk in known])


def _replies(look: Look, words: Sequence[Reply]) -> Found:
    """Without words of its own a reply holds those of its ground, which stand nowhere."""
    known = _known_requests(look, [row.request_id for row in words])
    return _at(look, "case_requests", [row for row in words if row.in_own_words and row.request_id in known])


def _known_requests(look: Look, ids: list[int]) -> set[int]:
    return set(requests_of(look.reading, look.case).filter(pk__in=ids).values_list("pk", flat=True))


def _files(look: Look, words: Sequence[Attachment]) -> Found:
    number = look.case.number
    return {row.uid: reverse("attachment", args=[number, row.uid]) for row in words if row.case_id == look.case.pk}


def _relations(look: Look, words: Sequence[Relation]) -> Found:
    return _at(look, "case_pictures", seen_between(words, look.people()))


def _ends(words: Sequence[Relation]) -> tuple[Row, ...]:
    return tuple(between(row, words[n].other) for n, row in enumerate(words_rows(words)))


def _reasons(look: Look, words: Sequence[ExtractReason]) -> Found:
    shown = [
        row
        for row in words
        if row.proposal.withdrawn_at is None
        and may_know(look.reading, look.case, row.proposal.source_id, row.proposal.covenant)
    ]
    return _at(look, "case_extracts", shown)


# --- signals and triage --------------------------------------------------------------------------------------


def _reports(look: Look, words: Sequence[Report]) -> Found:
    """Of the signal that a case began with, of those linked to it, and of those merged into these."""
    told = reports_of(signals_of(look.case.pk)).filter(pk__in=[row.pk for row in words])
    return dict.fromkeys(told.values_list("uid", flat=True), reverse("case_signals", args=[look.case.number]))


def _steps(look: Look, words: Sequence[TriageStep]) -> Found:
    """Of proposals only the standing one, and positions beside it."""
    shown = []
    for row in words:
        standing = standing_proposal(row.triage) if row.what in (Step.PROPOSAL, Step.POSITION) else None
        if row.what == Step.PROPOSAL:
            fits = standing is not None and standing.pk == row.pk
        elif row.what == Step.POSITION:
            fits = standing is not None and standing.pk == row.proposal_id and _sees(look, standing)
        else:
            fits = True
        if fits:
            shown.append(row)
    return _at(look, "case_triage", shown)


def _embargoes(look: Look, words: Sequence[Embargo]) -> Found:
    return _at(look, "case_informing", [row for row in words if row.lifted_at is None])


# --- meetings and minutes ------------------------------------------------------------------------------------


def _said(item_of: Callable[[Any], AgendaItem], *, in_minutes: Callable[[Any], bool], in_room: bool = True) -> Shows:
    """Words of an item: in the minutes for who has those, else in the room while the item is on."""

    def shows(look: Look, words: Sequence[Any]) -> Found:
        items = {item_of(row).pk: item_of(row) for row in words if item_of(row).case_id == look.case.pk}
        written, running = _written(look, items.values()), _running(look, items.values()) if in_room else {}
        found: dict[UUID, str] = {}
        for row in words:
            pk = item_of(row).pk
            if pk in written and in_minutes(row):
                found[row.uid] = written[pk]
            elif pk in running and _stands_in_room(look, row):
                found[row.uid] = running[pk]
        return found

    return shows


def _written(look: Look, items: Iterable[AgendaItem]) -> dict[int, str]:
    """Addresses of the minutes in which the reader has these items."""
    meetings = {item.meeting_id: item.meeting for item in items}
    ready = Minutes.objects.filter(meeting__in=meetings).values_list("meeting_id", flat=True)
    return {
        item.pk: reverse("minutes", args=[meetings[pk].uid])
        for pk in ready
        for item in items_of(look.reading, meetings[pk])
    }


def _running(look: Look, items: Iterable[AgendaItem]) -> dict[int, str]:
    """Addresses of the rooms in which one of these items is on, for who is at that meeting."""
    on = {item.meeting_id: item.pk for item in items if item.meeting.current_id == item.pk}
    return {
        item.pk: reverse("meeting_along", args=[meeting.uid])
        for meeting in meetings_for(look.reading).filter(pk__in=on)
        for item in items_for(look.reading, meeting)
        if item.pk == on[meeting.pk]
    }


def _stands_in_room(look: Look, row: Any) -> bool:
    """What was parked until it is resolved; a position beside words that the reader sees."""
    if isinstance(row, ParkedPoint):
        return row.resolved_at is None
    target = _target(row) if isinstance(row, Position) else None
    return target is None or (target.withdrawn_at is None and _sees(look, target))


def _target(row: Position) -> Any:
    return row.picture or row.decision


def _stands_in_minutes(row: Position) -> bool:
    target = _target(row)
    return target.withdrawn_at is None and (row.picture is None or row.picture.joint)


# -------------------------------------------------------------------------------------------------------------

_ITEM = ("item__meeting__lead", "item__meeting__chair", "item__case")
_ROOM_ITEM = tuple(f"{of}__{name}" for of in ("picture", "decision") for name in (*_ITEM, "source", "about__subject"))


def supply_rooms() -> None:
    """Enter the rooms below search; called once, from AppConfig.ready."""
    enter(
        Room(model=Goal, label=_("Doel in het plan"), shows=_page("case_plan")),
        Room(model=Action, label=_("Actie in het plan"), shows=_page("case_plan")),
        Room(
            model=ActionResult, label=_("Resultaat van een actie"), shows=_results,
            relations=("action__source", "action__about__subject"),
        ),
        Room(model=ReviewNote, label=_("Evaluatie van het plan"), shows=_page("case_plan")),
        Room(model=Closing, label=_("Stap van de casus"), shows=_page("case_plan")),
        Room(model=Request, label=_("Vraag aan een partner"), shows=_requests),
        Room(model=Reply, label=_("Antwoord op een vraag"), shows=_replies),
        Room(model=Note, label=_("Notitie"), shows=_page("case_requests")),
        Room(model=Attachment, label=_("Naam van een bijlage"), shows=_files),
        Room(model=Relation, label=_("Relatie"), shows=_relations, relations=("other__subject",), rows=_ends),
        Room(
            model=ExtractReason, label=_("Reden van een verstrekking"), shows=_reasons,
            relations=("proposal",),
        ),
        Room(model=Report, label=_("Signaal"), shows=_reports),
        Room(model=TriageStep, label=_("Triage"), shows=_steps, relations=("triage",)),
        Room(model=Admission, label=_("Opening van de casus"), shows=_page("case_open")),
        Room(model=Embargo, label=_("Uitstel van informeren"), shows=_embargoes),
        Room(
            model=Picture, label=_("Beeld in een overleg"),
            shows=_said(lambda row: row.item, in_minutes=lambda row: row.joint), relations=_ITEM,
        ),
        Room(
            model=Decision, label=_("Besluit van een overleg"),
            shows=_said(lambda row: row.item, in_minutes=lambda row: True), relations=_ITEM,
        ),
        Room(
            model=ParkedPoint, label=_("Geparkeerd punt van een overleg"),
            shows=_said(lambda row: row.item, in_minutes=lambda row: True), relations=_ITEM,
        ),
        Room(
            model=Position, label=_("Standpunt in een overleg"),
            shows=_said(lambda row: _target(row).item, in_minutes=_stands_in_minutes), relations=_ROOM_ITEM,
        ),
        Room(
            model=Addendum, label=_("Correctie op een verslag"),
            shows=_said(lambda row: row.item, in_minutes=lambda row: True, in_room=False), relations=_ITEM,
        ),
    )  # fmt: skip
