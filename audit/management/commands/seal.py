"""manage.py seal: the sealer of the journal, until it is stopped. One at a time; a second one waits its turn."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.sealing import signing, witnessing
from audit.sealing.loop import Loop


class Command(BaseCommand):
    """Seals, has the signer sign, and asks the witnesses."""

    help = "Verzegelt het logboek, elke seconde en zo nodig meteen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="één ronde, en dan klaar")
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 after --once or a stop by SIGTERM or SIGINT."""
        signer = signing.configured()
        loop = Loop(signer, using=options["database"])
        if options["verbosity"] and signer is None:
            self.stderr.write("Er is geen ondertekenaar: er wordt verzegeld, maar niets ondertekend.")
        if options["once"]:
            done = loop.round()
            witnessing.ask(using=options["database"])
            if options["verbosity"]:
                self.stdout.write(f"{done.rows} verzegeld, {done.size} in totaal" if done else "een ander verzegelt al")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        loop.run(stop)
