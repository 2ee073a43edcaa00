"""R4: the case is on the agenda of a meeting nearby in time that this professional chairs, attends or comes to."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reasons import MEETING_SPAN, supply_fact
from cases.meetings.models import AgendaItem
from foundation import clock

MEETING = """
SELECT 'item:' || CAST(x.uid AS text) FROM cases_agendaitem x
JOIN cases_meeting o ON o.id = x.meeting_id AND o.state <> 'cancelled' AND o.starts_at BETWEEN {since} AND {until}
WHERE x.case_id = {case} AND (
  o.chair_id = {person}
  OR EXISTS (SELECT 1 FROM cases_attendance h WHERE h.item_id = x.id AND h.professional_id = {person})
  OR EXISTS (
    SELECT 1 FROM cases_invitation n
    WHERE n.meeting_id = o.id AND n.professional_id = {person} AND n.answer <> 'no'
  )
) LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("meetings", ReasonCode.MEETING, MEETING)
    supply_ground("item", _item)


def _item(reference: str) -> Ground | None:
    row = row_of(AgendaItem.objects.select_related("meeting"), reference)
    if row is None:
        return None
    starts = row.meeting.starts_at
    return Ground(
        title=_("Punt op de agenda van een overleg"),
        terms=((_("Overleg"), row.meeting.title),
               (_("Begint"), date_format(starts.astimezone(clock.AMSTERDAM), "DATETIME_FORMAT"))),
        since=starts - MEETING_SPAN, until=starts + MEETING_SPAN,
    )  # fmt: skip
