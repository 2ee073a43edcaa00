"""Settles minutes whose term passed, and takes away PDFs that were kept a day. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from cases.minutes.commands import close_due
from cases.papers.keeping import erase_old


class Command(BaseCommand):
    """manage.py close_minutes"""

    help = "Settle the minutes to which nobody objected within the term, and erase PDFs of more than a day old."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = close_due(by=operator("close_minutes"))
        erased = erase_old()
        self.stdout.write(f"{closed} verslagen vastgesteld; {erased} PDF's gewist.")
