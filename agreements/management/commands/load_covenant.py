"""Loads a version of a covenant, or only says what is against it. What loading does is in covenants.commands."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.covenants.commands import CovenantRefused, Loaded, check_covenant, load_covenant
from agreements.covenants.rules import Outcome, operator
from agreements.policy.document import DocumentInvalid, Finding
from agreements.policy.locations import read_yaml
from foundation.clock import AMSTERDAM

SAID = {
    Outcome.IN_FORCE: "geladen en getekend; zij geldt van {starts} tot {ends}.",
    Outcome.FOR_SIGNATURE: "geladen, maar nog niet door iedereen getekend; zij geldt nog niet.",
    Outcome.SIGNED: "heeft nieuwe ondertekeningen; nog niet iedereen tekende, dus zij geldt nog niet.",
    Outcome.UNCHANGED: "stond er al; er is niets veranderd.",
}


class Command(BaseCommand):
    """manage.py load_covenant [--check] FILE"""

    help = "Load a covenant version (YAML) with its signatures, or check it and leave no trace (--check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the covenant, such as pga-md.v2.yaml")
        parser.add_argument(
            "--signatures", type=Path, help="the signatures; default: FILE with .signatures.yaml, if it is there"
        )
        parser.add_argument("--check", action="store_true", help="only report findings")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _text(options["file"])
        signatures = _signatures(options["file"], options["signatures"])
        if options["check"]:
            self._check(check_covenant(text, signatures))
            return
        try:
            loaded = load_covenant(text, signatures, by=operator("load_covenant"))
        except CovenantRefused as refused:
            raise CommandError(f"Niet geladen.\n{_lines(refused.findings)}") from refused
        if loaded.warnings:
            self.stdout.write(_lines(loaded.warnings))
        self.stdout.write(_said(loaded))

    def _check(self, findings: tuple[Finding, ...]) -> None:
        if any(finding.severity == "error" for finding in findings):
            raise CommandError(f"Dit convenant kan niet worden geladen.\n{_lines(findings)}")
        if findings:
            self.stdout.write(_lines(findings))
        self.stdout.write("Dit convenant kan worden geladen. Er is niets veranderd.")


def _said(loaded: Loaded) -> str:
    ends = f"{loaded.ends.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" if loaded.ends else "een later besluit"
    what = SAID[loaded.outcome].format(starts=f"{loaded.starts.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}", ends=ends)
    return f"{loaded.code} versie {loaded.number} {what}"


def _lines(findings: Iterable[Finding]) -> str:
    names = {"error": "Fout", "warning": "Let op"}
    return "\n".join(f"{names[finding.severity]}: {finding}" for finding in findings)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Het bestand {path} is niet te lezen ({error.strerror}). Controleer de naam.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"Het bestand {path} is geen UTF-8. Sla het op als UTF-8.") from error


def _signatures(document: Path, stated: Path | None) -> dict[str, Any] | None:
    path = stated or document.with_suffix(".signatures.yaml")
    if stated is None and not path.exists():
        return None
    try:
        value = read_yaml(_text(path)).value
    except DocumentInvalid as invalid:
        raise CommandError(f"Ondertekeningen in {path}:\n{_lines(invalid.findings)}") from invalid
    if not isinstance(value, dict):
        raise CommandError(f"{path} is geen blok met sleutels. Vergelijk met het voorbeeld in de handleiding.")
    return value
