"""The covenants that were in force at a moment, with their parties then. Reads tables; no rights, no words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from agreements.covenants.in_force import document_of
from agreements.covenants.models import Covenant, CovenantVersion, Party
from agreements.covenants.rules import Standing, State, contains, standing
from agreements.parties.models import Agency
from agreements.policy.document import CovenantDocument
from agreements.policy.question import Actor

ORDER = ("controller", "participant", "third_party", "bureau")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyThen:
    """An agency that is party at the moment, in the capacity of its accession."""

    agency: Agency
    capacity: str
    starts: datetime
    ends: datetime | None

    @property
    def actor(self) -> Actor:
        """The agency as the policy sees it."""
        return Actor(code=self.agency.code, type=self.agency.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """One covenant at a moment: its version, what that was then, and who were party."""

    covenant: Covenant
    version: CovenantVersion
    document: CovenantDocument
    standing: Standing
    parties: tuple[PartyThen, ...]

    def of_type(self, agency_type: str) -> tuple[PartyThen, ...]:
        """The parties of one type, or with that code."""
        return tuple(item for item in self.parties if agency_type in (item.agency.type, item.agency.code))


def in_force_at(at: datetime, *, code: str = "", suspended_too: bool = False) -> Iterator[Then]:
    """The covenants in force at a moment, by title.

    suspended_too: also those that were suspended; what was gathered under them is still kept.
    """
    agreed = CovenantVersion.objects.filter(state=State.AGREED).order_by("number")
    parties = Party.objects.select_related("agency").order_by("pk")
    rows = Covenant.objects.order_by("title").prefetch_related(
        Prefetch("versions", queryset=agreed), Prefetch("parties", queryset=parties), "suspensions"
    )
    for covenant in rows.filter(code=code) if code else rows:
        found = _then(covenant, at)
        if found is not None and (suspended_too or found.standing is Standing.IN_FORCE):
            yield found


def _then(covenant: Covenant, at: datetime) -> Then | None:
    version = next((row for row in covenant.versions.all() if contains((row.starts, row.ends), at)), None)
    if version is None:
        return None
    found = standing(
        state=version.state,
        term=(version.starts, version.ends),
        suspensions=[(row.starts, row.ends) for row in covenant.suspensions.all()],
        has_successor=False,
        at=at,
        ended_at=covenant.ended_at,
    )
    parties = [
        PartyThen(agency=row.agency, capacity=row.capacity, starts=row.starts, ends=row.ends)
        for row in covenant.parties.all()
        if contains((row.starts, row.ends), at)
    ]
    return Then(
        covenant=covenant,
        version=version,
        document=document_of(version),
        standing=found,
        parties=tuple(sorted(parties, key=lambda item: (ORDER.index(item.capacity), item.agency.name))),
    )
