"""Makes a meeting that is on in a running installation: for the tests of its screens and for the pictures of docs."""

import json
import subprocess
import sys

from tests.browser.installation import ROOT

PROGRAM = """
import json, sys, django
django.setup()
from django.db import transaction
from agreements.models import Agency, Professional
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.meetings.commands import attendance, running
from cases.meetings.commands.attendance import Arriving
from cases.meetings.models import AgendaItem, Invitation, Meeting
from cases.models import Case
from foundation import clock
def reading():
    visit = visit_of(membership_for(persona="nadia"), strength="demo", trace_id="0" * 32)
    return Reading.begin(visit, route="tests", event="meeting.chaired")
with transaction.atomic(), write_scope():
    meeting = Meeting.objects.create(title="Overleg van de proef", lead=Agency.objects.get(code="ZVH-MD"),
        chair=Professional.objects.get(demo_key="nadia"), starts_at=clock.now())
    for place, number in enumerate(("MD-2026-0418", "MD-2026-0402"), 1):
        AgendaItem.objects.create(meeting=meeting, position=place, case=Case.objects.get(number=number), minutes=20)
    for code in ("POL-MD", "GEM-MD", "OND-BAKEN", "JB-MD"):
        Invitation.objects.create(meeting=meeting, agency=Agency.objects.get(code=code))
    append([reading().entry(event="meeting.planned", action=Action.CREATE)])
running.start_meeting(reading(), meeting.uid)
running.next_item(reading(), meeting.uid)
item = AgendaItem.objects.get(meeting=meeting, position=1)
for agency, key in json.loads(sys.argv[1]).items():
    person = Professional.objects.get(demo_key=key)
    attendance.arrive(reading(), item.uid, Arriving(agency=agency, professional=person.uuid))
print(meeting.uid)
"""


def meeting(env: dict[str, str], **present: str) -> str:
    """The address of a meeting that is on, at the case of Jayden, with these people there (agency=persona)."""
    who = json.dumps({code.replace("_", "-"): key for code, key in present.items()})
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM, who], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return f"/overleg/{made.stdout.strip().splitlines()[-1]}/"
