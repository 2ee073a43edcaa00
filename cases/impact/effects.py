"""What another policy would change in a case: masks of fields gained and lost per recipient. No tables, no counting.

Only the grade "visible" counts: a field that goes from announced to visible is gained, the other way round is lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from agreements.policy.decide import MOST_KEPT, Policy, PreparedReader
from agreements.policy.index import Memo
from agreements.policy.question import Actor, Delivery, Mask, Reader, Setting
from agreements.policy.sheet import purposes_for
from cases.disclosure.circumstances import NOTHING_RECORDED, Circumstances, gathered
from cases.disclosure.reading import codes
from cases.disclosure.visibility import CASE_ROLES
from cases.impact.profiles import Group, Profile, recorded_rows
from cases.impact.scope import scope_of
from foundation import clock
from foundation.masks import from_hex


class Kind(IntEnum):
    """Which way, and whether the agency for whom is counted knows of the fact (see `Effects`)."""

    KNOWN_GAIN = 0
    KNOWN_LOSS = 1
    OTHER_GAIN = 2
    OTHER_LOSS = 3


class Change(NamedTuple):
    """Fields of one contribution that one recipient gains or loses."""

    recipient: int
    kind: Kind
    fields: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """For whom is counted: an agency, by the best that any of these roles may see for any of these purposes.

    purposes: None is all that the covenants give.
    """

    agency: int
    roles: frozenset[str] = CASE_ROLES
    purposes: frozenset[str] | None = None


class Effects:
    """Compares two policies on profiles, for one observer. Each distinct question is decided once.

    The policies may differ in the covenant `code` alone.

    A recipient is taken at its best: what some professional in one case role may see for some purpose that the
    covenants give in that case. So nothing is lost as long as one of them still sees it.
    Extracts are left out: what was pushed was decided, one by one, when it was pushed.

    The observer knows of a fact if, and only if, it gave the fact itself, or takes part in the case and sees it
    now or has it announced to it. Everything else is `OTHER`.
    """

    def __init__(
        self,
        before: Policy,
        after: Policy,
        *,
        code: str,
        at: datetime,
        agencies: Mapping[int, Actor],
        observer: Observer,
    ) -> None:
        self._before, self._after = _Sight(before, at), _Sight(after, at)
        self._at = at
        self._day = at.astimezone(clock.AMSTERDAM).date()
        self._agencies = agencies
        # For whom no rule changes, nothing does; most recipients are never asked about.
        reached = scope_of(before, after, code=code, at=at, agencies=agencies.values()).reaches
        self._reached = frozenset(row for row, agency in agencies.items() if agency.code in reached)
        self._observer = observer
        self._mine = Observer(agency=0)
        self._groups: Memo[tuple[object, ...], tuple[Change, ...]] = Memo(MOST_KEPT)
        self._shifts: dict[tuple[object, ...], tuple[Mask, Mask]] = {}
        self._met: dict[tuple[object, ...], Circumstances] = {}
        self._settings: dict[tuple[str, str, str], Setting] = {}
        self._recipients: dict[str, tuple[int, ...]] = {}
        self._facts: Memo[str, tuple[tuple[int, frozenset[str], Mask], ...]] = Memo(MOST_KEPT)

    def of(self, profile: Profile) -> tuple[tuple[Change, ...], ...]:
        """Per group of the profile the changes of its contributions, one for each contribution and recipient."""
        kind, phase, covenants, recipients, groups = profile
        return tuple([self._group(kind, phase, covenants, recipients, group) for group in groups])

    def _group(self, kind: str, phase: str, covenants: str, recipients: str, group: Group) -> tuple[Change, ...]:
        key = (kind, phase, covenants, recipients, group)
        known = self._groups.get(key)
        if known is None:
            setting = self._setting(kind, phase, covenants)
            known = self._groups.keep(key, tuple(self._changes(setting, self._readers(recipients), group)))
        return known

    def _changes(self, setting: Setting, recipients: tuple[int, ...], group: Group) -> Iterator[Change]:
        for recipient in recipients:
            if recipient not in self._reached:
                continue
            for source, under, present in self._contributions(group[2]):
                if source == recipient:
                    continue
                gained, lost = self._shift(setting, recipient, source, under, group)
                gained, lost = gained & present, lost & present
                if gained or lost:
                    known = self._known(setting, recipients, source, under, group)
                    yield from _told(recipient, gained, lost, known)

    def _shift(
        self, setting: Setting, recipient: int, source: int, under: frozenset[str], group: Group
    ) -> tuple[Mask, Mask]:
        """Gained and lost, whatever the contribution holds."""
        satisfied, held = self._circumstances(recipient, source, group)
        key = (setting, recipient, source, under, satisfied, held)
        known = self._shifts.get(key)
        if known is None:
            reader = self._observer if recipient == self._observer.agency else self._mine
            who, giver = self._agencies[recipient], self._agencies[source]
            old, _ = self._before.of(who, reader, setting, giver, under, satisfied, held)
            new, _ = self._after.of(who, reader, setting, giver, under, satisfied, held)
            known = self._shifts[key] = (new & ~old, old & ~new)
        return known

    def _known(
        self, setting: Setting, recipients: tuple[int, ...], source: int, under: frozenset[str], group: Group
    ) -> Mask:
        """Fields of which the observer knows that they are there, where they are."""
        mine = self._observer.agency
        if source == mine:
            return -1
        if mine not in recipients:
            return 0
        satisfied, held = self._circumstances(mine, source, group)
        visible, announced = self._before.of(
            self._agencies[mine], self._observer, setting, self._agencies[source], under, satisfied, held
        )
        return visible | announced

    def _circumstances(self, recipient: int, source: int, group: Group) -> tuple[int, Mask]:
        """The conditions that are met and the fields that are held, by the same reading as disclosure's."""
        recorded, minor, _facts = group
        key = (recorded, recipient)
        met = self._met.get(key)
        if met is None:
            found = gathered(recorded_rows(recorded, at=self._at), recipient=recipient, at=self._at)
            met = self._met[key] = found.get(0, NOTHING_RECORDED)
        # Somebody born today stands for any minor.
        born_on = self._day if minor else None
        satisfied = met.satisfied(about=None, source=source, involved=True, born_on=born_on, day=self._day)
        return satisfied, met.held(about=None, source=source, contribution=0)

    def _setting(self, kind: str, phase: str, covenants: str) -> Setting:
        key = (kind, phase, covenants)
        known = self._settings.get(key)
        if known is None:
            known = self._settings[key] = Setting(kind=kind, phase=phase, covenants=codes(covenants))
        return known

    def _readers(self, text: str) -> tuple[int, ...]:
        known = self._recipients.get(text)
        if known is None:
            known = self._recipients[text] = tuple(map(int, text.split(";")))
        return known

    def _contributions(self, text: str) -> tuple[tuple[int, frozenset[str], Mask], ...]:
        known = self._facts.get(text)
        if known is None:
            parts = (item.split(",") for item in text.split(";"))
            found = tuple((int(source), codes(under), from_hex(present)) for source, under, present in parts)
            known = self._facts.keep(text, found)
        return known


def _told(recipient: int, gained: Mask, lost: Mask, known: Mask) -> Iterator[Change]:
    for kind, fields in (
        (Kind.KNOWN_GAIN, gained & known),
        (Kind.KNOWN_LOSS, lost & known),
        (Kind.OTHER_GAIN, gained & ~known),
        (Kind.OTHER_LOSS, lost & ~known),
    ):
        if fields:
            yield Change(recipient, kind, fields)


class _Sight:
    """What an agency may know under one policy at one moment, over its roles and purposes."""

    def __init__(self, policy: Policy, at: datetime) -> None:
        self._policy, self._at = policy, at
        self._readers: dict[tuple[Actor, Observer, Setting], tuple[PreparedReader, ...]] = {}

    def of(
        self, who: Actor, reader: Observer, setting: Setting, source: Actor, under: frozenset[str], satisfied: int,
        held: Mask,
    ) -> tuple[Mask, Mask]:  # fmt: skip
        """The fields visible, and those announced, to some role for some purpose."""
        visible = announced = 0
        for prepared in self._prepared(who, reader, setting):
            decision = prepared.decide(source, under, satisfied, held)
            visible |= decision.visible
            announced |= decision.announced
        return visible, announced & ~visible

    def _prepared(self, who: Actor, reader: Observer, setting: Setting) -> tuple[PreparedReader, ...]:
        key = (who, reader, setting)
        known = self._readers.get(key)
        if known is None:
            known = self._readers[key] = tuple(self._different(who, reader, setting))
        return known

    def _different(self, who: Actor, reader: Observer, setting: Setting) -> Iterator[PreparedReader]:
        """One reader for every role and purpose that leave other rules than those before; most leave none."""
        seen: set[int] = set()
        gives = self._policy.index.gives
        # One role at a time: a prohibition for one role does not take away what another role sees.
        for role in sorted(reader.roles):
            roles = frozenset({role})
            purposes = purposes_for(self._policy, who, roles, setting, self._at, Delivery.LIVE)
            for purpose in sorted(purposes if reader.purposes is None else purposes & reader.purposes):
                asked = Reader(agency=who, roles=roles, purpose=purpose)
                prepared = self._policy.prepare(asked, setting, at=self._at)
                rows = self._policy.index.all
                for dimension in prepared.reader_dimensions():
                    rows &= dimension.rows
                if rows & gives and rows not in seen:
                    seen.add(rows)
                    yield prepared
