"""What who reported hears after triage: that it was judged, and nothing of what came out. Reads no words.

One sentence whatever the outcome: that somebody was taken in, or turned away, is for who takes part in the case.
Source: domain 3 (a case exists for its participants alone); HAV-GEBIED art. 10 (a resident hears a fixed sentence).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.journal.apart import keep
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import as_column
from cases.intake.access import REPORTING, held, refuse
from cases.intake.commands.steps import note_step
from cases.intake.models import Channel, Reply, Signal, SignalState, SignalStep
from cases.intake.queries import case_number
from cases.records.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """That a signal was judged, for who reported it. case: its number, if their agency takes part in it now."""

    number: str
    kind: str
    received_at: datetime
    judged_at: datetime
    heard: bool
    case: str


def tell_reporters(reading: Reading, case: Case) -> None:
    """Whoever reported what triage of `case` decided on hears that it was judged.

    In the transaction and the write scope of that decision. A resident to whom nobody answered yet reads a fixed
    sentence; the agency that took the report over can still say more (reply_to_resident).
    """
    for signal in _of(case).select_for_update(of=("self",)).order_by("pk"):
        signal.judged_at, columns = reading.at, ["judged_at"]
        if signal.channel == Channel.RESIDENT and not signal.reply:
            signal.reply = Reply.LOOKED
            columns.append("reply")
        signal.save(update_fields=columns)
        note_step(reading, signal, SignalStep.Kind.JUDGED)
        append(
            [
                reading.entry(
                    event="signal.judged", action=Action.UPDATE, case_ref=case.ref, detail={"signal": signal.number}
                )
            ]
        )


def judged_for(reading: Reading) -> QuerySet[Signal]:
    """The signals of which this reader hears that they were judged: those that they reported, for this agency.

    Whether their agency still takes part in the file plays no part: it is their own report. A token pinned to a case
    reads of that file alone.
    """
    visit = reading.visit
    if not visit.roles & REPORTING:
        return Signal.objects.none()
    found = Signal.objects.filter(
        entered_by_id=visit.professional_id, reported_by_id=visit.agency.id, judged_at__isnull=False
    )
    return found.filter(file__number=visit.case_pinned) if visit.case_pinned else found


def judged(reading: Reading, number: str) -> Judged:
    """What the reporter hears of the signal `number`; journalled. Raises NotYourSignal (journalled)."""
    signal = _mine(reading, number)
    keep([reading.entry(case_ref=signal.file.ref)])
    return Judged(
        number=signal.number, kind=signal.kind, received_at=signal.received_at,
        judged_at=signal.judged_at or signal.received_at, heard=signal.heard_at is not None,
        case=case_number(reading, signal),
    )  # fmt: skip


def note_heard(reading: Reading, number: str) -> None:
    """The reporter has read it: it leaves their inbox. Twice does no harm. Raises NotYourSignal (journalled)."""
    found = _mine(reading, number)
    with transaction.atomic(), write_scope():
        signal = held(found)
        if signal.heard_at is None:
            signal.heard_at = reading.at
            signal.save(update_fields=["heard_at"])
            append(
                [
                    reading.entry(
                        event="signal.heard",
                        action=Action.UPDATE,
                        case_ref=signal.file.ref,
                        detail={"signal": signal.number},
                    )
                ]
            )


def _mine(reading: Reading, number: str) -> Signal:
    signal = judged_for(reading).filter(number=as_column(number)).select_related("file", "linked_case").first()
    if signal is None:
        refuse(reading, number)
    return signal


def _of(case: Case) -> QuerySet[Signal]:
    """The signal that the case began with, those linked to it, and those merged into either."""
    here = Q(file=case) | Q(linked_case=case, state=SignalState.LINKED)
    into = Q(merged_into__file=case) | Q(merged_into__linked_case=case, merged_into__state=SignalState.LINKED)
    return Signal.objects.filter(judged_at=None).filter(here | into)
