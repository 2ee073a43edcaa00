"""Which reports there are for a reader, and what a report or a data set tells: what everybody may know, no more."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from foundation import clock
from foundation.errors import NotFound
from programmes.pacts.queries import PactPage, pact_page
from programmes.plans.models import Programme
from programmes.plans.queries import ProgrammePage, programme_page, programmes
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for
from programmes.plans.rules import GOING_STATES
from programmes.reports.models import HalfYearReport, ReportState
from programmes.reports.rules import HalfYear, ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The reports of a programme for one reader. free: half-years that are over and have none that is published."""

    programme: Programme
    leads: bool
    partner: bool
    reports: tuple[HalfYearReport, ...]
    free: tuple[HalfYear, ...]

    @property
    def is_busy(self) -> bool:
        """Whether one is being made."""
        return any(report.is_busy for report in self.reports)


def shelf(visit: Visit | None, code: str) -> Shelf:
    """The reports of a programme: the published ones, and for who leads it all. Raises NotFound."""
    programme = programme_for(visit, code)
    leads = may_lead(visit, programme)
    found = HalfYearReport.objects.filter(programme=programme).defer("content")
    reports = tuple(found if leads else found.filter(published_on__isnull=False))
    taken = {(one.year, one.half) for one in reports if one.published_on or one.is_busy}
    over = ended(starts_year=programme.starts_year, until_year=programme.until_year, today=clock.today())
    return Shelf(
        programme=programme, leads=leads, partner=is_partner(visit, programme, pact_in_force(programme)),
        reports=reports,
        free=tuple(one for one in over if one not in taken)
        if leads and programme.state in GOING_STATES else (),
    )  # fmt: skip


def report_content(visit: Visit | None, code: str, uid: UUID) -> tuple[HalfYearReport, bytes]:
    """The PDF of a report. Raises NotFound: none, none that is made, or one that is not published for this reader."""
    programme = programme_for(visit, code)
    found = HalfYearReport.objects.filter(programme=programme, uid=uid, state=ReportState.DONE).first()
    if found is None or (found.published_on is None and not may_lead(visit, programme)):
        raise NotFound(_("Dit halfjaarbericht bestaat niet."), remedy=_("Kies er een uit de lijst."))
    return found, bytes(found.content or b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a report tells, as everybody may know it."""

    page: ProgrammePage
    pact: PactPage


def told(code: str) -> Told:
    """What is public of a programme now. Raises NotFound for one that is only proposed."""
    return Told(page=programme_page(None, code), pact=pact_page(None, code))


def everything() -> list[Told]:
    """The same of all public programmes."""
    return [told(programme.code) for programme in programmes(None)]


def goal_rows(told: Told) -> list[dict[str, Any]]:
    """The goals of a programme, for machines."""
    return [
        {
            "programme": told.page.programme.code, "pillar": pillar.pillar.kind, "goal": line.goal.title,
            "area": line.goal.area.code, "indicator": line.goal.indicator.code,
            "baseline": _number(line.goal.baseline), "baseline_year": line.goal.baseline_year,
            "target": _number(line.goal.target), "target_year": line.goal.target_year,
            "standing": line.standing.value, "source": line.goal.baseline_source,
        }
        for pillar in told.page.pillars for line in pillar.goals
    ]  # fmt: skip


def pledge_rows(told: Told) -> list[dict[str, Any]]:
    """The pledges of a programme, for machines: how they stand as the board last released it."""
    return [
        {
            "programme": told.page.programme.code, "party": one.agency_code, "kind": one.kind,
            "promise": one.promise, "quantity": _number(one.quantity), "unit": one.unit, "measure": one.measure,
            "starts": one.starts_on.isoformat(), "due": one.due_on.isoformat(), "standing": one.standing,
            "delivered": None if one.delivered is None else _number(one.delivered),
            "suppressed": one.delivered_hidden,
        }
        for one in told.pact.pledges
    ]  # fmt: skip


def _number(value: Any) -> str:
    return f"{value.normalize():f}"
