"""`manage.py oversee`: marks notable reads since the last run, for the privacy officer to look at."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.oversight.overseeing import oversee


class Command(BaseCommand):
    """Run it every hour; it goes on where it stopped."""

    help = "Marks notable reads in the journal since the last run."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many marks were made."""
        self.stdout.write(f"{oversee()} marks made")
