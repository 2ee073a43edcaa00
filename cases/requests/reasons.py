"""R6: a question between partners that this professional asked and that is not settled."""

from audit.journal.reasons import ReasonCode
from cases.disclosure.reasons import supply_fact

OPEN_REQUEST = """
SELECT 'request:' || CAST(x.uid AS text) FROM cases_request x
WHERE x.case_id = {case} AND x.entered_by_id = {person} AND x.state IN ('open', 'partly')
  AND x.withdrawn_at IS NULL LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("requests", ReasonCode.CONSULTATION, OPEN_REQUEST)
