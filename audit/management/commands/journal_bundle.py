"""manage.py journal_bundle DIR: the sealed log as files, for somebody with nothing but Python."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.integrity.bundles import NoPolicy, policy_bytes
from audit.integrity.export import write_bundle
from audit.proofs.verifier import ProofError
from audit.sealing.proofs import NotSealed


class Command(BaseCommand):
    """Writes a bundle that audit/proofs/verifier.py checks."""

    help = "Schrijft het verzegelde logboek met bewijzen naar een nieuwe map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--with-parts", action="store_true", help="ook de persoonsgegevens, leesbaar")
        parser.add_argument("--with-history", action="store_true", help="ook de versies waar regels voor instaan")
        parser.add_argument("--agency", help="alleen de regels van de organisatie met deze verwijzing")
        parser.add_argument("--policy", type=Path, help="het beleidsbestand; anders dat van deze installatie")
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0, or 1 with a sentence."""
        try:
            made = write_bundle(
                options["directory"],
                policy=policy_bytes(options["policy"]),
                scope=options["agency"],
                with_parts=options["with_parts"],
                with_history=options["with_history"],
                using=options["database"],
            )
        except NoPolicy as wrong:
            raise CommandError("Er is geen beleidsbestand en geen ondertekenaar: geef --policy.") from wrong
        except (NotSealed, ProofError, OSError) as wrong:
            raise CommandError(f"Er is geen bundel gemaakt: {wrong}") from wrong
        if options["verbosity"]:
            self.stdout.write(f"{options['directory']}: {made.size} regels, wortel {bytes(made.root).hex()}")
