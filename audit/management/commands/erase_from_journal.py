"""manage.py erase_from_journal PERSON: on request, makes the log forget whom its entries are about."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.pruning import on_request
from audit.pruning.compacting import compact
from foundation.errors import Problem


class Command(BaseCommand):
    """Without --officer nothing is changed."""

    help = "Wist op verzoek wie de betrokkene van regels is; de regels en hun bewijzen blijven."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="de verwijzing, zoals subject:<uuid>")
        parser.add_argument("--officer", action="append", default=[], help="professional:<uuid>, van twee mensen")
        parser.add_argument("--agency", default="installation", help="namens welke organisatie de eerste besluit")
        parser.add_argument("--reason", default="", help="waarom")
        parser.add_argument("--no-compact", action="store_true", help="herschrijf de tabellen een andere keer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0, or 1 with a sentence."""
        person, officers = options["person"], options["officer"]
        if not officers:
            self.stdout.write(f"{on_request.count(person)} regels noemen deze betrokkene. Er is niets gewijzigd.")
            return
        if len(officers) != 2:
            raise CommandError("Noem met --officer precies twee privacy officers.")
        try:
            erased = on_request.erase(
                person, officers=(officers[0], officers[1]), agency_ref=options["agency"], reason=options["reason"]
            )
        except Problem as wrong:
            raise CommandError(f"{wrong.sentence} {wrong.remedy}") from wrong
        if not options["no_compact"]:
            compact()
        self.stdout.write(f"In {erased} regels is de betrokkene gewist.")
