"""Reads the agreed versions with their terms and parties, as the compiler takes them. Not here: compiling them.

Read anew at every change of a rule, while others wait for it: in a few values, and only what is new is parsed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from agreements.covenants.models import Covenant, CovenantVersion, Party, Suspension
from agreements.covenants.rules import Span, State, without
from agreements.parties.models import Agency
from agreements.policy.compile import Accession, VersionTerms
from agreements.policy.document import CovenantDocument
from agreements.policy.question import Actor
from foundation.clock import AMSTERDAM
from foundation.folding import folding, moment, unfold


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInForce:
    """A version that is or was in force, or will be: its document and its term [starts, ends)."""

    document: CovenantDocument
    starts: datetime
    ends: datetime | None

    @property
    def last_day(self) -> datetime | None:
        """A moment on the last day of the term, in the Netherlands; None without an end."""
        if self.ends is None:
            return None
        # `ends` is exclusive: midnight belongs to the day after.
        return self.ends.astimezone(AMSTERDAM) - _TICK


_TICK = datetime.resolution
Versions = dict[tuple[str, int], VersionInForce]
"""By code and number."""


def parsed(text: str) -> CovenantDocument:
    """A document from the JSON of a stored version."""
    return CovenantDocument.model_validate(json.loads(text))


def all_terms(*, leave_out: str = "") -> tuple[list[VersionTerms], Versions]:
    """Every agreed version with its parties, less those of one covenant, in the order of code and number."""
    agreed, suspended, parties = _read()
    gaps: dict[str, list[Span]] = defaultdict(list)
    for code, starts, ends in suspended:
        gaps[code].append((_begun(starts), moment(ends)))
    accessions: dict[str, list[Accession]] = defaultdict(list)
    for code, _starts, _pk, *of in sorted(parties, key=lambda row: row[:3]):
        accessions[code].append(_accession(*of))
    found = sorted((row for row in agreed if row[0] != leave_out), key=lambda row: row[:2])
    documents = _documents({row[2]: row[3] for row in found}, all_of_them=not leave_out)
    terms: list[VersionTerms] = []
    versions: Versions = {}
    for code, number, pk, _sha256, starts, ends in found:
        term = (_begun(starts), moment(ends))
        versions[code, number] = VersionInForce(document=documents[pk], starts=term[0], ends=term[1])
        terms += _terms(documents[pk], term, gaps[code], tuple(accessions[code]))
    return terms, versions


def _terms(
    document: CovenantDocument, term: Span, gaps: list[Span], accessions: tuple[Accession, ...]
) -> Iterator[VersionTerms]:
    for starts, ends in without(term, gaps):
        yield VersionTerms(document=document, starts=starts, ends=ends, accessions=accessions)


# --- documents -----------------------------------------------------------------------------------------------

_known: dict[str, CovenantDocument] = {}
"""By SHA-256 of their text, those of the last reading: what was agreed never changes, and parsing takes longest."""


def _documents(wanted: dict[int, str], *, all_of_them: bool) -> dict[int, CovenantDocument]:
    """The documents of these versions (row number → SHA-256), by row number."""
    global _known
    known = _known
    found = {pk: known[sha256] for pk, sha256 in wanted.items() if sha256 in known}
    if missing := wanted.keys() - found.keys():
        known = dict(known)
        for pk, text in CovenantVersion.objects.filter(pk__in=missing).values_list("pk", "document"):
            found[pk] = known[hashlib.sha256(text.encode()).hexdigest()] = parsed(text)
    _known = {sha256: known[sha256] for sha256 in wanted.values() if sha256 in known} if all_of_them else known
    return found


# --- rows ----------------------------------------------------------------------------------------------------

_COVENANT = f"JOIN {Covenant._meta.db_table} c ON c.id = x.covenant_id"
_VERSIONS = (
    ("c.code", "x.number", "x.id", "x.sha256", "x.starts", "x.ends"),
    f"{CovenantVersion._meta.db_table} x {_COVENANT} WHERE x.state = '{State.AGREED.value}'",
)
_SUSPENSIONS = (("c.code", "x.starts", "x.ends"), f"{Suspension._meta.db_table} x {_COVENANT}")
_PARTIES = (
    ("c.code", "x.starts", "x.id", "a.code", "a.type", "x.capacity", "x.starts", "x.ends", "x.facts_stay"),
    f"{Party._meta.db_table} x {_COVENANT} JOIN {Agency._meta.db_table} a ON a.id = x.agency_id",
)


def _read() -> list[list[list[Any]]]:
    """Versions, suspensions and parties, as they stand at one moment.

    In one value each: SQLite lets other threads go first at every row, which would take long while they are busy.
    """
    folded = (
        f"(SELECT {folding(connection.vendor, columns)} FROM {tables})"  # noqa: S608 - our own names
        for columns, tables in (_VERSIONS, _SUSPENSIONS, _PARTIES)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(folded)}")
        return [unfold(text) for text in cursor.fetchone()]


def _begun(text: str) -> datetime:
    found = moment(text)
    assert found is not None  # noqa: S101 - a column that is never empty
    return found


def _accession(code: str, type_: str, capacity: str, starts: str, ends: str | None, facts_stay: object) -> Accession:
    return Accession(
        agency=_actor(code, type_), capacity=capacity, starts=_begun(starts), ends=moment(ends),
        facts_stay=bool(facts_stay),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _actor(code: str, type_: str) -> Actor:
    return Actor(code=code, type=type_)
