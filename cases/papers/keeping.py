"""How papers are kept: closed at rest, and taken away after a day or with the case that they are of."""

from django.db.models import QuerySet

from cases.papers.lines import keeps_for
from cases.papers.models import PaperBase
from cases.records.models import Case
from foundation import clock
from foundation.boxes import box

_TABLES: dict[type[PaperBase], str] = {}


def enter_papers(table: type[PaperBase], *, case: str) -> None:
    """Have the papers of this table taken away in time. case: look-up from a paper to its case."""
    _TABLES[table] = case


def sealed(table: type[PaperBase], pdf: bytes) -> bytes:
    """A print as the table keeps it."""
    return box(table.BOX).encrypt(pdf)


def opened(paper: PaperBase) -> bytes:
    """The print that a paper keeps."""
    return box(paper.BOX).decrypt(bytes(paper.content or b""))


def erase_old() -> int:
    """Take away the papers that were kept long enough; how many."""
    old = clock.now() - keeps_for()
    return sum(_all(table).filter(asked_at__lte=old).delete()[0] for table in _TABLES)


def erase_of(case: Case) -> dict[str, int]:
    """Take away all papers on which something of this case may stand; per table how many."""
    counts = {}
    for table, path in _TABLES.items():
        papers = list(_all(table).filter(**{path: case}).values_list("pk", flat=True))
        counts[table._meta.db_table] = len(set(papers))
        _all(table).filter(pk__in=papers).delete()
    return counts


def _all(table: type[PaperBase]) -> QuerySet[PaperBase]:
    return table._default_manager.all()
