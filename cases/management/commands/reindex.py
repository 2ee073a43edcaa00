"""Builds the search index anew from the command line. Building is in cases.search.building."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from agreements.covenants.rules import operator
from cases.search.building import missing, rebuild


class Command(BaseCommand):
    """manage.py reindex: after an update that changed how words are made, or when --check says that it differs."""

    help = "Build the index of search anew from the facts that stand."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only say how many contributions differ; 1 if any do")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            count = missing()
            self.stdout.write(f"{count} bijdragen staan anders in het zoekregister dan in de casus.")
            raise SystemExit(1 if count else 0)
        with tqdm(unit=" bijdragen", disable=None) as bar:
            done = rebuild(by=operator("reindex").actor_ref, progress=bar.update)
        self.stdout.write(f"Zoekregister gemaakt van {done} bijdragen.")
