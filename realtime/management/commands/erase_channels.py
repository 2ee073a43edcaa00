"""Erases messages of channels past their term and makes the store forget their bytes. Run daily, at night."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from agreements.covenants.rules import operator
from cases.retention.compacting import compact
from realtime.channels.commands.erasing import erase_due


class Command(BaseCommand):
    """manage.py erase_channels"""

    help = "Erase the messages of channels that are past their term, and rewrite the store without them."

    def handle(self, *args: Any, **options: Any) -> None:
        done = erase_due(by=operator("erase_channels"))
        if done:
            compact(model._meta.db_table for model in apps.get_app_config("realtime").get_models())
        self.stdout.write(f"Gewist: {sum(done.values())} berichten in {len(done)} kanalen.")
