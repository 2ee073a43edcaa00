"""A line of an action, as the plan and the list of own actions show it. Its words come from disclosure, beside it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.disclosure.answer import Answer, Fact, Source
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row
from cases.plans.audience import Audience, Seen
from cases.plans.commands.actions import may_settle
from cases.plans.models import Action, ActionResult, ActionState
from cases.plans.rules import is_overdue
from cases.records.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What somebody said came of an action."""

    state: str
    at: datetime
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action as this reader may know it. fact: its words; None only for one's own action in a list without them.

    mine: it is for this reader, or for nobody in particular at the reader's agency.
    """

    uid: UUID
    number: str
    fact: Fact | None
    owner: Source
    person: str
    due_on: date
    state: str
    overdue: bool
    settled_at: datetime | None
    power: str
    results: tuple[Result, ...]
    seen: Seen | None
    may_settle: bool
    mine: bool


def facts_of(answer: Answer) -> dict[str, Fact]:
    """The one fact of each row of words, by the uid of the row."""
    return {fact.contribution: fact for person in answer.disclosures for fact in person.facts}


class ActionLines:
    """Makes the lines of the actions of one case."""

    def __init__(
        self, reading: Reading, case: Case, facts: dict[str, Fact], results: list[ActionResult], rows: dict[str, Row]
    ) -> None:
        self.reading, self.facts, self.rows = reading, facts, rows
        self.audience = Audience(reading, case)
        self.results: dict[int, list[ActionResult]] = defaultdict(list)
        for result in results:
            self.results[result.action_id].append(result)

    def of(self, action: Action) -> ActionLine:
        """The line of one action; its words, results and audience where disclosure gave the words."""
        visit, agency, facts = self.reading.visit, action.owner_agency, self.facts
        row = self.rows.get(str(action.uid))
        own = action.owner_agency_id == visit.agency.id
        return ActionLine(
            uid=action.uid,
            number=action.case.number,
            fact=facts.get(str(action.uid)),
            owner=Source(code=agency.code, type=agency.type, name=agency.name),
            person=action.owner.name if action.owner else "",
            due_on=action.due_on,
            state=action.state,
            overdue=is_overdue(action.due_on, is_open=action.state == ActionState.OPEN),
            settled_at=action.settled_at,
            power=action.power,
            results=tuple(
                Result(state=said.state, at=said.given_at, fact=facts[str(said.uid)])
                for said in self.results[action.pk]
                if str(said.uid) in facts
            ),
            seen=self.audience.of(row, "action_text") if row else None,
            may_settle=may_settle(self.reading, action),
            mine=own and action.owner_id in (None, visit.professional_id),
        )
