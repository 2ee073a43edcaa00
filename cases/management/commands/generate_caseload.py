"""Generates practice cases from the command line. Drawing and writing are in cases.casework.loading."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from agreements.covenants.rules import operator
from cases.casework.loading.generate import generate_caseload
from foundation.errors import Problem


class Command(BaseCommand):
    """manage.py generate_caseload --cases 10000 --seed 1 [--agencies-share GEM-MD=0.9 VT-MD=0.01]"""

    help = "Generate practice cases (GEN-000001, …) over the parties and covenants of the demo; same seed, same cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, required=True, help="how many")
        parser.add_argument("--seed", type=int, default=1, help="another seed gives other cases (default 1)")
        parser.add_argument(
            "--agencies-share",
            nargs="*",
            type=_share,
            default=[],
            metavar="CODE=SHARE",
            help="in which part of the cases an agency reads along, from 0 to 1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # disable=None: no bar where nobody looks (a file, a test).
        with tqdm(total=options["cases"], unit=" casussen", disable=None) as bar:
            try:
                made = generate_caseload(
                    options["cases"],
                    seed=options["seed"],
                    by=operator("generate_caseload"),
                    shares=dict(options["agencies_share"]),
                    progress=bar.update,
                )
            except Problem as problem:
                raise CommandError(f"{problem.sentence} {problem.remedy}".strip()) from problem
        rows = sum(made.rows.values())
        self.stdout.write(f"Gemaakt: {made.first} tot en met {made.last}, samen {rows} rijen.")


def _share(text: str) -> tuple[str, float]:
    code, _, number = text.partition("=")
    try:
        return code, float(number)
    except ValueError:
        raise ArgumentTypeError(f"{text}: schrijf CODE=AANDEEL, zoals GEM-MD=0.9") from None
