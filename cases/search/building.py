"""Builds the search index from the facts that stand, and takes words out of it. The only one to get words of facts.

Called in the transaction and the write scope of whatever changed the facts, so that index and facts never differ.
"""

from collections.abc import Callable, Collection, Iterator

from django.db import connection, transaction

from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.loading.bulk import Bulk
from cases.disclosure.indexing import words_for_index
from cases.records.models import Contribution
from cases.search.full_text import TABLE, remake, shed
from cases.search.models import SearchRow

BATCH = 2000
_COLUMNS = ("case_id", "contribution_id", "source_id", "bit", "words")


def index(contribution_ids: Collection[int]) -> None:
    """Make the words of these contributions what they say now; of a withdrawn one none. Inside a write scope."""
    for ids in _batches(list(contribution_ids)):
        _rows(contribution_id__in=ids)
        _add(ids)


def forget(*, case_ids: Collection[int] = (), contribution_ids: Collection[int] = ()) -> int:
    """Erase the words of these cases and contributions from the index, its pages included. Inside a write scope.

    For retention, before the facts themselves are erased. Returns how many fields were in it. On PostgreSQL the
    bytes are gone after VACUUM of the table, as with every other table.
    """
    gone = sum(_rows(case_id__in=ids) for ids in _batches(list(case_ids)))
    gone += sum(_rows(contribution_id__in=ids) for ids in _batches(list(contribution_ids)))
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
            append([_entry(by, ids)])
        done += len(ids)
        progress(len(ids))
    with connection.cursor() as cursor:
        # Without knowing how common words are, PostgreSQL fetches every row that has one before it looks at the rest.
        cursor.execute(f"ANALYZE {TABLE}")
    return done


def missing() -> int:
    """How many contributions have other words in the index than they should; nought in a sound installation."""
    known = list(Contribution.objects.order_by("pk").values_list("pk", flat=True))
    count = 0
    for ids in _batches(known):
        stands = set(SearchRow.objects.filter(contribution_id__in=ids).values_list(*_COLUMNS))
        count += len({row[1] for row in stands.symmetric_difference(_made(ids))})
    return count


def _add(ids: Collection[int]) -> None:
    Bulk(connection, SearchRow, _COLUMNS).insert(_made(ids))


def _made(ids: Collection[int]) -> list[tuple[int, int, int, int, str]]:
    """The rows of these contributions as they should be, in the order of _COLUMNS."""
    standing = Contribution.objects.filter(pk__in=ids, withdrawn_at__isnull=True).order_by("pk")
    rows = list(standing.values_list("pk", "case_id", "source_id", "values"))
    places = {pk: (case, source) for pk, case, source, _values in rows}
    words = words_for_index([(pk, values) for pk, _case, _source, values in rows], catalogue=load_catalogue())
    return [(places[pk][0], pk, places[pk][1], bit, text) for pk, bit, text in words]


def _rows(**which: Collection[int]) -> int:
    return SearchRow.objects.filter(**which).delete()[0]


def _batches(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _entry(by: str, ids: Collection[int]) -> Entry:
    return Entry(
        event_type="search.indexed", action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=by,
        agency_ref="installation", detail={"contributions": len(ids)},
    )  # fmt: skip
