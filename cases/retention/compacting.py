"""Which tables of cases are rewritten after a destruction, so that the bytes go too (foundation.compacting)."""

from collections.abc import Iterable

from django.db import connection

from foundation.compacting import rewrite

EMPTIED = frozenset({"cases_case", "cases_phasechange", "cases_signal", "cases_typeddraft"})
"""Tables of which rows are emptied rather than deleted: they keep the old row until they are rewritten."""


FOLLOWING = frozenset({"cases_searchrow", "cases_roomrow"})
"""The indexes of search, of which rows go along by themselves, so that no count names them."""


def compact(tables: Iterable[str]) -> None:
    """Rewrite the store without what was deleted from these tables. Outside a transaction."""
    rewrite(connection, EMPTIED | FOLLOWING | set(tables))
