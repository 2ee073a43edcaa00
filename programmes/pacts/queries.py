"""What is read of a pact: for everybody what was released, for parties how each pledge stands today, and by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.registers.in_force_then import Then
from foundation import clock
from foundation.errors import NotFound
from programmes.pacts.models import Pledge, PledgeState, Progress, Release
from programmes.pacts.rights import may_pledge, party_of
from programmes.pacts.rules import Standing, count, days_late, standing, tellable
from programmes.plans.models import Programme
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeLine:
    """A pledge as one reader may know it. standing: "" before the board released it, for who is no party.

    delivered: None when it is about too few people to tell. owner, reason, progress: for parties only.
    """

    uid: str
    agency_code: str
    agency: str
    article: str
    kind: str
    promise: str
    quantity: Decimal
    unit: str
    measure: str
    goal: str
    starts_on: date
    due_on: date
    standing: str
    days_late: int
    delivered: Decimal | None
    delivered_hidden: bool
    settled_on: date | None
    owner: str = ""
    reason: str = ""
    progress: tuple[tuple[date, Decimal | None, str], ...] = ()
    may_write: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PactPage:
    """The pact of a programme for one reader. late: only for parties, from the day it is late."""

    programme: Programme
    pact: Then | None
    partner: bool
    leads: bool
    releases_it: bool
    pledges_itself: bool
    pledges: tuple[PledgeLine, ...]
    late: tuple[PledgeLine, ...]
    counts: Mapping[Standing, int]
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage:
    """What one party pledged, for the parties."""

    programme: Programme
    code: str
    name: str
    pledges: tuple[PledgeLine, ...]


def pact_page(visit: Visit | None, code: str) -> PactPage:
    """The pact of a programme; to who is no party only what the board released. Raises NotFound."""
    programme = programme_for(visit, code)
    pact = pact_in_force(programme)
    partner = is_partner(visit, programme, pact)
    rows = programme.pledges.select_related("agency", "goal")
    if partner and visit is not None:
        pledges = tuple(_for_party(row, visit, programme) for row in rows)
    else:
        pledges = tuple(_for_everybody(row) for row in rows)
    known = [Standing(one.standing) for one in pledges if one.standing]
    leads = may_lead(visit, programme)
    return PactPage(
        programme=programme, pact=pact, partner=partner, leads=leads,
        releases_it=leads and visit is not None and "signatory" in visit.roles and bool(pledges),
        pledges_itself=partner and visit is not None and may_pledge(visit, programme, visit.agency.id),
        pledges=pledges, late=tuple(one for one in pledges if partner and one.standing == Standing.LATE),
        counts=count(known), releases=tuple(programme.releases.all()),
    )  # fmt: skip


def party_page(visit: Visit, code: str, agency: str) -> PartyPage:
    """What one party pledged, with who answers for it and all that was reported. Raises NotFound, Refused."""
    programme, pact = party_of(visit, code)
    rows = list(programme.pledges.filter(agency__code=agency).select_related("agency", "goal"))
    party = next((one.agency for one in (pact.parties if pact else ()) if one.agency.code == agency), None)
    found = party or (rows[0].agency if rows else None)
    if found is None:
        raise NotFound(_("Deze organisatie is geen partij bij het pact."), remedy=_("Kies een partij uit de lijst."))
    written = Progress.objects.filter(pledge__in=rows)
    return PartyPage(
        programme=programme, code=found.code, name=found.name_in(get_language() or "nl"),
        pledges=tuple(_for_party(row, visit, programme, written=written) for row in rows),
    )  # fmt: skip


def open_pledges(programme: Programme) -> tuple[Pledge, ...]:
    """Pledges that are not settled, with their agency."""
    return tuple(
        Pledge.objects.filter(programme=programme, state=PledgeState.OPEN).select_related("agency", "programme")
    )


def _for_party(
    row: Pledge, visit: Visit, programme: Programme, *, written: Iterable[Progress] = ()
) -> PledgeLine:  # fmt: skip
    today = clock.today()
    own = may_lead(visit, programme) or visit.agency.id == row.agency_id
    found = standing(state=row.state, starts_on=row.starts_on, due_on=row.due_on, on=today)

    def told(number: Decimal) -> Decimal | None:
        return number if own else tellable(number, kind=row.kind, threshold=settings.SMALL_NUMBER)

    return _line(
        row, standing=found.value, delivered=told(row.delivered),
        late=days_late(due_on=row.due_on, settled_on=row.settled_on, on=today), settled_on=row.settled_on,
        owner=row.owner, reason=row.reason,
        progress=tuple(
            # Words about a number that is not told could tell it.
            (one.on, told(one.delivered), one.words if told(one.delivered) is not None else "")
            for one in written if one.pledge_id == row.pk
        ),
        may_write=row.state == PledgeState.OPEN and may_pledge(visit, programme, row.agency_id),
    )  # fmt: skip


def _for_everybody(row: Pledge) -> PledgeLine:
    settled = row.settled_on if row.released_standing in (Standing.KEPT, Standing.BROKEN) else None
    late = days_late(due_on=row.due_on, settled_on=settled, on=row.released_on) if row.released_on else 0
    return _line(row, standing=row.released_standing, delivered=row.released_delivered, late=late, settled_on=settled)


def _line(
    row: Pledge, *, standing: str, delivered: Decimal | None, late: int, settled_on: date | None, owner: str = "",
    reason: str = "", progress: tuple[tuple[date, Decimal | None, str], ...] = (), may_write: bool = False,
) -> PledgeLine:  # fmt: skip
    return PledgeLine(
        uid=str(row.uid), agency_code=row.agency.code, agency=row.agency.name_in(get_language() or "nl"),
        article=row.article, kind=row.kind, promise=row.promise, quantity=row.quantity, unit=row.unit,
        measure=row.measure, goal=row.goal.title if row.goal and row.goal.decided else "", starts_on=row.starts_on,
        due_on=row.due_on, standing=standing, days_late=late, delivered=delivered,
        delivered_hidden=bool(standing) and delivered is None, settled_on=settled_on, owner=owner, reason=reason,
        progress=progress, may_write=may_write,
    )  # fmt: skip
