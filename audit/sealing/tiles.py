"""The tiles of the sealed log as stored: full ones in audit_tile, those at the right edge made from what is below."""

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal.rows import insert_together
from audit.proofs.tree import TILE_WIDTH, Range, Read, grow, split_hashes
from audit.proofs.verifier import ProofError, root

_COLUMNS = ("level", "index", "width", "hashes", "root")


def reader(connection: BaseDatabaseWrapper) -> Read:
    """read(level, index, width) -> hashes, for audit.proofs.tree. The reader raises ProofError for tiles not there.

    Two queries at most: a full tile is one row, a partial one at most 255 leaves or roots of tiles.
    """

    def read(level: int, index: int, width: int) -> bytes:
        full = 'SELECT hashes FROM audit_tile WHERE level = %s AND "index" = %s'
        first, until = index * TILE_WIDTH, index * TILE_WIDTH + width
        with connection.cursor() as cursor:
            cursor.execute(full, [level, index])
            row = cursor.fetchone()
            if row:
                return bytes(row[0])
            if level == 0:
                below = "SELECT leaf_hash FROM audit_leaf WHERE seq >= %s AND seq < %s ORDER BY seq"
                cursor.execute(below, [first, until])
            else:
                below = (
                    'SELECT root FROM audit_tile WHERE level = %s AND "index" >= %s AND "index" < %s ORDER BY "index"'
                )
                cursor.execute(below, [level - 1, first, until])
            hashes = [bytes(value) for (value,) in cursor.fetchall()]
        if len(hashes) != width:
            raise ProofError(f"tile {level}/{index} holds {len(hashes)} hashes, not {width}")
        return b"".join(hashes)

    return read


def store(connection: BaseDatabaseWrapper, *, old_size: int, leaf_hashes: list[bytes]) -> None:
    """Add the tiles that become full when these leaves follow the first `old_size`.

    Call it in the transaction that inserts the leaves. Raises ProofError when the tree as stored is not whole.
    """
    rows = []
    for (level, index, width), hashes in grow(old_size, leaf_hashes, reader(connection)):
        if width == TILE_WIDTH:
            rows.append((level, index, width, hashes, root(split_hashes(hashes))))
    insert_together(connection, [("audit_tile", _COLUMNS, rows)])


def range_of(connection: BaseDatabaseWrapper, size: int) -> Range:
    """The state of the tree of the first `size` leaves, out of tiles: its cost goes with their levels, not with size.

    Raises ProofError when tiles are missing.
    """
    return Range.from_tiles(size, reader(connection))
