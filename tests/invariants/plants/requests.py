"""Markers in questions between partners, in what was answered, and in notes."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.records.models import CaseSubject, SealedWords
from cases.records.sealed import SealedFacts
from cases.requests.models import Note, Reply, Request
from foundation import clock
from foundation.masks import to_hex


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """A question in each case of persons (refused in MW-1), and notes: for all, and for one agency alone."""
    for number, asker, asked, noting in (("MW-1", "GEM-MD", "JB-MD", "POL-MD"), ("MW-2", "POL-MD", "GEM-MD", "OM-MD")):
        refused = number == "MW-1"
        request = _sow(
            world, counter, agencies, number, asker, Request, "request_text", heard=(asked, "ZVH-MD"), person=True,
            asked_agency=agencies[asked], fields=to_hex(load_catalogue().mask(["debt_problem"])),
            due_on=clock.today() + timedelta(days=3), state="refused" if refused else "open",
            settled_at=clock.now() if refused else None, given="0" if refused else "",
        )  # fmt: skip
        if refused:
            _sow(
                world, counter, agencies, number, asked, Reply, "case_note", heard=(asker, "ZVH-MD"), person=True,
                request=request, ground="secrecy", in_own_words=True,
            )  # fmt: skip
        _sow(world, counter, agencies, number, noting, Note, "case_note")
        _sow(world, counter, agencies, number, noting, Note, "case_note", heard=(noting,))


def _sow(
    world: Any, counter: Any, agencies: dict[str, Any], number: str, source: str, model: type[SealedWords], code: str,
    *, heard: tuple[str, ...] = (), person: bool = False, **columns: Any,
) -> Any:  # fmt: skip
    from tests.invariants.world import Marker

    value, texts = counter.value("long")
    case = world.cases[number]
    about = CaseSubject.objects.filter(case=case).order_by("position").first() if person else None
    made = model.objects.create(  # type: ignore[attr-defined]
        case=case, about=about, source=agencies[source], under=case.covenants, heard=" ".join(heard),
        values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
        given_at=clock.now() - timedelta(days=2), entered_by=world.people["nadia"], **columns,
    )  # fmt: skip
    world.markers.append(
        Marker(
            case=number, person=0 if person else None, source=source, code=code, value=value, texts=texts, heard=heard
        )
    )
    return made
