"""The questions and notes of the demo, in the case of Jayden: one open and due tomorrow, one answered, one refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework import commands as casework
from cases.casework.commands.contribution import Given
from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.requests import commands
from cases.requests.commands import Asking
from cases.requests.models import Note, Reply, Request
from foundation import clock

NUMBER = "MD-2026-0418"
OPEN, ANSWERED, REFUSED, NOTE = (
    uuid5(NAMESPACE_URL, f"verbond-demo-vraag-{name}") for name in ("open", "beantwoord", "geweigerd", "notitie")
)


@transaction.atomic
def load_demo_requests() -> None:
    """Ask and answer as the personas would; nothing when it was done or the case is not there."""
    if Request.objects.filter(submission=OPEN).exists() or not Case.objects.filter(number=NUMBER).exists():
        return
    _ask("nadia", "POL-MD", ("police_contacts_12m",), ANSWERED, days_ago=9, due_in=0,
         why="Hoe vaak had de politie dit jaar contact met hem? Dan weten wij of het erger wordt.")  # fmt: skip
    _give("ruben", {"police_contacts_12m": 7}, days_ago=6)
    _settle("ruben", ANSWERED, days_ago=6)
    _ask("ruben", "GEM-MD", ("debt_problem",), REFUSED, days_ago=5, due_in=2,
         why="Speelt er geldnood thuis? Dat verklaart misschien waarom hij geld aanneemt.")  # fmt: skip
    _settle("sanne", REFUSED, days_ago=3, ground="no_ground",
            words="Voor uw doel mag ik dit niet delen. In het overleg kan ik zeggen of wij helpen.")  # fmt: skip
    _ask("sanne", "JB-MD", ("custody_placement", "child_safety_judgement"), OPEN, days_ago=1, due_in=1,
         why="Kan Jayden thuis blijven, en is het er nu veilig? De hulp thuis moet daarop aansluiten.")  # fmt: skip
    commands.add_note(
        _reading("sanne", days_ago=2), NUMBER, submission=NOTE,
        words="Moeder is het best bereikbaar na vier uur. Bel haar niet op het werk.",
    )  # fmt: skip


@transaction.atomic
def remove_demo_requests(numbers: Mapping[Path, str]) -> None:
    """Take questions and notes in the cases of the demo away, before the cases go."""
    found = list(Case.objects.filter(number__in=list(numbers.values())))
    tables = (Reply, Request, Note)
    if not any(table.objects.filter(case__in=found).exists() for table in tables):
        return
    by = operator("load_demo")
    with write_scope(reason="remove_demo_requests"):
        for table in tables:
            rows = table.objects.filter(case__in=found)
            history = table.history.filter(case_id__in=[case.pk for case in found])
            # _raw_delete: deleting through the signal would add a version that says so, to versions that go as well.
            for gone in (rows, history):
                gone._raw_delete(gone.db)
        append(
            [
                Entry(
                    event_type="request.removed", action=Action.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                    agency_ref=by.agency_ref, case_ref=case.ref,
                )
                for case in found
            ]
        )  # fmt: skip


def _ask(who: str, agency: str, fields: tuple[str, ...], mark: UUID, *, days_ago: int, due_in: int, why: str) -> None:
    due_on = clock.today() + timedelta(days=due_in)
    asking = Asking(agency=agency, fields=fields, why=why, due_on=due_on, submission=mark)
    commands.ask(_reading(who, days_ago=days_ago), NUMBER, asking)


def _give(who: str, values: dict[str, object], *, days_ago: int) -> None:
    reading = _reading(who, days_ago=days_ago)
    casework.add_contribution(reading, NUMBER, Given(values=values, observed_on=reading.at.date(), reliability=1))


def _settle(who: str, mark: UUID, *, days_ago: int, ground: str = "", words: str = "") -> None:
    uid = Request.objects.get(submission=mark).uid
    commands.settle(_reading(who, days_ago=days_ago), NUMBER, uid, ground=ground, words=words)


def _reading(persona: str, *, days_ago: int) -> Reading:
    """The persona at work then: the moment of what they write is that of the reading."""
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    now = Reading.begin(visit, route="load_demo", event="request.asked")
    return replace(now, at=now.at - timedelta(days=days_ago))
