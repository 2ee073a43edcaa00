"""A contribution of a case file with all its versions, as rows that are not saved yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from agreements.parties.models import Agency, Professional
from cases.casework.loading.check_facts import plain_values
from cases.casework.loading.moments import moment_on
from cases.casework.loading.shapes import ContributionItem
from cases.casework.loading.world import World
from cases.records.models import Case, CaseSubject, Contribution
from cases.records.sealed import SealedFacts
from foundation.masks import from_hex, to_hex

History = Contribution.history.model
_COLUMNS = tuple(column.attname for column in Contribution._meta.concrete_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to a contribution after it was given, for the journal; `version` is its place in the versions."""

    event: str
    on: date
    reason: str
    version: int


@dataclass(slots=True, kw_only=True)
class Statement:
    """A contribution as it stands now, its versions oldest first, and its changes."""

    key: str
    row: Contribution
    versions: list[Any] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def ever(self) -> int:
        """The fields that any version had, as a mask."""
        found = 0
        for version in self.versions:
            found |= from_hex(version.present)
        return found

    def bind(self) -> list[Any]:
        """The versions, now that the row is saved and has its number."""
        for version in self.versions:
            version.id = self.row.pk
        return self.versions


def statement_of(
    item: ContributionItem,
    *,
    case: Case,
    about: CaseSubject | None,
    agency: Agency,
    giver: Professional,
    order: int,
    world: World,
) -> Statement:
    """The rows of one contribution. order: its place in the file, which orders what happened on one day."""
    given = moment_on(item.given_on, order=order, now=world.now)
    under = item.under or world.party_to(agency.code, case.covenants.split(), at=given)
    row = Contribution(
        case=case, about=about, source=agency, under=" ".join(sorted(under)), section=item.section,
        kind=item.kind, reliability=item.reliability, observed_on=item.observed_on, given_at=given,
        valid_until=item.valid_until, basis=item.basis, entered_by=giver,
    )  # fmt: skip
    made = Statement(key=item.key, row=row)
    for kind, moment, change in _life(item, row, order, world):
        made.versions.append(_version(row, kind, moment))
        if change is not None:
            made.changes.append(change)
    return made


def _life(
    item: ContributionItem, row: Contribution, order: int, world: World
) -> Iterator[tuple[str, datetime, Change | None]]:
    """Takes `row` through its life; at each stop yields what sort of version it now is, and since when."""
    values = plain_values(item.values, world)
    _fill(row, values, item, world, last=not item.corrections)
    yield "+", row.given_at, None
    for number, correction in enumerate(item.corrections, start=1):
        values |= plain_values(correction.values, world)
        _fill(row, values, item, world, last=number == len(item.corrections), reason=correction.reason)
        moment = moment_on(correction.on, order=order + number, now=world.now)
        change = Change(event="contribution.corrected", on=correction.on, reason=correction.reason, version=number)
        yield "~", moment, change
    if item.withdrawn:
        number = len(item.corrections) + 1
        row.withdrawn_at = moment_on(item.withdrawn.on, order=order + number, now=world.now)
        yield "~", row.withdrawn_at, Change(
            event="contribution.withdrawn", on=item.withdrawn.on, reason=item.withdrawn.reason, version=number
        )  # fmt: skip


def _fill(
    row: Contribution, values: dict[str, Any], item: ContributionItem, world: World, *, last: bool, reason: str = ""
) -> None:
    # What is disputed belongs to what stands now: the file does not say since when.
    row.values = SealedFacts.seal(values, contested=item.contested if last else None, reason=reason)
    row.present = to_hex(world.catalogue.mask(values))


def _version(row: Contribution, kind: str, moment: datetime) -> Any:
    columns = {name: getattr(row, name) for name in _COLUMNS if name != "id"}
    return History(**columns, history_date=moment, history_type=kind)
