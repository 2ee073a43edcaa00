"""R5: a signal that led to the case and that this professional reported, or one that waits for their agency."""

from audit.journal.reasons import ReasonCode
from cases.disclosure.reasons import supply_fact

REPORTED = """
SELECT 'signal:' || CAST(x.uid AS text) FROM cases_signal x
WHERE (x.file_id = {case} OR x.linked_case_id = {case}) AND x.entered_by_id = {person} LIMIT 1
"""
TO_HANDLE = """
SELECT 'signal:' || CAST(x.uid AS text) FROM cases_signal x
WHERE x.file_id = {case} AND x.handler_id = {agency} AND x.state IN ('new', 'forwarded') LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("intake.reported", ReasonCode.INTAKE, REPORTED)
    supply_fact("intake.handling", ReasonCode.INTAKE, TO_HANDLE)
