"""Loads the demo: organisations and personas, five covenants, the case files of deploy/demo. Idempotent."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agreements.covenants.commands import CovenantRefused, load_covenant
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import Outcome, operator
from agreements.parties.commands import load_parties
from agreements.parties.models import Agency, Professional
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.entry import Outcome as Ended
from audit.journal.scope import write_scope
from cases.casework.loading.faults import CaseFilesInvalid
from cases.casework.loading.load import load_case_files
from cases.casework.loading.numbers import numbers_in, standing_numbers
from cases.casework.loading.removal import remove_cases
from cases.models import Case
from cases.retention.rows import erase_case
from deploy.demo_agents import load_demo_agents
from deploy.demo_areas import load_demo_areas
from deploy.demo_attachments import load_demo_attachments
from deploy.demo_draft import start_demo_draft
from deploy.demo_extracts import load_demo_extracts
from deploy.demo_giveback import load_demo_giveback
from deploy.demo_inbox import load_demo_inbox, remove_demo_inbox
from deploy.demo_intake import load_demo_intake, remove_demo_intake
from deploy.demo_justice import load_demo_justice
from deploy.demo_mediation import load_demo_mediation
from deploy.demo_meetings import load_demo_meetings, remove_demo_meetings
from deploy.demo_minutes import load_demo_minutes
from deploy.demo_oversight import load_demo_oversight
from deploy.demo_patterns import load_demo_patterns
from deploy.demo_plans import load_demo_plans, remove_demo_plans
from deploy.demo_programmes import load_demo_lessons, load_demo_programmes, load_demo_pulse, load_demo_urgency
from deploy.demo_relations import load_demo_map, load_demo_relations
from deploy.demo_requests import load_demo_requests, remove_demo_requests
from deploy.demo_street import load_demo_street
from deploy.demo_triage import load_demo_triage

FOLDER = Path(__file__).resolve().parents[2] / "demo"
TOOL = "load_demo"


class Command(BaseCommand):
    """manage.py load_demo [--reset]"""

    help = (
        "Load the demo of deploy/demo. Does nothing when it stands; --reset takes its cases away and loads them anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="also for the days: the cases count from today again")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.VERBOND_DEMO:
            raise CommandError("Dit is geen demo-omgeving. Zet VERBOND_DEMO=1 als zij dat wel is.")
        with transaction.atomic():
            self._load(reset=options["reset"])

    def _load(self, *, reset: bool) -> None:
        numbers = numbers_in(case_files())
        if reset:
            _empty(numbers)
            remove_demo_meetings()
            remove_demo_intake()
            remove_demo_inbox(numbers)
            remove_demo_requests(numbers)
            remove_demo_plans(numbers.values())
            removed = remove_cases(numbers, by=operator(TOOL))
            self.stdout.write(f"Weggehaald: {removed} casussen van de demo.")
        missing = _missing_cases(numbers)
        if not missing and _agreements_stand():
            self.stdout.write(
                f"De demo stond er al ({len(numbers)} casussen); er is niets veranderd. "
                "Met --reset tellen de dagen weer vanaf vandaag."
            )
            return
        parties = load_parties(_yaml(FOLDER / "parties.yaml"))
        covenants = [self._covenant(path) for path in covenant_files()]
        start_demo_draft()
        self._cases(missing)
        load_demo_map()
        load_demo_areas()
        load_demo_programmes()
        load_demo_pulse()
        load_demo_lessons()
        load_demo_agents()
        load_demo_urgency()
        load_demo_justice()
        load_demo_giveback()
        load_demo_mediation()
        load_demo_relations()
        load_demo_intake()
        load_demo_patterns()
        load_demo_meetings()
        load_demo_minutes()
        load_demo_plans()
        load_demo_requests()
        load_demo_attachments()
        load_demo_inbox()
        load_demo_triage()
        load_demo_extracts()
        load_demo_oversight()
        load_demo_street()
        new = sum(outcome is not Outcome.UNCHANGED for outcome in covenants)
        self.stdout.write(
            f"De demo staat: {parties.agencies} organisaties, {parties.professionals} personen, "
            f"{len(covenants)} convenantversies ({new} nieuw)."
        )

    def _covenant(self, path: Path) -> Outcome:
        signatures = path.with_suffix(".signatures.yaml")
        try:
            text = path.read_text(encoding="utf-8")
            return load_covenant(text, _yaml(signatures), by=operator(TOOL)).outcome
        except CovenantRefused as refused:
            lines = "\n".join(f"  {finding}" for finding in refused.findings)
            raise CommandError(f"{path.name} kan niet worden geladen:\n{lines}") from refused

    def _cases(self, paths: list[Path]) -> None:
        if not paths:
            return
        try:
            loaded = load_case_files(paths, by=operator(TOOL))
        except CaseFilesInvalid as invalid:
            lines = "\n".join(f"  {fault}" for fault in invalid.faults)
            raise CommandError(f"De casussen kunnen niet worden geladen:\n{lines}") from invalid
        self.stdout.write(f"Ingelezen: {len(loaded.numbers)} casussen, {loaded.contributions} bijdragen.")


def _empty(numbers: dict[Path, str]) -> None:
    """Take away all that hangs from the cases of the demo, in whatever room it came into being."""
    standing = list(Case.objects.filter(number__in=numbers.values()))
    if standing:
        by = operator(TOOL)
        with write_scope(reason=TOOL):
            for case in standing:
                erase_case(case)
            append(
                [
                    Entry(
                        event_type="case.emptied", action=Action.DELETE, outcome=Ended.OK, actor_ref=by.actor_ref,
                        agency_ref=by.agency_ref, case_ref=case.ref,
                    )
                    for case in standing
                ]
            )  # fmt: skip


def covenant_files() -> list[Path]:
    """The covenants of the demo; version 1 of a covenant before version 2."""
    found = (path for path in (FOLDER / "covenants").glob("*.yaml") if not path.name.endswith(".signatures.yaml"))
    return sorted(found, key=_version)


def case_files() -> list[Path]:
    """The case files of the demo, in their order."""
    return sorted((FOLDER / "cases").glob("*.json"))


def _missing_cases(numbers: dict[Path, str]) -> list[Path]:
    standing = standing_numbers(numbers.values())
    return [path for path, number in numbers.items() if number not in standing]


def _agreements_stand() -> bool:
    """Whether every organisation, persona and covenant version of the demo is there, by name."""
    parties = _yaml(FOLDER / "parties.yaml")
    agencies = {row["code"] for row in parties["agencies"]}
    personas = {row["key"] for row in parties["personas"]}
    versions = {_version(path) for path in covenant_files()}
    known = CovenantVersion.objects.values_list("covenant__code", "number")
    return (
        agencies <= set(Agency.objects.values_list("code", flat=True))
        and personas <= set(Professional.objects.values_list("demo_key", flat=True))
        and versions <= {(code.lower(), number) for code, number in known}
    )


def _version(path: Path) -> tuple[str, int]:
    code, _, number = path.stem.rpartition(".v")
    return code, int(number)


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
