"""Has the report of a half-year made, and publishes it. Making it is work for the background (tasks.py)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.plans.acting import journal, words
from programmes.plans.models import ProgrammeState
from programmes.plans.rights import led_by
from programmes.reports import events
from programmes.reports.models import HalfYearReport, ReportState
from programmes.reports.rules import ended, half_year
from programmes.reports.tasks import make_half_year

STALE = timedelta(minutes=10)
"""After so long nobody is making it any more: the worker was stopped in the middle."""


def ask_half_year(visit: Visit, code: str, *, half: str, text: str) -> HalfYearReport:
    """Have the report of a half-year made; one that was not published yet is made anew.

    half: "2026-1". text: what who leads the programme says of it.
    Raises NotFound, Refused; Invalid: no words, a half-year that is not over or not of the programme, one that was
    published, or one that is being made.
    """
    programme = led_by(visit, code, event=events.ASKED)
    if programme.state == ProgrammeState.PROPOSED:
        raise Invalid(
            _("Een voorstel heeft nog geen halfjaarbericht."), remedy=_("Stel het programma eerst vast."), field="half"
        )
    period = half_year(half)
    over = ended(starts_year=programme.starts_year, until_year=programme.until_year, today=clock.today())
    if period is None or period not in over:
        raise Invalid(_("Dit halfjaar is nog niet voorbij."), remedy=_("Kies er een uit de lijst."), field="half")
    said = words(text, field="text", empty=_("Schrijf wat er in dit halfjaar is gebeurd."))
    with transaction.atomic(), write_scope(reason=events.ASKED):
        known = HalfYearReport.objects.select_for_update().filter(
            programme=programme, year=period.year, half=period.half
        ).first()  # fmt: skip
        if known is not None and known.published_on is not None:
            raise Invalid(
                _("Over dit halfjaar is al bericht."), remedy=_("Kies een ander halfjaar."), field="half"
            )  # fmt: skip
        if known is not None and known.is_busy and clock.now() - known.asked_at < STALE:
            raise Invalid(_("Dit bericht wordt al gemaakt."), remedy=_("Het duurt een halve minuut."), field="half")
        if known is not None:
            known.delete()
        report = HalfYearReport.objects.create(
            programme=programme, year=period.year, half=period.half, words=said, asked_at=clock.now()
        )
        journal(visit, events.ASKED, action=Action.CREATE, programme=code, half=period.code)
        uid = str(report.uid)
        transaction.on_commit(lambda: make_half_year.enqueue(uid))
    return report


def publish_half_year(visit: Visit, code: str, uid: UUID) -> HalfYearReport:
    """Give a report to everybody, for good. Raises NotFound, Refused; Invalid: not made yet, or published before."""
    programme = led_by(visit, code, event=events.PUBLISHED)
    with transaction.atomic(), write_scope(reason=events.PUBLISHED):
        found = HalfYearReport.objects.select_for_update().filter(programme=programme, uid=uid).first()
        if found is None:
            raise NotFound(_("Dit halfjaarbericht bestaat niet."), remedy=_("Kies er een uit de lijst."))
        if found.state != ReportState.DONE or found.published_on is not None:
            raise Invalid(
                _("Dit bericht is nog niet gemaakt of al gepubliceerd."), remedy=_("Kijk opnieuw in de lijst.")
            )
        found.published_on = clock.today()
        found.save(update_fields=["published_on"])
        half = f"{found.year}-{found.half}"
        journal(visit, events.PUBLISHED, programme=code, half=half, sha256=found.sha256)
    return found
