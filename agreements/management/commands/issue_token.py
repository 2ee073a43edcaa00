"""Prints an access token for trying out the API from a command line. Issuing itself is in parties.tokens."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.parties.tokens import issue_token, membership_for
from foundation.errors import Problem


class Command(BaseCommand):
    """manage.py issue_token --professional nadia --purpose pga_youth --case MD-2026-0418"""

    help = "Print an access token (ES256 JWT) for one professional, purpose and, where it applies, case."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--professional", required=True, help="persona key, or e-mail address")
        parser.add_argument("--purpose", required=True, help="code of the purpose, such as pga_youth")
        parser.add_argument("--case", default="", help="case number; without it, every case of the purpose")
        parser.add_argument("--agency", default="", help="agency code, when somebody works for several")
        parser.add_argument("--minutes", type=int, default=None, help="how long it holds (default 10)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            membership = membership_for(persona=options["professional"], agency=options["agency"])
            issued = issue_token(
                membership, purpose=options["purpose"], case=options["case"], minutes=options["minutes"]
            )
        except Problem as problem:
            raise CommandError(f"{problem.sentence} {problem.remedy}".strip()) from problem
        self.stdout.write(issued.token)
