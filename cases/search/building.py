"""Builds the indexes from the facts and the words of rooms that stand, and takes words out of them.

The only one to get words out of their seal. Called in the transaction and the write scope of whatever changed the
facts or words, so that an index never differs from what it is of.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.loading.bulk import Bulk
from cases.disclosure.indexing import words_for_index
from cases.records.models import Contribution, SealedWords
from cases.search.following import TABLES
from cases.search.full_text import HALVES, remake, shed
from cases.search.models import RoomRow, SearchRow

BATCH = 2000
_COLUMNS = ("case_id", "contribution_id", "source_id", "bit", "words")
_OF_ROOMS = ("case_id", "room", "uid", "source_id", "about_id", "other_id", "under", "heard", "bit", "words")
FILES = "attachment"
"""The room whose words are files: what is found is what a file is called."""


def index(contribution_ids: Collection[int]) -> None:
    """Make the words of these contributions what they say now; of a withdrawn one none. Inside a write scope."""
    for ids in _batches(list(contribution_ids)):
        _rows(contribution_id__in=ids)
        _add(ids)


def index_words(words: Iterable[SealedWords]) -> None:
    """Make what is found of these words of rooms what they say now; of withdrawn ones none. Inside a write scope.

    Words of a table that search does not know (following.TABLES) are left out.
    """
    known = [found for found in words if found._meta.db_table in TABLES]
    RoomRow.objects.filter(uid__in=[found.uid for found in known]).delete()
    Bulk(connection, RoomRow, _OF_ROOMS).insert(_made_of_rooms(known))


def forget(*, case_ids: Collection[int] = (), contribution_ids: Collection[int] = ()) -> int:
    """Erase the words of these cases and contributions from the index, its pages included. Inside a write scope.

    For retention, before the facts themselves are erased. Returns how many fields were in it. On PostgreSQL the
    bytes are gone after VACUUM of the table, as with every other table.
    """
    gone = sum(_rows(case_id__in=ids) for ids in _batches(list(case_ids)))
    gone += sum(_rows(contribution_id__in=ids) for ids in _batches(list(contribution_ids)))
    gone += sum(RoomRow.objects.filter(case_id__in=ids).delete()[0] for ids in _batches(list(case_ids)))
    shed(connection)
    return gone


def rebuild(*, by: str, progress: Callable[[int], None] = lambda _: None) -> int:
    """Build the whole index anew; returns how many contributions are in it.

    by: who asks, as the journal names them. Each batch is a transaction with an entry of its own: a run that is
    broken off leaves an index that is right in part, and the next run mends it.
    """
    done = 0
    with transaction.atomic():
        remake(connection)
    for ids in _batches(list(Contribution.objects.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic(), write_scope(reason="reindex"):
            index(ids)
            append([_entry(by, contributions=len(ids))])
        done += len(ids)
        progress(len(ids))
    _rebuild_rooms(by)
    with connection.cursor() as cursor:
        # Without knowing how common words are, PostgreSQL fetches every row that has one before it looks at the rest.
        for half in HALVES:
            cursor.execute(f"ANALYZE {half.table}")
    return done


def missing() -> int:
    """How many contributions and words of rooms have other words in their index than they should; nought if sound."""
    known = list(Contribution.objects.order_by("pk").values_list("pk", flat=True))
    count = 0
    for ids in _batches(known):
        stands = set(SearchRow.objects.filter(contribution_id__in=ids).values_list(*_COLUMNS))
        count += len({row[1] for row in stands.symmetric_difference(_made(ids))})
    return count + _missing_in_rooms()


def _add(ids: Collection[int]) -> None:
    Bulk(connection, SearchRow, _COLUMNS).insert(_made(ids))


def _made(ids: Collection[int]) -> list[tuple[int, int, int, int, str]]:
    """The rows of these contributions as they should be, in the order of _COLUMNS."""
    standing = Contribution.objects.filter(pk__in=ids, withdrawn_at__isnull=True).order_by("pk")
    rows = list(standing.values_list("pk", "case_id", "source_id", "values"))
    places = {pk: (case, source) for pk, case, source, _values in rows}
    words = words_for_index([(pk, values) for pk, _case, _source, values in rows], catalogue=load_catalogue())
    return [(places[pk][0], pk, places[pk][1], bit, text) for pk, bit, text in words]


def _made_of_rooms(words: Iterable[SealedWords]) -> list[tuple[Any, ...]]:
    """The rows of these words as they should be, in the order of _OF_ROOMS."""
    rows: list[tuple[Any, ...]] = []
    standing = [found for found in words if found.withdrawn_at is None]
    for model in {type(found) for found in standing}:
        room = str(model._meta.model_name)
        of = {found.pk: found for found in standing if type(found) is model}
        sealed = [(pk, found.values) for pk, found in of.items()]
        for pk, bit, text in words_for_index(sealed, catalogue=load_catalogue(), files=room == FILES):
            row = of[pk]
            other = getattr(row, "other_id", None)
            rows.append(
                (row.case_id, room, row.uid, row.source_id, row.about_id, other, row.under, row.heard, bit, text)
            )
    return rows


def _all_words() -> Iterator[list[SealedWords]]:
    """All words of rooms that search knows, withdrawn ones too, in batches of one table."""
    for model in apps.get_app_config("cases").get_models():
        if issubclass(model, SealedWords) and model._meta.db_table in TABLES:
            rows = model._default_manager.order_by("pk")
            for ids in _batches(list(rows.values_list("pk", flat=True))):
                yield list(rows.filter(pk__in=ids))


def _rebuild_rooms(by: str) -> None:
    known: set[UUID] = set()
    for words in _all_words():
        with transaction.atomic(), write_scope(reason="reindex"):
            index_words(words)
            append([_entry(by, words=len(words))])
        known.update(found.uid for found in words)
    lost = set(RoomRow.objects.values_list("uid", flat=True)) - known
    if lost:
        with transaction.atomic(), write_scope(reason="reindex"):
            RoomRow.objects.filter(uid__in=lost).delete()
            append([_entry(by, words=0)])


def _missing_in_rooms() -> int:
    stands = set(RoomRow.objects.values_list(*_OF_ROOMS))
    should = {row for words in _all_words() for row in _made_of_rooms(words)}
    return len({row[2] for row in stands.symmetric_difference(should)})


def _rows(**which: Collection[int]) -> int:
    return SearchRow.objects.filter(**which).delete()[0]


def _batches(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _entry(by: str, **counts: int) -> Entry:
    return Entry(
        event_type="search.indexed", action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=by,
        agency_ref="installation", detail=dict(counts),
    )  # fmt: skip
