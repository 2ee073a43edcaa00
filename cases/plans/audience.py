"""Which participants read words of the plan now: an answer about rules and about who was there, never about data."""

from dataclasses import dataclass
from functools import cached_property

from agreements.policy.question import Actor, Reader
from agreements.policy.sheet import purposes_for
from cases.disclosure.answer import Source
from cases.disclosure.circumstances import NOTHING_RECORDED, Circumstances, circumstances_of
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor, codes, setting_of
from cases.disclosure.rows import Row
from cases.disclosure.visibility import readers_of
from cases.records.models import Case
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Who reads something of all who read along. `off`: participants that do not."""

    by: tuple[Source, ...]
    off: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    source: Source
    actor: Actor
    roles: frozenset[str]
    purposes: frozenset[str]
    recorded: Circumstances


class Audience:
    """The participants of one case, asked as their ordinary readers (a professional; the bureau as its director)."""

    def __init__(self, reading: Reading, case: Case) -> None:
        self._reading, self._case = reading, case
        self._known: dict[tuple[str, str, int | None], int] = {}

    @cached_property
    def readers(self) -> tuple[_Reader, ...]:
        """Everybody who reads this case now, by name."""
        reading, case = self._reading, self._case
        found = []
        for agency in (taking.agency for taking in readers_of(case, at=reading.at).order_by("agency__name")):
            who, roles = actor(agency.code, agency.type), frozenset({reading_role(agency.type)})
            found.append(
                _Reader(
                    source=Source(code=agency.code, type=agency.type, name=agency.name), actor=who, roles=roles,
                    purposes=purposes_for(reading.policy, who, roles, setting_of(case), reading.at),
                    recorded=circumstances_of([case.pk], recipient=agency.pk, at=reading.at).get(
                        case.pk, NOTHING_RECORDED
                    ),
                )
            )  # fmt: skip
        return tuple(found)

    def of(self, row: Row, field: str) -> Seen:
        """Who reads `field` of these words: by the covenants, and only if they were there when that was asked."""
        bit = self._reading.policy.catalogue.by_code[field].bit
        by: list[Source] = []
        off: list[Source] = []
        for reader in self.readers:
            own = reader.source.code == row.source_code
            heard = own or not row.heard or reader.source.code in codes(row.heard)
            (by if own or (heard and self._visible(reader, row) >> bit & 1) else off).append(reader.source)
        return Seen(by=tuple(by), off=tuple(off))

    def _visible(self, reader: _Reader, row: Row) -> int:
        key = (reader.source.code, f"{row.source_code} {row.under}", row.about_id)
        if key not in self._known:
            self._known[key] = self._decided(reader, row)
        return self._known[key]

    def _decided(self, reader: _Reader, row: Row) -> int:
        satisfied = reader.recorded.satisfied(
            about=row.about_id, source=row.source_id, involved=True, born_on=row.born_on,
            day=self._reading.at.astimezone(clock.AMSTERDAM).date(),
        )  # fmt: skip
        visible = 0
        for purpose in reader.purposes:
            asked = Reader(agency=reader.actor, roles=reader.roles, purpose=purpose)
            prepared = self._reading.policy.prepare(asked, setting_of(self._case), at=self._reading.at)
            found = prepared.decide(actor(row.source_code, row.source_type), codes(row.under), satisfied=satisfied)
            visible |= found.visible
        return visible
