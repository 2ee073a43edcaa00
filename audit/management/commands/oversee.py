"""`manage.py oversee`: marks notable reads since the last run, for the privacy officer to look at."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.oversight.overseeing import oversee
from audit.oversight.tasks import oversee_journal


class Command(BaseCommand):
    """Run it every hour; it goes on where it stopped."""

    help = "Marks notable reads in the journal since the last run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", action="store_true", help="leave the work to `manage.py db_worker`")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many marks were made, or that the work waits for a worker."""
        if options["queue"]:
            oversee_journal.enqueue()
            self.stdout.write("the work waits for manage.py db_worker")
            return
        self.stdout.write(f"{oversee()} marks made")
