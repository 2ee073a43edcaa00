"""Timelines of the journal: what was read about one person concerned, by one reader, in one case, for one agency.

Names of fields, never values. Who may look, and the entry of each look, is in looking.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Q, QuerySet

from audit.journal import models as journal
from audit.journal import queries
from audit.journal.evidence import body_value
from audit.journal.fieldset import FieldLabel, labels
from audit.journal.filters import Filter, matching
from audit.oversight import queries as kept
from audit.ports import Sort
from foundation import masks

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One read, or one act of break-glass. fields: what left; announced: of what only the existence left.

    roles: codes of the roles of who read. read: the line with its reason (R1-R9, U) and the rules that marked it.
    """

    read: kept.Read
    roles: tuple[str, ...]
    fields: tuple[FieldLabel, ...]
    announced: tuple[FieldLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of moments, newest first; `older` is the cursor of the next page, "" at the end."""

    moments: tuple[Moment, ...]
    older: str


def about(sort: Sort, reference: str, *, scope: str | None, before: str = "") -> "QuerySet[journal.Entry]":
    """Reads and acts of break-glass of this, by readers in `scope` (None: of all agencies), newest first."""
    subjects, cases, readers, agencies = (
        (reference,) if sort is kind else None for kind in (Sort.PERSON, Sort.CASE, Sort.READER, Sort.AGENCY)
    )
    wanted = Filter(subjects=subjects, cases=cases, readers=readers, agencies=agencies)
    found = matching(wanted, scope_agency_ref=scope, before=before)
    return found.filter(Q(action="R") | Q(break_glass=True))


def with_reads(sort: Sort, references: Iterable[str], *, scope: str | None) -> tuple[str, ...]:
    """Those of these of which there is anything to show: what nobody in scope read is not told to exist."""
    return tuple(ref for ref in references if about(sort, ref, scope=scope).exists())[:MOST_CHOICES]


def timeline(sort: Sort, reference: str, *, scope: str | None, before: str = "", limit: int = queries.PAGE) -> Timeline:
    """A page of one timeline, in five queries. Raises Invalid for a cursor that is none, and for a NUL."""
    rows = list(about(sort, reference, scope=scope, before=before)[: limit + 1])
    shown = rows[:limit]
    beside = {read.line.uid: read for read in kept.read_lines(row.uid for row in shown)}
    # Catalogues change seldom: a page has one or two of them.
    meaning = cache(lambda catalogue: labels(catalogue_hash=catalogue))
    moments = []
    for row in shown:
        body = body_value(row)
        act, matter = body.get("act", {}), body.get("matter", {})
        known = meaning(act.get("catalogue_hash", ""))
        moments.append(
            Moment(
                read=beside[row.uid.hex], roles=tuple(act.get("roles", ())),
                fields=_named(matter.get("fields", ""), known), announced=_named(matter.get("announced", ""), known),
            )
        )  # fmt: skip
    return Timeline(moments=tuple(moments), older=shown[-1].uid.hex if len(rows) > limit else "")


def _named(mask: str, known: dict[int, FieldLabel]) -> tuple[FieldLabel, ...]:
    return tuple(
        known.get(bit) or FieldLabel(bit=bit, field=f"bit_{bit}", label_nl=f"{bit}", label_en=f"{bit}")
        for bit in masks.bits(masks.from_hex(mask))
    )
