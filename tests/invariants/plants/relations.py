"""Markers in relations between two persons: a marker belongs to both, since a relation is about either of them."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.records.models import CaseSubject
from cases.records.sealed import SealedFacts
from cases.relations.models import Relation
from foundation import clock
from foundation.masks import to_hex


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """Each field of a relation by one of its sources, in each case of persons; one from the second to the first."""
    for number in ("MW-1", "MW-2", "MW-4"):
        for source, code, turned in (
            ("GEM-MD", "relationship_type", False),
            ("GEM-MD", "legal_guardian", True),
            ("GEM-MD", "supportive_network", True),
            ("POL-MD", "threat_relation", False),
        ):
            _sow(world, counter, agencies[source], number, code, turned=turned)


def _sow(world: Any, counter: Any, source: Any, number: str, code: str, *, turned: bool) -> None:
    from tests.invariants.world import Marker

    value, texts = counter.value("text")
    case = world.cases[number]
    first, second = CaseSubject.objects.filter(case=case).order_by("position")
    about, other = (second, first) if turned else (first, second)
    Relation.objects.create(
        case=case, about=about, other=other, source=source, under=case.covenants,
        values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
        given_at=clock.now() - timedelta(days=2), entered_by=world.people["nadia"],
    )  # fmt: skip
    world.markers += [
        Marker(case=number, person=person, source=source.code, code=code, value=value, texts=texts, in_room=True)
        for person in (0, 1)
    ]
