"""Processes of a campaign against the sealer: writers, sealers and a teller. Each is a process, so it can be killed.

Usage: python -m tests.soak.workers DATABASE_NAME migrate|write|trickle|seal|sign|signed|tell DIRECTORY
"""

import json
import os
import random
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import django
from django.conf import settings


class TakenBack(Exception):
    """Ends a transaction or savepoint so that it is rolled back."""


def main(database: str, task: str, directory: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    settings.DATABASES["default"]["NAME"] = database
    settings.SEAL_INTERVAL_SECONDS = 0.05
    settings.SEAL_ROWS = 100
    settings.LOG_SIGNER_DIRECTORY = str(Path(directory) / "signer")
    django.setup()
    tasks = {
        "migrate": migrate, "write": write, "trickle": trickle, "seal": seal, "sign": sign, "signed": signed,
        "tell": tell,
    }  # fmt: skip
    tasks[task](Path(directory))


def migrate(_: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", "audit", verbosity=0, skip_checks=True)


THREADS = 3
"""Threads of one writer, so that entries apart wait for each other (audit.journal.apart)."""


def write(directory: Path, *, pause: float = 0.0) -> None:
    """Append for ever in threads; keep the uids that were committed. pause: seconds at most between two appends."""
    writers = [threading.Thread(target=_write, args=(directory, n, pause)) for n in range(THREADS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def trickle(directory: Path) -> None:
    """The same with pauses, so that processes can begin, and what is left is told in seconds."""
    write(directory, pause=0.1)


def _write(directory: Path, number: int, pause: float) -> None:
    """Apart, and in short and long transactions, some of them taken back."""
    from django.db import transaction

    from audit.journal.apart import append_apart
    from audit.journal.appender import append
    from audit.journal.reasons import NO_REASON
    from tests.audit.stand_ins import entry

    # The floors above have no tables in this store, so nobody else can say why.
    read = partial(entry, because=NO_REASON)
    chance = random.Random()
    with (directory / f"acknowledged-{os.getpid()}-{number}").open("w") as heard:
        while True:
            uids: tuple[str, ...] = ()
            if chance.random() < 0.5:
                uids = append_apart([read(subject_ref=f"subject:{n}") for n in range(chance.randint(1, 4))])
            else:
                with suppress(TakenBack), transaction.atomic():
                    uids = append([read(subject_ref=f"subject:{n}") for n in range(chance.randint(1, 4))])
                    if chance.random() < 0.1:
                        time.sleep(chance.random() * 0.05)
                    with suppress(TakenBack), transaction.atomic():
                        more = append([read()])
                        if chance.random() < 0.3:
                            raise TakenBack
                        uids += more
                    if chance.random() < 0.15:
                        uids = ()
                        raise TakenBack
            heard.write("".join(f"{uid}\n" for uid in uids))
            heard.flush()
            if pause:
                time.sleep(chance.random() * pause)


def seal(_: Path) -> None:
    """The sealer as `manage.py seal` runs it."""
    from django.core.management import call_command

    call_command("seal", verbosity=0)


def sign(_: Path) -> None:
    """Whether the signer signs what is sealed: "signed", or the code of its refusal."""
    from audit.sealing import sealer, signing
    from audit.signer.core import SignRefused

    sealer.seal_all()
    signer = signing.configured()
    assert signer
    try:
        signing.sign(signer)
        sys.stdout.write("signed")
    except SignRefused as refused:
        sys.stdout.write(refused.code)


def signed(_: Path) -> None:
    """How many trees were signed."""
    from audit.models import Checkpoint

    sys.stdout.write(str(Checkpoint.objects.count()))


def tell(_: Path) -> None:
    """Seal what is left; then what the log holds, and what is wrong with it."""
    from django.db import connection

    from audit.models import Checkpoint, Entry, Flaw, Leaf
    from audit.proofs.verifier import leaf_hash, root
    from audit.sealing import sealer, signing, tiles

    while (done := sealer.seal_all()) is None:
        time.sleep(0.05)
    signer = signing.configured()
    assert signer
    signing.sign(signer)
    leaves = list(Leaf.objects.order_by("seq").values_list("seq", "entry_uid", "entry_id", "tx", "leaf_hash"))
    bodies = dict(Entry.objects.values_list("uid", "body"))
    newest = Checkpoint.objects.order_by("-size").first()
    hashes = [leaf_hash(bytes(bodies[leaf[1]])) for leaf in leaves]
    told = {
        "entries": sorted(uid.hex for uid in bodies),
        "sealed": [leaf[1].hex for leaf in leaves],
        "numbered": [leaf[0] for leaf in leaves] == list(range(len(leaves))),
        "in_order": [leaf[2:4] for leaf in leaves] == sorted((leaf[2:4] for leaf in leaves), key=_place),
        "whole": tiles.range_of(connection, done.size).root() == root(hashes),
        "signed": bool(newest and newest.size == done.size and bytes(newest.root) == root(hashes)),
        "checkpoints": Checkpoint.objects.count(),
        "flaws": list(Flaw.objects.values_list("kind", flat=True)),
    }
    sys.stdout.write(json.dumps(told))


def _place(place: tuple[int, int | None]) -> tuple[int, int]:
    return place[1] or 0, place[0]


if __name__ == "__main__":
    main(*sys.argv[1:4])
