"""Why a read was somebody's work: the reasons R1-R9, and the rows that keep them beside the entries.

Which fact explains a read, the floors above know; they tell it with the entry or through the port `explain`.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from audit import ports
from audit.journal.beside import Rows
from audit.journal.entry import Action, Because, Entry, Outcome

RULE_VERSION = 1
"""Version of the rules by which a reason is found, here and in cases.disclosure.reasons."""

TABLE = "audit_explanation"
COLUMNS = ("entry_uid", "rule_version", "reason_code", "fact_ref", "evaluated_at")


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


def rows_of(uids: Sequence[str], entries: Sequence[Entry], at: datetime) -> Rows:
    """One row per read among `entries`; the port is asked once, for those that bring no reason themselves."""
    asked = [(uid, entry) for uid, entry in zip(uids, entries, strict=True) if needs_reason(entry)]
    unknown = [entry for _uid, entry in asked if entry.because is None]
    found = iter(ports.explain(unknown) if unknown else ())
    rows = []
    for uid, entry in asked:
        because = entry.because if entry.because is not None else next(found)
        rows.append((uid, RULE_VERSION, because.code, because.fact_ref, at))
    return Rows(table=TABLE, columns=COLUMNS, rows=rows)
