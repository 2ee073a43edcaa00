"""What somebody can choose from in a step with a signal: to whom, into which signal, to which case."""

from audit.journal.apart import keep
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import WORKLIST_ORDER, live_participations
from cases.intake.access import signal_for, visible_signals
from cases.intake.models import OPEN
from cases.intake.queries import PAGE_SIZE, SignalLine, line_of, steps_for
from cases.intake.receivers import Receiver, receivers_of

MOST_CASES = 200
"""How many of the reader's most urgent cases are looked at for a case to link to."""


def receivers(reading: Reading, number: str) -> tuple[Receiver, ...]:
    """To whom this signal may be forwarded."""
    return receivers_of(reading, signal_for(reading, number))


def may_take(reading: Reading, number: str, step: str) -> bool:
    """Whether this reader can take this step with this signal now; journalled, since its page shows what to choose.

    Raises NotYourSignal (journalled).
    """
    signal = signal_for(reading, number)
    keep([reading.entry(case_ref=signal.file.ref, detail={"step": step})])
    return step in steps_for(reading, signal)


def others_to_merge(reading: Reading, number: str) -> tuple[SignalLine, ...]:
    """The other open signals that this handler could merge this one into: of the same sort, newest first."""
    signal = signal_for(reading, number)
    found = visible_signals(reading).filter(handler=signal.handler, state__in=OPEN).exclude(pk=signal.pk)
    area = signal.file.kind == "area"
    found = found.filter(file__kind="area") if area else found.exclude(file__kind="area")
    found = found.select_related("file", "handler", "reported_by").order_by("-received_at", "-id")
    return tuple(line_of(reading, other) for other in found[:PAGE_SIZE])


def cases_to_link(reading: Reading, number: str) -> tuple[tuple[str, str], ...]:
    """(number, label of an area or "") of the reader's cases of the same sort that share a covenant with it."""
    signal = signal_for(reading, number)
    area = signal.file.kind == "area"
    taking = live_participations(reading.visit, at=reading.at).order_by(*WORKLIST_ORDER)
    taking = taking.filter(case__kind="area") if area else taking.exclude(case__kind="area")
    codes = signal.file.covenant_codes
    return tuple((p.case.number, p.case.label) for p in taking[:MOST_CASES] if p.case.covenant_codes & codes)
