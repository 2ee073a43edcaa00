"""Takes throughput times in from a CSV: all of it or nothing, protected before it is stored, with an entry."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation.errors import NotFound
from programmes.justice import events
from programmes.justice.models import Throughput
from programmes.justice.reading_file import read_throughput
from programmes.justice.rights import prosecuted_by
from programmes.justice.rules import Cell, protected
from programmes.plans.acting import journal
from programmes.plans.models import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an import came to: cells with a number of cases, and those about too few."""

    kept: int
    hidden: int


def import_throughput(visit: Visit, code: str, *, file: str) -> Kept:
    """Take in the text of a CSV. For the prosecution. Raises NotFound, Refused; Invalid by line and column."""
    programme = prosecuted_by(visit, code, event=events.THROUGHPUT)
    return _take_in(programme, file, lambda n: journal(visit, events.THROUGHPUT, programme=code, cells=n))


def load_throughput(text: str, *, code: str, by: Author) -> Kept:
    """Take in the text of a CSV, for the operator. Raises NotFound; Invalid by line and column."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        raise NotFound(_("Dit programma bestaat niet."), remedy=_("Noem de code uit het adres van het programma."))

    def note(n: int) -> None:
        append([
            Entry(
                event_type=events.THROUGHPUT, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, detail={"programme": code, "cells": n},
            )
        ])  # fmt: skip

    return _take_in(programme, text, note)


def _standing(row: Throughput) -> Cell:
    return Cell(cases=row.cases, low=row.low, median=row.median, high=row.high, withdrawn=row.withdrawn)


def _take_in(programme: Programme, text: str, note: Callable[[int], None]) -> Kept:
    lines = read_throughput(text)
    with transaction.atomic(), write_scope(reason=events.THROUGHPUT):
        # The row of the programme is the lock: of two imports at once the later sees what the earlier kept.
        Programme.objects.select_for_update().get(pk=programme.pk)
        rows = {(row.offences, row.year, row.half): row for row in Throughput.objects.filter(programme=programme)}
        shown = 0
        for line in lines:
            row = rows.get((line.offences, line.year, line.half))
            standing = _standing(row) if row else None
            cell = protected(
                cases=line.cases, low=line.low, median=line.median, high=line.high, threshold=settings.SMALL_NUMBER,
                standing=standing,
            )  # fmt: skip
            shown += cell.cases is not None
            if row is None or cell != standing:
                Throughput.objects.update_or_create(
                    programme=programme, offences=line.offences, year=line.year, half=line.half,
                    defaults=asdict(cell) | {"source": line.source, "dated": line.dated},
                )  # fmt: skip
        note(len(lines))
    return Kept(kept=shown, hidden=len(lines) - shown)
