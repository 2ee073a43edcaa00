"""`manage.py exports`: goes on with exports whose worker died, and takes away those that were kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.exports import commands


class Command(BaseCommand):
    """Run it every five minutes, beside db_worker."""

    help = "Goes on with exports of the log that stopped, and erases the old ones."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many went on and how many were erased."""
        self.stdout.write(f"{commands.resume()} exports go on, {commands.erase_old()} erased")
