"""Who does what in a plan, and when what is due. Roles, dates and settings alone; no rows change here."""

from calendar import monthrange
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.covenants.standing import capacities_of
from cases.disclosure.reading import Reading
from cases.records.models import Case
from foundation import clock
from foundation.errors import Invalid, Refused

WORKERS = frozenset({"professional", "case_director", "chair"})
"""Roles that write in a plan: those that the covenants let read it."""
LIFE_DOMAINS = (
    "finance", "work", "time", "housing", "domestic", "mental", "physical", "substance", "adl", "iadl", "network",
    "participation", "justice", "child_safety", "danger",
)  # fmt: skip
"""The parts of the field effect_score that are life domains, in their order (domain 5.4)."""
WGS = "wgs_zvh"
ZRM = (1, 2, 3, 4, 5)
COUNTS = ("incidents", "nuisance")
OWN_RATING = "own_rating"
OWN_RATINGS = tuple(range(1, 11))


def check_worker(reading: Reading) -> None:
    """Raises Refused for a role that writes in no plan."""
    if not reading.visit.roles & WORKERS:
        raise Refused(
            _("Uw rol schrijft niet in het plan van aanpak."),
            remedy=_("Vraag een professional van uw organisatie om dit te doen."),
        )


def leads(reading: Reading, case: Case) -> bool:
    """Whether this reader runs the process of this case: director, or chair of the agency that leads it."""
    roles = reading.visit.roles
    return "case_director" in roles or ("chair" in roles and reading.visit.agency.id == case.lead_id)


def is_controller(reading: Reading, case: Case) -> bool:
    """Whether this reader speaks for a controller of this case.

    A case under the WGS is closed by the controllers under that act, also where a covenant of another regime runs
    beside it, to which a school may be a controller. Source: WGS art. 2.27(1), 2.31(8).
    """
    if not reading.visit.roles & {"professional", "chair"}:
        return False
    index, at = reading.policy.index, reading.at
    running = [v for code in case.covenant_codes for v in index.versions.get(code, ()) if v.interval.contains(at)]
    under_the_act = frozenset(v.covenant for v in running if v.regime == WGS)
    asked = under_the_act or case.covenant_codes
    return "controller" in capacities_of(reading.policy, agency=reading.agency, covenants=asked, at=at)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def aftercare_until(today: date) -> date:
    """Until when aftercare lasts if nobody says otherwise (domain 3: a setting)."""
    return months_on(today, settings.AFTERCARE_MONTHS)


def soon(today: date) -> date:
    """Up to this day an action counts as due soon, for its reminder."""
    return today + timedelta(days=settings.ACTION_REMIND_DAYS)


def is_overdue(due_on: date, *, is_open: bool) -> bool:
    """Whether an open action is past its day."""
    return is_open and due_on < clock.today()


def check_day(day: date, *, field: str) -> None:
    """Raises Invalid for a day that is past, or so far away that it must be a slip."""
    today = clock.today()
    if day < today:
        raise Invalid(_("Deze dag is al voorbij."), field=field, remedy=_("Kies een dag vanaf vandaag."))
    if day > months_on(today, 60):
        raise Invalid(_("Deze dag ligt meer dan vijf jaar vooruit."), field=field, remedy=_("Kijk het jaartal na."))
