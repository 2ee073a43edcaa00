"""What the rules gave of one row to a reader at a past moment: for telling who had a fact. Opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from agreements.models import Agency
from agreements.policy.break_glass import openable
from agreements.policy.compile import Policy
from agreements.policy.question import BreakGlassAct, Delivery, Reader, Setting
from cases.disclosure.circumstances import NOTHING_RECORDED, RECORDED, gathered
from cases.disclosure.deciding import deciding
from cases.disclosure.moments import settings_of
from cases.disclosure.reading import actor
from cases.disclosure.rows import Row
from cases.records.models import BreakGlass, Case
from foundation import clock
from foundation.masks import from_hex


@dataclass(slots=True)
class Past:
    """One case as it stood at any moment, asked once for many questions."""

    case: Case
    policy: Policy
    _settings: Callable[[datetime], Setting] = field(init=False)
    _recorded: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self._settings = settings_of(self.case)
        self._recorded = RECORDED.ask([self.case.pk])

    def gave(
        self, row: Row, *, to: Agency, roles: frozenset[str], purpose: str, at: datetime, act: str = ""
    ) -> int:  # fmt: skip
        """The fields of `row` that this reader could see at `at` (a mask). act: uid of the break-glass they read by."""
        reader = Reader(agency=actor(to.code, to.type), roles=roles, purpose=purpose)
        setting = self._settings(at)
        recorded = gathered(self._recorded, recipient=to.pk, at=at).get(self.case.pk, NOTHING_RECORDED)
        how: dict[str, Any] = {}
        grounds = 0
        if act:
            opened = self._opened(reader, setting, act, at)
            if opened is None:
                return 0
            how, grounds = {"via": Delivery.BREAK_GLASS, "act": opened[0]}, opened[1]
        decide = deciding(
            self.policy.prepare(reader, setting, at=at, **how).decide, recorded, code=to.code,
            day=at.astimezone(clock.AMSTERDAM).date(), involved=not act, grounds=grounds,
        )  # fmt: skip
        return decide(row).visible & from_hex(row.present)

    def _opened(self, reader: Reader, setting: Setting, uid: str, at: datetime) -> tuple[BreakGlassAct, int] | None:
        act = BreakGlass.objects.filter(uid=UUID(uid), case=self.case).first()
        if act is None:
            return None
        # As emergency.standing asks it: an act opens its article for the purpose of the case.
        asker = Reader(agency=reader.agency, roles=reader.roles, purpose=self.case.purpose)
        for article in openable(self.policy, asker, setting, at=at):
            if (article.ref.covenant, article.ref.article) == (act.covenant, act.article):
                opened = BreakGlassAct(
                    covenant=act.covenant, article=act.article, agency=reader.agency.code, starts=act.given_at,
                    until=act.until,
                )  # fmt: skip
                return opened, article.grounds
        return None
