"""The report on paper: typeset, with its numbers enclosed as JSON, and sealed by this installation (PAdES)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.covenants.models import Covenant
from agreements.signing.sealing import house, seal_pdf
from audit import ports
from audit.exports.kinds import Asked
from cases.disclosure.bounds import known_and_others, rounded
from cases.reports.counts import Counts, Table, counts_of
from foundation import clock
from foundation.canonical import canonical_bytes
from foundation.paper import Enclosed, to_pdf

NUMBERS = "cijfers.json"


def sealed_report(asked: Asked, pieces: Iterable[bytes]) -> bytes:
    """The report as PDF/A-3a with a certifying signature over all of it."""
    now, counts = clock.now(), counts_of(pieces)
    html = render_to_string("cases/reports/report.html", _context(asked, counts, now))
    enclosed = Enclosed(
        name=NUMBERS, data=canonical_bytes(twin_of(asked, counts)), relationship="Data",
        words=_("De cijfers van dit rapport"), at=now,
    )  # fmt: skip
    pdf = to_pdf(html, css=render_to_string("cases/papers/print.css"), variant="pdf/a-3a", enclosed=[enclosed])
    reason = _("Rapport over convenant %(code)s: vastgelegd") % {"code": asked.covenant}
    return seal_pdf(pdf, house("report"), code=asked.covenant, at=now, reason=reason)


def twin_of(asked: Asked, counts: Counts) -> dict[str, Any]:
    """The numbers for machines; "at_least" is a number in whole tens."""

    def lines(table: Table) -> list[dict[str, Any]]:
        return [{"code": code, "at_least": bound.at_least} for code, bound in table.lines]

    return {
        "form": "verbond-report-1",
        "covenant": asked.covenant,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "of_agency": asked.agency,
        "agencies": lines(counts.agencies),
        "articles": lines(counts.articles),
        "purposes": lines(counts.purposes),
        "break_glass_at_least": counts.break_glass.at_least,
        "unexplained": lines(counts.unexplained),
        "refused_at_least": counts.refused.at_least,
        "refused_elsewhere": lines(counts.elsewhere),
        "unnumbered_at_least": rounded(counts.unnumbered),
    }


def _context(asked: Asked, counts: Counts, now: datetime) -> dict[str, Any]:
    agencies = {code for table in (counts.agencies, counts.unexplained, counts.elsewhere) for code, _n in table.lines}
    names = ports.labels_of([*agencies, asked.agency])

    def named(title: str, table: Table) -> dict[str, Any]:
        return {"title": title, "lines": [(names.get(code, code), n) for code, n in table.lines], "total": table.total}

    purposes = [(_purpose(code), n) for code, n in counts.purposes.lines]
    return {
        "house": settings.VERBOND_NAME,
        "code": asked.covenant,
        "title": _title(asked.covenant),
        "language": asked.language,
        "since": asked.since.astimezone(clock.AMSTERDAM),
        "until": asked.until.astimezone(clock.AMSTERDAM),
        "agency": names.get(asked.agency, ""),
        "at": now.astimezone(clock.AMSTERDAM),
        "tables": [
            named(_("Inzages per organisatie"), counts.agencies),
            # No total: a read under two articles stands in both lines.
            {"title": _("Inzages per artikel"), "lines": counts.articles.lines, "total": None},
            {"title": _("Inzages per doel"), "lines": purposes, "total": counts.purposes.total},
            named(_("Inzages zonder verklaring, per organisatie"), counts.unexplained),
            named(_("Weigeringen om een andere reden dan een artikel, van alle convenanten"), counts.elsewhere),
        ],
        "single": [
            (_("Inzages met noodtoegang"), counts.break_glass),
            (_("Weigeringen op een artikel van dit convenant"), counts.refused),
        ],
        "unnumbered": known_and_others(0, counts.unnumbered) if counts.unnumbered else None,
        "threshold": settings.SMALL_NUMBER,
    }


def _purpose(code: str) -> str:
    return labels.label("purpose", code) if code else _("geen doel")


def _title(code: str) -> str:
    return Covenant.objects.filter(code=code).values_list("title", flat=True).first() or code
