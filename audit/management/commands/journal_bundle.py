"""manage.py journal_bundle DIR: the sealed log as files, for somebody with nothing but Python."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.proofs.verifier import ProofError
from audit.sealing import proofs, signing


class Command(BaseCommand):
    """Writes a bundle that audit/proofs/verifier.py checks."""

    help = "Schrijft het verzegelde logboek met bewijzen naar een nieuwe map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--with-parts", action="store_true", help="ook de persoonsgegevens, leesbaar")
        parser.add_argument("--policy", type=Path, help="het beleidsbestand; anders dat van deze installatie")
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0, or 1 with a sentence."""
        try:
            made = proofs.write_bundle(
                options["directory"],
                policy=_policy(options["policy"]),
                with_parts=options["with_parts"],
                using=options["database"],
            )
        except (proofs.NotSealed, ProofError, OSError) as wrong:
            raise CommandError(f"Er is geen bundel gemaakt: {wrong}") from wrong
        if options["verbosity"]:
            self.stdout.write(f"{options['directory']}: {made.size} regels, wortel {bytes(made.root).hex()}")


def _policy(given: Path | None) -> bytes:
    """The file that was given, else that of the installation, else the log's own key without witnesses."""
    path = given or (Path(settings.LOG_POLICY_FILE) if settings.LOG_POLICY_FILE else None)
    if path and (given or path.exists()):
        return path.read_bytes()
    signer = signing.configured()
    if signer is None:
        raise CommandError("Er is geen beleidsbestand en geen ondertekenaar: geef --policy.")
    return f"log {signer.verifier()}\nquorum none\n".encode()
