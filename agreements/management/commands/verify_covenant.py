"""Checks a sealed covenant without database or network. What is checked is in agreements.signing.verify."""

import json
import warnings
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography import x509
from django.core.management.base import BaseCommand, CommandError

from agreements.signing.verify import Report, verify

_MARKS = {"ok": "✓", "note": "·", "wrong": "✗"}


class Command(BaseCommand):
    """manage.py verify_covenant FILE.pdf [--trust root.pem] [--no-paper] [--json]"""

    help = "Check a sealed covenant (PDF) offline: its seal, its document, every signature. Exit code 0 or 1."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the sealed covenant")
        parser.add_argument("--trust", type=Path, help="root.pem of the installation, got by another way than this PDF")
        parser.add_argument("--no-paper", action="store_true", help="refuse signatures that were recorded from paper")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        data = _read(options["file"])
        trust = _certificate(options["trust"]) if options["trust"] else None
        with warnings.catch_warnings():
            # What a library thinks of odd bytes is no sentence for the reader; the report has those.
            warnings.simplefilter("ignore")
            report = verify(data, trust=trust, allow_paper=not options["no_paper"])
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if not report.ok:
            raise CommandError(f"{options['file'].name}: klopt niet.", returncode=1)


def _as_text(report: Report) -> str:
    lines = [f"{_MARKS[line.state]} {line.sentence}" for line in report.lines]
    if report.ok:
        lines.append(f"Akkoord: {report.covenant} versie {report.version} is ongewijzigd en getekend.")
        if any(line.state == "note" for line in report.lines):
            lines.append("Lees ook de regels met een punt ervoor: die zijn hier niet te bewijzen.")
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    return json.dumps({"ok": report.ok, **asdict(report)}, ensure_ascii=False, indent=2)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise CommandError(f"{path} is niet te lezen.") from wrong


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(_read(path))
    except ValueError as wrong:
        raise CommandError(f"{path} is geen certificaat (PEM).") from wrong
