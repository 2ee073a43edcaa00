"""Rewrites the tables of change agents, so that the bytes of who withdrew go too. Run daily, at night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from foundation.compacting import rewrite
from programmes.agents.commands.agents import TABLES


class Command(BaseCommand):
    """manage.py erase_agents"""

    help = "Herschrijf de opslag zonder wie zijn toestemming introk. Dat gebeurt al meteen; dit is voor wat bezet was."

    def handle(self, *args: Any, **options: Any) -> None:
        rewrite(connection, TABLES)
        self.stdout.write("De tabellen van sleutelfiguren zijn herschreven.")
