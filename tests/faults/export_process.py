"""A process of its own that makes an export of the log: the test kills it again and again, and reads the file.

Usage: python -m tests.faults.export_process DATABASE_NAME fill|make
"""

import json
import os
import sys
import time
from datetime import timedelta

import django
from django.conf import settings

ENTRIES = 300


def main(database: str, task: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    {"fill": fill, "make": make}[task]()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fill() -> None:
    """Entries of a while ago, and the wish for an export of them."""
    import time_machine
    from django.db import transaction

    from audit.exports.models import Export
    from audit.journal.appender import append
    from audit.journal.entry import Because
    from foundation import clock
    from tests.audit.stand_ins import POLICE, WIJKAGENT, entry

    now = clock.now()
    with time_machine.travel(now - timedelta(minutes=10)), transaction.atomic():
        why = Because(code="R3")
        append([entry(subject_ref=f"subject:{n}", because=why) for n in range(ENTRIES)])
    Export.objects.create(
        kind="nen7513_json", asked_by_ref=WIJKAGENT, agency_ref=POLICE, of_agency=POLICE, asked_at=now,
        since=now - timedelta(hours=1), until=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip


def make() -> None:
    """Go on with the export; says so after each piece that was stored, and at the end what is in the file."""
    from audit.exports import rows, running
    from audit.exports.models import Export

    rows.CHUNK = 10
    # Who was killed is surely dead: the test need not wait for it to be stale.
    running.STALE_AFTER = timedelta(0)
    real = running._store

    def store(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]
        say("stored")
        time.sleep(0.005)

    running._store = store
    if running.make(Export.objects.get().uid):
        tell()


def tell() -> None:
    """The entries of the log and those in the file, in order."""
    from audit.exports import running
    from audit.exports.models import Export
    from audit.journal.models import Entry

    text = b"".join(running.file_of(Export.objects.get()))
    logged = [
        uid.hex for uid in Entry.objects.filter(event_type="case.read").order_by("uid").values_list("uid", flat=True)
    ]
    say(json.dumps({"logged": logged, "exported": [line["EventID"] for line in json.loads(text)]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
