"""R3: an open action in the case that this professional has to do."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reasons import supply_fact
from cases.plans.models import Action

OPEN_ACTION = """
SELECT 'action:' || CAST(x.uid AS text) FROM cases_action x
WHERE x.case_id = {case} AND x.owner_id = {person} AND x.state = 'open' AND x.withdrawn_at IS NULL LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("plans", ReasonCode.OPEN_ACTION, OPEN_ACTION)
    supply_ground("action", _action)


def _action(reference: str) -> Ground | None:
    row = row_of(Action.objects.all(), reference)
    if row is None:
        return None
    ends = [moment for moment in (row.settled_at, row.withdrawn_at) if moment]
    return Ground(
        title=_("Actie op naam van de lezer"), terms=((_("Uiterlijk"), date_format(row.due_on)),),
        since=row.given_at, until=min(ends) if ends else None,
    )  # fmt: skip
