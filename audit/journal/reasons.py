"""Why a read was somebody's work: the reasons R1-R9, found before its entry is made and kept in it.

Which fact explains a read, the floors above know; they tell it with the entry or through the port `explain`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from audit import ports
from audit.journal.entry import Action, Because, Entry, Outcome


class ReasonCode(StrEnum):
    """The reasons in the order in which they are tried; `U` when none holds.

    Source: audit design, section 7; Fabbri and LeFevre, Explanation-Based Auditing (VLDB 2011).
    """

    OPEN_PARTICIPATION = "R1"
    ASSIGNED = "R2"
    OPEN_ACTION = "R3"
    MEETING = "R4"
    INTAKE = "R5"
    CONSULTATION = "R6"
    SUPERVISION = "R7"
    AUDIT = "R8"
    BREAK_GLASS = "R9"
    UNEXPLAINED = "U"


NO_REASON = Because(code=ReasonCode.UNEXPLAINED.value)


def needs_reason(entry: Entry) -> bool:
    """Whether this entry is a read of a case or of somebody's data that took place."""
    return entry.action is Action.READ and entry.outcome is Outcome.OK and bool(entry.case_ref or entry.subject_ref)


def with_reasons(entries: Sequence[Entry]) -> list[Entry]:
    """The same entries, each read with its reason and nothing else with one.

    The port is asked once, for those that bring none themselves.
    """
    unknown = [entry for entry in entries if entry.because is None and needs_reason(entry)]
    found = iter(ports.explain(unknown) if unknown else ())
    return [_with_reason(entry, found) for entry in entries]


def _with_reason(entry: Entry, found: Iterator[Because]) -> Entry:
    if not needs_reason(entry):
        return entry if entry.because is None else replace(entry, because=None)
    return entry if entry.because is not None else replace(entry, because=next(found))
