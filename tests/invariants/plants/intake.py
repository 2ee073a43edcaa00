"""Markers in the words of signals: one that became MW-4, with how to reach its reporter, and one linked to MW-3."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.intake.models import Report, Signal
from cases.records.models import Case
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

IN_TRIAGE, LINKED = "S-2026-9901", "S-2026-9902"


def plant(world: Any, counter: Any, agencies: Any) -> None:
    """Each source that can write in the triage case, and two in the area; the file of the latter has no readers."""
    triage, area = world.cases["MW-4"], world.cases["MW-3"]
    first = _signal(agencies, IN_TRIAGE, file=triage, state="in_triage", channel="resident")
    for source in ("POL-MD", "GEM-MD", "VT-MD"):
        _report(world, counter, agencies, first, triage, source, ("signal_place", "signal_person"))
    _report(world, counter, agencies, first, triage, "GEM-MD", ("reporter_contact",), sort=Report.Sort.CONTACT)
    file = Case.objects.create(
        number=LINKED, kind="area", purpose="area_safety", urgency="normal", phase="signal", phase_since=clock.now(),
        state="draft", covenants=area.covenants, lead=agencies["ZVH-MD"], opened_at=clock.now(),
    )  # fmt: skip
    second = _signal(agencies, LINKED, file=file, state="linked", channel="professional", linked_case=area)
    for source in ("POL-MD", "WON-WATERWEG"):
        _report(world, counter, agencies, second, area, source, ("signal_place",))


def _signal(agencies: Any, number: str, **columns: Any) -> Signal:
    return Signal.objects.create(
        number=number, kind="nuisance", urgency="high", handler=agencies["ZVH-MD"], reported_by=agencies["GEM-MD"],
        received_at=clock.now() - timedelta(days=3), **columns,
    )  # fmt: skip


def _report(
    world: Any, counter: Any, agencies: Any, signal: Signal, case: Case, source: str, codes: tuple[str, ...],
    *, sort: str = Report.Sort.REPORT,
) -> None:  # fmt: skip
    from tests.invariants.world import Marker

    about = signal.file.case_subjects.order_by("position").first()
    values: dict[str, Any] = {}
    for code in codes:
        values[code], texts = counter.value("text")
        world.markers.append(
            Marker(
                case=case.number, person=about.position if about else None, source=source, code=code,
                value=values[code], texts=texts,
            )
        )  # fmt: skip
    Report.objects.create(
        signal=signal, sort=sort, case=signal.file, about=about, source=agencies[source], under=case.covenants,
        values=SealedFacts.seal(values), present=to_hex(load_catalogue().mask(values)),
        given_at=clock.now() - timedelta(days=3), entered_by=world.people["nadia"],
    )  # fmt: skip
