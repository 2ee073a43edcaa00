"""R6: a question between partners that this professional asked and that is not settled."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reasons import supply_fact
from cases.requests.models import Request

OPEN_REQUEST = """
SELECT 'request:' || CAST(x.uid AS text) FROM cases_request x
WHERE x.case_id = {case} AND x.entered_by_id = {person} AND x.state IN ('open', 'partly')
  AND x.withdrawn_at IS NULL LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("requests", ReasonCode.CONSULTATION, OPEN_REQUEST)
    supply_ground("request", _request)


def _request(reference: str) -> Ground | None:
    row = row_of(Request.objects.all(), reference)
    if row is None:
        return None
    ends = [moment for moment in (row.settled_at, row.withdrawn_at) if moment]
    return Ground(
        title=_("Vraag van de lezer aan een partner"), terms=((_("Uiterlijk"), date_format(row.due_on)),),
        since=row.given_at, until=min(ends) if ends else None,
    )  # fmt: skip
