"""The look-ups of the demo: a police officer who opened a case without work in it, and two who had work.

They happen while the demo is loaded, through the same path as any read: nothing in a journal is dated back.
"""

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.casework.queries import open_case
from cases.disclosure.reading import Reading
from cases.records.models import Case

LOOKS = (
    # The neighbour: the police take part with the whole team, and nothing in this case is hers to do.
    ("esra", "MD-2026-0451"),
    ("ruben", "MD-2026-0391"),
    ("sanne", "MD-2026-0377"),
)


def load_demo_oversight() -> None:
    """Let each of them open that case for its own purpose; a case that is not there is skipped."""
    for persona, number in LOOKS:
        case = Case.objects.filter(number=number, state="open").first()
        if case is None:
            continue
        hat = membership_for(persona=persona)
        visit = visit_of(hat, strength="demo", trace_id="0" * 32, purpose=case.purpose)
        open_case(Reading.begin(visit, route="load_demo", event="case.read"), number, None)
