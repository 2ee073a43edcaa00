"""A planned meeting in the marker world, with three of its cases, to which everybody but one school is invited.

It has no words of its own: what it must not betray are the cases, names and numbers of others.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from cases.meetings.models import AgendaItem, Invitation, Meeting
from foundation import clock

MEETING = UUID("5f0c3a54-1d57-4f0c-9d0a-3f6f7a1b2c01")
NOT_INVITED = "OND-KADE"


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """The meeting, its agenda and its invitations."""
    meeting = Meeting.objects.create(
        uid=MEETING, title="Overleg van de proef", lead=agencies["ZVH-MD"], chair=world.people["nadia"],
        starts_at=clock.now() + timedelta(days=2), minutes=90, place="zaal",
    )  # fmt: skip
    for position, number in enumerate(("MW-2", "MW-1", "MW-4"), 1):
        AgendaItem.objects.create(
            meeting=meeting, position=position, case=world.cases[number], asked_by=clock.now() + timedelta(days=1)
        )
    AgendaItem.objects.create(meeting=meeting, position=4, title="Rondvraag", minutes=5)
    for code, agency in sorted(agencies.items()):
        if code not in (NOT_INVITED, "ZVH-MD"):
            Invitation.objects.create(meeting=meeting, agency=agency)
