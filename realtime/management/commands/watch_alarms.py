"""manage.py watch_alarms: takes the steps of alarms that nobody answers, until it is stopped. More than one is safe."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from foundation.errors import Problem
from realtime.alarms.escalation import escalate_due

log = logging.getLogger("verbond.realtime")


class Command(BaseCommand):
    """The clock of alarms, which runs also when no phone is connected."""

    help = "Zet alarmen door waarop niemand antwoordt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="één ronde, en dan klaar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 after --once or a stop by SIGTERM or SIGINT."""
        if options["once"]:
            count = escalate_due()
            if options["verbosity"]:
                self.stdout.write(f"Doorgezet: {count}")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.wait(settings.ALARM_WATCH_SECONDS):
            try:
                close_old_connections()
                escalate_due()
            except (DatabaseError, Problem):
                # The database or the journal is away: the step stays due, and is taken when it is back.
                log.exception("alarms could not be watched", extra={"event": "alarm_watch"})
