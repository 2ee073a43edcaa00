"""The history of a signal: one row for everything that was done with it."""

from agreements.models import Agency
from cases.disclosure.reading import Reading
from cases.intake.models import Signal, SignalStep


def note_step(
    reading: Reading, signal: Signal, kind: SignalStep.Kind, *, to: Agency | None = None, other: Signal | None = None
) -> None:
    """Remember what the reader's agency did with `signal`, inside the caller's transaction and write scope."""
    SignalStep.objects.create(
        signal=signal, kind=kind, at=reading.at, by_id=reading.visit.agency.id, to=to, other=other
    )
