"""The extract of the demo that still waits: the municipality proposes to tell the landlord what was agreed."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.casework import commands as casework
from cases.casework.commands.contribution import Given
from cases.casework.queries import case_of
from cases.disclosure.reading import Reading
from cases.extracts import commands
from cases.extracts.models import ExtractProposal
from cases.extracts.options import options_for
from cases.records.models import Case
from foundation import clock

NUMBER = "MD-2026-0402"
_FORM = uuid5(NAMESPACE_URL, "verbond:demo:extract")


def load_demo_extracts() -> None:
    """Sanne proposes, Nadia has to decide; nothing when it stands already or the case is not there."""
    case = Case.objects.filter(number=NUMBER, state="open").first()
    if case is None or ExtractProposal.objects.filter(submission=_FORM).exists():
        return
    visit = visit_of(membership_for(persona="sanne"), strength="demo", trace_id="0" * 32)
    reading = Reading.begin(visit, route="load_demo", event="extract.proposed")
    given = Given(
        values={"action_for_recipient": "Wacht met de deurwaarder tot na de intake van vrijdag. Wij bellen u daarna."},
        observed_on=clock.today(),
        submission=uuid5(_FORM, "fact"),
    )
    casework.add_contribution(reading, NUMBER, given)
    about = case.case_subjects.select_related("subject").order_by("position").first()
    code = "action_for_recipient"
    mask = reading.policy.catalogue.mask([code])
    option = next((found for found in options_for(reading, case_of(reading, NUMBER), about) if found.mask & mask), None)
    if option is None:
        return
    wish = commands.Proposed(
        option=option.key,
        fields=(code,),
        reason="De verhuurder moet weten dat er hulp komt, anders ontruimt hij.",
        ends_on=clock.today() + timedelta(days=30),
        submission=_FORM,
    )
    commands.propose(reading, NUMBER, wish)
