"""R4: the case is on the agenda of a meeting nearby in time that this professional chairs, attends or comes to."""

from audit.journal.reasons import ReasonCode
from cases.disclosure.reasons import supply_fact

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
