"""R3: an open action in the case that this professional has to do."""

from audit.journal.reasons import ReasonCode
from cases.disclosure.reasons import supply_fact

OPEN_ACTION = """
SELECT 'action:' || CAST(x.uid AS text) FROM cases_action x
WHERE x.case_id = {case} AND x.owner_id = {person} AND x.state = 'open' AND x.withdrawn_at IS NULL LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("plans", ReasonCode.OPEN_ACTION, OPEN_ACTION)
