"""Markers in the words of plans: goals, actions with results, effects, reviews and steps, some heard by few."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.plans.models import Action, ActionResult, Closing, Goal, Measurement, Review, ReviewNote
from cases.records.models import CaseSubject
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

HEARD = ("GEM-MD", "ZVH-MD")


def plant(world: Any, counter: Any, agencies: Any) -> None:
    """In the family and the area: each source that can write there, one action that only some heard, one result."""
    for number, sources, owner in (
        ("MW-1", ("ZVH-MD", "POL-MD", "OND-BAKEN", "GGZ-MD"), "GEM-MD"),
        ("MW-2", ("GEM-MD", "OM-MD"), "POL-MD"),
        ("MW-3", ("POL-MD", "WON-WATERWEG"), "GEM-MD"),
    ):
        sow = _Sower(world, counter, agencies, number)
        for source in sources:
            goal = sow.words(Goal, "goal_text", source, domain="housing")
            due = clock.today() + timedelta(days=9)
            common = {"owner_agency": agencies[owner], "due_on": due}
            action = sow.words(Action, "action_text", source, number=sow.next(), goal=goal, **common)
            sow.words(ActionResult, "action_result", source, action=action, state="partly")
            few = sow.words(Action, "action_text", source, number=sow.next(), heard=HEARD, **common)
            sow.words(ActionResult, "action_result", source, action=few, state="partly", heard=HEARD)
            sow.words(Goal, "goal_text", source, domain="work", heard=HEARD)
            sow.words(Closing, "case_note", source, step="monitoring", decided_at=clock.now())
        review = Review.objects.create(case=sow.case, on=clock.today(), held_at=clock.now(), outcome="adjust")
        sow.words(ReviewNote, "case_note", sources[0], review=review)
        sow.effects(sources[0])


class _Sower:
    def __init__(self, world: Any, counter: Any, agencies: Any, number: str) -> None:
        self.world, self.counter, self.agencies = world, counter, agencies
        self.case, self._n = world.cases[number], 0

    def next(self) -> int:
        self._n += 1
        return self._n

    def words(self, model: Any, code: str, source: str, *, heard: tuple[str, ...] = (), **columns: Any) -> Any:
        value, texts = self.counter.value("long")
        self._mark(None, source, code, value, texts, heard)
        return self._create(model, None, source, {code: value}, heard, **columns)

    def effects(self, source: str) -> None:
        person = self.case.case_subjects.filter(role=CaseSubject.Role.SUBJECT).order_by("position").first()
        value, texts = self.counter.value("number")
        self._mark(person.position if person else None, source, "effect_score", value, texts, ())
        values = {"effect_score": {"incidents": value}}
        self._create(Measurement, person, source, values, (), moment="start", on=clock.today())

    def _mark(
        self, person: int | None, source: str, code: str, value: Any, texts: tuple[str, ...], heard: tuple[str, ...]
    ) -> None:
        from tests.invariants.world import Marker

        self.world.markers.append(
            Marker(
                case=self.case.number, person=person, source=source, code=code, value=value, texts=texts, heard=heard
            )
        )

    def _create(
        self, model: Any, about: Any, source: str, values: dict[str, Any], heard: tuple[str, ...], **columns: Any
    ) -> Any:
        return model.objects.create(
            case=self.case, about=about, source=self.agencies[source], under=self.case.covenants,
            values=SealedFacts.seal(values), present=to_hex(load_catalogue().mask(values)), heard=" ".join(heard),
            given_at=clock.now() - timedelta(days=1), entered_by=self.world.people["nadia"], **columns,
        )  # fmt: skip
