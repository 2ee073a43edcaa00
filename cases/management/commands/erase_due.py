"""Carries out approved destructions and makes the store forget their bytes. Run daily, at night."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from cases.retention.commands import carry_out_approved
from cases.retention.compacting import compact


class Command(BaseCommand):
    """manage.py erase_due"""

    help = "Carry out every approved destruction, certify it, and rewrite the store without what was deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        done = carry_out_approved(by=operator("erase_due"))
        for found in done:
            rows = sum((found.certificate or {}).get("rows", {}).values())
            self.stdout.write(f"{found.case.number}: {rows} rijen vernietigd, verklaring {found.hash[:16]}")
        if done:
            compact(table for found in done for table in (found.certificate or {}).get("rows", {}))
        self.stdout.write(f"Uitgevoerd: {len(done)}.")
