"""manage.py log_policy: writes whom this installation trusts (C2SP tlog-policy), from the witnesses' public keys."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.proofs.note_keys import KeyInvalid, parse_vkey
from audit.proofs.policy import Group, Policy, PolicyInvalid, PolicyLog, PolicyWitness, parse_policy
from audit.sealing import signing
from audit.signer.core import SignerUnavailable

GROUP = "partners"


class Command(BaseCommand):
    """manage.py log_policy --witness NAME KEY URL [--witness …] [--quorum N] [--output FILE]"""

    help = "Schrijft het beleidsbestand: de sleutel van het logboek, de getuigen, en hoeveel er genoeg zijn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--witness", nargs=3, action="append", default=[], metavar=("NAAM", "SLEUTEL", "ADRES"),
            help="een getuige: naam in dit bestand, publieke sleutel, adres; herhaal voor elke getuige",
        )  # fmt: skip
        parser.add_argument("--quorum", type=int, help="hoeveel getuigen genoeg zijn; anders alle")
        parser.add_argument("--output", type=Path, help="het bestand; anders LOG_POLICY_FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0, or 1 with a sentence; the file is whole or as it was."""
        target = options["output"] or (Path(settings.LOG_POLICY_FILE) if settings.LOG_POLICY_FILE else None)
        if target is None:
            raise CommandError("LOG_POLICY_FILE is niet ingesteld: geef --output.")
        try:
            policy = _policy(options["witness"], options["quorum"])
            parse_policy(policy.text())
            beside = target.with_name(target.name + ".new")
            beside.write_text(policy.text(), encoding="utf-8")
            os.replace(beside, target)
        except (KeyInvalid, PolicyInvalid, SignerUnavailable, OSError) as wrong:
            raise CommandError(f"Er is geen beleid geschreven: {wrong}") from wrong
        if options["verbosity"]:
            self.stdout.write(f"{target}: {len(policy.witnesses)} getuigen, quorum {policy.quorum}")


def _policy(witnesses: list[list[str]], quorum: int | None) -> Policy:
    signer = signing.configured()
    if signer is None:
        raise CommandError("Er is geen ondertekenaar: stel LOG_SIGNER_SOCKET in.")
    log = PolicyLog(signer.verifier())
    if not witnesses:
        return Policy((log,))
    enough = len(witnesses) if quorum is None else quorum
    if not 1 <= enough <= len(witnesses):
        raise CommandError(f"--quorum is een getal van 1 tot {len(witnesses)}.")
    trusted = tuple(PolicyWitness(name, parse_vkey(key), url) for name, key, url in witnesses)
    return Policy((log,), trusted, (Group(GROUP, enough, tuple(one.name for one in trusted)),), GROUP)
