"""Reads throughput times (CSV, RFC 4180); says what is wrong with each line, by line and column. Keeps nothing."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Invalid
from programmes.justice.models import Offences
from programmes.justice.rules import is_over

COLUMNS = ("period", "offences", "cases", "q1_days", "median_days", "q3_days", "source", "dated")
MOST_FAULTS, MOST_LINES, LONGEST_DAYS = 20, 2000, 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: cases of a group that were ruled on in a half-year, with the quartiles of their days."""

    year: int
    half: int
    offences: str
    cases: int
    low: Decimal
    median: Decimal
    high: Decimal
    source: str
    dated: date


class _Fault(Exception):
    """What is wrong with one column of a line."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def read_throughput(text: str) -> list[Line]:
    """The lines of a CSV with COLUMNS. Raises Invalid with a place (line and column) for every fault."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    header = next(reader, [])
    if tuple(name.strip().lower() for name in header) != COLUMNS:
        raise Invalid(
            _("Regel 1: de eerste regel is niet: %(columns)s.") % {"columns": ",".join(COLUMNS)}, field="file",
            remedy=_("Zet de kolommen in deze volgorde, met komma's ertussen."),
        )  # fmt: skip
    faults: list[tuple[str, str]] = []
    found: dict[tuple[int, int, str], Line] = {}
    for cells in _lines(reader):
        try:
            line = _line([cell.strip() for cell in cells])
            key = (line.year, line.half, line.offences)
            if key in found:
                raise _Fault("offences", _("deze groep staat al bij dit halfjaar"))
            found[key] = line
        except _Fault as fault:
            place = _("regel %(line)d, kolom %(column)s") % {"line": reader.line_num, "column": fault.column}
            faults.append((place, fault.why))
    if faults:
        raise Invalid(
            "; ".join(f"{place}: {why}" for place, why in faults[:MOST_FAULTS]) + ".", field="file",
            remedy=_("Verbeter dit en lees opnieuw in; er is niets opgeslagen."),
        )  # fmt: skip
    if not found:
        raise Invalid(
            _("Er staan geen cijfers in."), remedy=_("Zet onder de eerste regel een regel per groep."), field="file"
        )  # fmt: skip
    return list(found.values())


def _lines(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    n = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                n += 1
                if n > MOST_LINES:
                    raise Invalid(
                        _("Dit zijn meer dan %(n)d regels.") % {"n": MOST_LINES}, field="file",
                        remedy=_("Lees het bestand in delen in."),
                    )  # fmt: skip
                yield cells
    except csv.Error as fault:
        raise Invalid(
            _("Dit is geen CSV: %(fault)s.") % {"fault": fault}, field="file", remedy=_("Sla het bestand op als CSV.")
        ) from None


def _line(cells: list[str]) -> Line:
    if len(cells) != len(COLUMNS):
        raise _Fault(
            COLUMNS[min(len(cells), len(COLUMNS) - 1)],
            _("de regel heeft %(n)d kolommen in plaats van %(most)d") % {"n": len(cells), "most": len(COLUMNS)},
        )
    period, offences, cases, low, median, high, source, dated = cells
    year, half = _period(period)
    if offences not in Offences.values:
        raise _Fault(
            "offences", _("%(text)s is geen groep; een totaal wordt niet ingelezen") % {"text": offences or "–"}
        )
    if not re.fullmatch(r"[0-9]{1,6}", cases, re.ASCII):
        raise _Fault("cases", _("%(text)s is geen aantal") % {"text": cases or "–"})
    n = int(cases)
    days = [_days(column, text, none=n == 0) for column, text in zip(COLUMNS[3:6], (low, median, high), strict=True)]
    for column, before, after in (("median_days", days[0], days[1]), ("q3_days", days[1], days[2])):
        if after < before:
            raise _Fault(column, _("is lager dan de kolom ervoor"))
    if not source or len(source) > 160:
        raise _Fault("source", _("noem de bron, in ten hoogste 160 tekens"))
    return Line(
        year=year, half=half, offences=offences, cases=n, low=days[0], median=days[1], high=days[2], source=source,
        dated=_day(dated),
    )  # fmt: skip


def _period(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(20[0-9]{2})-([12])", text, re.ASCII)
    if not found:
        raise _Fault("period", _("%(text)s is geen halfjaar (2025-1 of 2025-2)") % {"text": text or "–"})
    year, half = int(found[1]), int(found[2])
    if not is_over(year, half, on=clock.today()):
        raise _Fault("period", _("dit halfjaar is nog niet voorbij"))
    return year, half


def _days(column: str, text: str, *, none: bool) -> Decimal:
    if none and not text:
        return Decimal(0)
    try:
        found = Decimal(text)
        fits = found.is_finite() and 0 <= found <= LONGEST_DAYS
    except InvalidOperation:
        fits = False
    if not fits:
        raise _Fault(column, _("%(text)s is geen aantal dagen") % {"text": text or "–"})
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Fault("dated", _("%(text)s is geen datum (2025-12-31)") % {"text": text or "–"}) from None
