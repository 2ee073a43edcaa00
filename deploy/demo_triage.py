"""Triage in the demo: a third report from one stairwell, at filter 2, with a question to partners that still runs."""

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.triage import commands
from cases.triage.commands import Typed
from cases.triage.models import Triage
from cases.triage.queries_known import known_page, own_identity

NUMBER = "MD-2026-0391"
ASKED = ("OM-MD", "POL-MD")


def load_demo_triage() -> None:
    """Nadia asks at filter 2, the municipality says whom it is about, the police answered; Margot has yet to.

    Nothing when triage was begun, or when the case is not there.
    """
    if Triage.objects.filter(case__number=NUMBER).exists() or not Case.objects.filter(number=NUMBER).exists():
        return
    commands.start_triage(_reading("nadia"), NUMBER)
    commands.pass_filter(_reading("nadia"), NUMBER, 2)
    check = commands.ask(_reading("nadia"), NUMBER, agencies=ASKED)
    page = known_page(_reading("sanne"), check.uid)
    own = own_identity(page.own) if page.own else {}
    typed = Typed(bsn=own.get("bsn", ""), name=own.get("name", ""), born_on=own.get("born_on"))
    commands.identify(_reading("sanne"), check.uid, typed)
    commands.answer(_reading("ruben"), check.uid, answer="known")


def _reading(persona: str) -> Reading:
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    return Reading.begin(visit, route="load_demo", event="triage.read")
