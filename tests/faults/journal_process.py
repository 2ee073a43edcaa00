"""A process of its own that writes to the journal: the tests kill it, lock it out, and count afterwards.

Usage: python -m tests.faults.journal_process DATABASE_NAME migrate|write|once|apart|tell
"""

import json
import os
import sys

import django
from django.conf import settings


def main(database: str, task: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    settings.DATABASES["default"]["NAME"] = database
    if task in ("once", "apart") and "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
    django.setup()
    from audit import ports

    # The floor that says why a read was somebody's work has no tables in this store.
    ports.withdraw("cases")
    {"migrate": migrate, "write": write, "once": once, "apart": apart, "tell": tell}[task]()


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", "audit", verbosity=0, skip_checks=True)


def write() -> None:
    """Append for ever; a uid is said only after its commit: that is the acknowledgement."""
    from django.db import transaction

    from audit.journal.appender import append
    from tests.audit.stand_ins import entry

    while True:
        with transaction.atomic():
            uids = append([entry(subject_ref=f"subject:{n}", actor_name="D. Kuipers") for n in range(3)])
        say(*uids)


def once() -> None:
    """One page as a view makes it: first the entry, then the bytes."""
    from django.db import DatabaseError, connection, transaction

    from audit.journal.appender import append
    from audit.journal.errors import JournalUnavailable
    from tests.audit.stand_ins import entry

    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
            append([entry()])
        say("bytes of the case")
    except (JournalUnavailable, DatabaseError) as error:
        say(type(error).__name__)


def apart() -> None:
    """A refusal, recorded in a transaction of its own."""
    from django.db import connection

    from audit.journal.appender import append_apart
    from audit.journal.errors import JournalUnavailable
    from tests.audit.stand_ins import entry

    if connection.vendor == "postgresql":
        connection.cursor().execute("SET lock_timeout = '200ms'")
    try:
        append_apart([entry()])
        say("written")
    except JournalUnavailable as error:
        say(str(error.status))


def tell() -> None:
    """What the journal holds: every uid, whether it agrees with itself, and the number of parts."""
    from audit.journal import models
    from audit.journal.evidence import agreement_of

    rows = list(models.Entry.objects.order_by("uid"))
    told = {
        "uids": [row.uid.hex for row in rows],
        "whole": all(agreement_of(row).whole for row in rows),
        "parts": models.Part.objects.count(),
    }
    say(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
