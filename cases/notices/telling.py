"""Tells who had facts what became of them, in the transaction of the change. Not here: who reads a notice."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from agreements.covenants.in_force import current_policy
from agreements.covenants.rules import Author
from agreements.models import Professional
from agreements.policy.compile import Policy
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, Row, standing_rows, words_rows
from cases.notices.events import TOLD
from cases.notices.models import FactNotice, Kind, NoticeReader
from cases.notices.recipients import Had, who_had
from cases.records.models import Case, CaseSubject, Contribution
from cases.records.models.words import rooms_of_words
from foundation import clock
from foundation.masks import to_hex

_PERSON = "professional:"


def tell(
    reading: Reading, case: Case, rows: Iterable[Row], *, kind: Kind, sheet: UUID | None = None
) -> tuple[FactNotice, ...]:  # fmt: skip
    """A notice to each agency that had some of these rows, which are of one source; one a person.

    In the caller's transaction and write scope, before the rows change: what is gone cannot be asked about.
    """

    def entry(**what: Any) -> Entry:
        return reading.entry(event=TOLD, **what)

    return _tell(entry, case, rows, kind=kind, sheet=sheet, policy=reading.policy, at=reading.at)


def tell_of_contribution(reading: Reading, made: Contribution, kind: str) -> None:
    """The same of one contribution as it stands; called by casework, which knows no notices, through a hook."""
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    rows = standing_rows([made.case_id], day=day)[made.case_id]
    tell(reading, made.case, [row for row in rows if row.uid == made.uid], kind=Kind(kind))


def tell_of_erasure(
    place: CaseSubject, *, source_id: int, uids: Collection[UUID], by: Author, sheet: UUID | None
) -> None:
    """The same of what is about to be erased on request, by the worker. place: of the person in the case."""

    def entry(**what: Any) -> Entry:
        return Entry(event_type=TOLD, outcome=Outcome.OK, actor_ref=by.actor_ref, agency_ref=by.agency_ref, **what)

    at = clock.now()
    standing = standing_rows([place.case_id], day=at.astimezone(clock.AMSTERDAM).date())[place.case_id]
    rows = [row for row in standing if row.uid in uids and row.source_id == source_id]
    for model in rooms_of_words():
        words = model._default_manager.filter(uid__in=uids, about=place, source_id=source_id)
        rows += words_rows(words.select_related(*WORDS_RELATIONS))
    _tell(entry, place.case, rows, kind=Kind.ERASED, sheet=sheet, policy=current_policy(), at=at)


def _tell(
    entry: Callable[..., Entry], case: Case, rows: Iterable[Row], *, kind: Kind, sheet: UUID | None, policy: Policy,
    at: datetime,
) -> tuple[FactNotice, ...]:  # fmt: skip
    by_person: dict[tuple[int | None, int], list[Row]] = defaultdict(list)
    for row in rows:
        by_person[row.about_id, row.source_id].append(row)
    made: list[FactNotice] = []
    entries: list[Entry] = []
    for (about, source), theirs in by_person.items():
        subject = f"subject:{theirs[0].subject_uid}" if theirs[0].subject_uid else ""
        for agency, had in who_had(case, theirs, policy=policy).items():
            notice = FactNotice.objects.create(
                case=case, person_id=about, source_id=source, recipient=agency, kind=kind,
                fields=to_hex(had.fields), sheet=sheet, at=at,
            )  # fmt: skip
            _add_readers(notice, had)
            made.append(notice)
            detail = {"notice": str(notice.uid), "kind": kind.value, "recipient": agency.code}
            entries.append(entry(case_ref=case.ref, subject_ref=subject, action=Action.CREATE, detail=detail))
    if entries:
        append(entries)
    return tuple(made)


def _add_readers(notice: FactNotice, had: Had) -> None:
    uuids = [ref.removeprefix(_PERSON) for ref in had.readers if ref.startswith(_PERSON)]
    for person in Professional.objects.filter(uuid__in=uuids):
        NoticeReader.objects.create(
            notice=notice, professional=person, fields=to_hex(had.readers[person.reference])
        )  # fmt: skip
