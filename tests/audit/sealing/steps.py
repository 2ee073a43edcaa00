"""What the sealer's tests do again and again: append, take back, change behind the guards, look at the tree."""

from typing import Any

from django.db import connection, transaction

from audit.journal.appender import append
from audit.models import Entry, Flaw, Leaf
from audit.proofs.verifier import leaf_hash, root
from audit.sealing import tiles
from tests.audit.conftest import run
from tests.audit.flushing import guards_lifted
from tests.audit.stand_ins import entry


class TakenBack(Exception):
    """Ends a block so that the database takes back what was done in it."""


def write(n: int = 1, **what: Any) -> list[str]:
    """`n` entries, each in a transaction of its own; their uids."""
    uids = []
    for _ in range(n):
        with transaction.atomic():
            uids += append([entry(**what)])
    return uids


def write_and_take_back(n: int = 1) -> None:
    try:
        with transaction.atomic():
            append([entry() for _ in range(n)])
            raise TakenBack
    except TakenBack:
        pass


def tamper(sql: str, params: list[Any] | None = None) -> None:
    """As the owner of the database could: the guards see nothing."""
    with guards_lifted(connection):
        run(sql, params)


def sealed() -> list[str]:
    """Uids in the order of the tree."""
    return [uid.hex for uid in Leaf.objects.order_by("seq").values_list("entry_uid", flat=True)]


def flaws() -> list[str]:
    return list(Flaw.objects.order_by("id").values_list("kind", flat=True))


def tree_is_whole() -> bool:
    """Whether leaves are numbered without gaps, are those of the bodies, and tiles come to the same root."""
    rows = list(Leaf.objects.order_by("seq"))
    bodies = dict(Entry.objects.values_list("uid", "body"))
    hashes = [leaf_hash(bytes(bodies[row.entry_uid])) for row in rows]
    return (
        [row.seq for row in rows] == list(range(len(rows)))
        and hashes == [bytes(row.leaf_hash) for row in rows]
        and tiles.range_of(connection, len(rows)).root() == root(hashes)
    )
