"""A report on paper: goals with their plots, pledges, lessons, with the numbers enclosed as JSON; sealed (PAdES)."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements.signing.sealing import house, seal_pdf
from foundation import clock
from foundation.canonical import canonical_bytes
from foundation.paper import Enclosed, to_pdf
from programmes.pacts.words import STANDINGS
from programmes.plans.plots import plot_of
from programmes.plans.queries import PillarLine
from programmes.reports.models import HalfYearReport
from programmes.reports.queries import Told, goal_rows, pledge_rows, told
from programmes.reports.rules import HalfYear

NUMBERS = "cijfers.json"
LANGUAGE = "nl"
"""Of the report: it is a public document of Dutch authorities."""


def printed(report: HalfYearReport) -> bytes:
    """The report as PDF/A-3a with a certifying signature over all of it. report: loaded with its programme."""
    now, half = clock.now(), HalfYear(report.year, report.half)
    with override(LANGUAGE):
        known = told(report.programme.code)
        html = render_to_string("programmes/reports/report.html", _context(report, half, known))
        enclosed = Enclosed(
            name=NUMBERS, data=canonical_bytes(twin_of(half, known)), relationship="Data",
            words=_("De cijfers van dit bericht"), at=now,
        )  # fmt: skip
        css = render_to_string("cases/papers/print.css") + render_to_string("programmes/reports/print.css")
        pdf = to_pdf(html, css=css, variant="pdf/a-3a", enclosed=[enclosed])
        reason = _("Halfjaarbericht %(half)s van %(code)s: vastgelegd") % {
            "half": half.code, "code": report.programme.code,
        }  # fmt: skip
    return seal_pdf(pdf, house("half_year"), code=report.programme.code, at=now, reason=reason)


def twin_of(half: HalfYear, known: Told) -> dict[str, Any]:
    """The numbers for machines, those of the open data."""
    return {
        "form": "verbond-half-year-1", "programme": known.page.programme.code, "half_year": half.code,
        "goals": goal_rows(known), "pledges": pledge_rows(known),
    }  # fmt: skip


def _context(report: HalfYearReport, half: HalfYear, known: Told) -> dict[str, Any]:
    return {
        "house": settings.VERBOND_NAME, "report": report, "half": half, "programme": report.programme,
        "areas": [name for _code, name in known.page.areas], "at": clock.now().astimezone(clock.AMSTERDAM),
        "pillars": [_pillar(line, half) for line in known.page.pillars],
        "pledges": [
            {"line": one, "standing": STANDINGS.get(one.standing, _("nog niet vrijgegeven"))}
            for one in known.pact.pledges
        ],
        "counts": [(STANDINGS[standing], n) for standing, n in known.pact.counts.items() if n],
        "lessons": [one for one in known.page.lessons if half.holds(one.ended_on)],
        "threshold": settings.SMALL_NUMBER,
    }  # fmt: skip


def _pillar(line: PillarLine, half: HalfYear) -> dict[str, Any]:
    return {
        "name": line.pillar.name,
        "plots": [plot_of(goal, language=LANGUAGE) for goal in line.goals],
        "told": [one for one in line.reports if half.holds(one.published_on)],
    }
