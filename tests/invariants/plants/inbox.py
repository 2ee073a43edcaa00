"""Markers in questions to the own leadership and in its decisions: for the own agency alone."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.inbox.models import Escalation, EscalationAnswer
from cases.records.models import SealedWords
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """A decided escalation of the municipality in MW-1, and an open one of the police in MW-2."""
    decided = _sow(
        world, counter, agencies, "MW-1", ("GEM-MD", "sanne"), Escalation, "request_text",
        answer_by=clock.today() + timedelta(days=5), state="decided", decided_at=clock.now(), seen_at=clock.now(),
    )  # fmt: skip
    _sow(world, counter, agencies, "MW-1", ("GEM-MD", "anouk"), EscalationAnswer, "case_note", escalation=decided)
    _sow(
        world, counter, agencies, "MW-2", ("POL-MD", "ruben"), Escalation, "request_text",
        answer_by=clock.today() - timedelta(days=1),
    )  # fmt: skip


def _sow(
    world: Any, counter: Any, agencies: dict[str, Any], number: str, by: tuple[str, str], model: type[SealedWords],
    code: str, **columns: Any,
) -> Any:  # fmt: skip
    from tests.invariants.world import Marker

    source, who = by
    value, texts = counter.value("long")
    case = world.cases[number]
    made = model.objects.create(  # type: ignore[attr-defined]
        case=case, source=agencies[source], under=case.covenants, heard=source,
        values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
        given_at=clock.now() - timedelta(days=2), entered_by=world.people[who], **columns,
    )  # fmt: skip
    world.markers.append(
        Marker(case=number, person=None, source=source, code=code, value=value, texts=texts, heard=(source,))
    )
    return made
