"""Loads case files from the command line. Reading, checking and writing are in cases.casework.loading."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.rules import operator
from cases.casework.loading.faults import CaseFilesInvalid, Fault
from cases.casework.loading.load import check_case_files, load_case_files


class Command(BaseCommand):
    """manage.py load_cases deploy/demo/cases/*.json [--check]"""

    help = "Load case files (JSON, docs/gegevens-inladen.md), all or nothing; --check only says what is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="one case per file")
        parser.add_argument("--check", action="store_true", help="check only; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = list(dict.fromkeys(options["files"]))
        if options["check"]:
            self._check(paths)
            return
        try:
            loaded = load_case_files(paths, by=operator("load_cases"))
        except CaseFilesInvalid as invalid:
            raise _refusal(invalid.faults) from invalid
        self.stdout.write(
            f"Ingelezen: {len(loaded.numbers)} casussen, {loaded.contributions} bijdragen, "
            f"{loaded.versions} versies ({', '.join(loaded.numbers)})."
        )

    def _check(self, paths: list[Path]) -> None:
        faults = check_case_files(paths)
        if faults:
            raise _refusal(faults)
        self.stdout.write(f"In orde: {len(paths)} bestanden. Er is niets opgeslagen.")


def _refusal(faults: tuple[Fault, ...]) -> CommandError:
    lines = "\n".join(f"  {fault}" for fault in faults)
    return CommandError(f"Niets ingelezen. {len(faults)} fouten:\n{lines}")
