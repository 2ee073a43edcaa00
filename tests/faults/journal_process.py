"""A process of its own that writes to the journal: the tests kill it, lock it out, and count afterwards.

Usage: python -m tests.faults.journal_process DATABASE_NAME migrate|write|once|apart|die_before|die_after|break|tell
"""

import json
import os
import signal
import sys
from collections.abc import Callable

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
    tasks = {
        "migrate": migrate, "write": write, "once": once, "apart": apart, "die_before": die_before,
        "die_after": die_after, "break": break_commits, "tell": tell,
    }  # fmt: skip
    tasks[task]()


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


def die_before() -> None:
    """The process dies when the entry is written and not yet committed."""
    _page(lambda: os.kill(os.getpid(), signal.SIGKILL), after=False)


def die_after() -> None:
    """The process dies between the commit and the first byte of the answer."""
    _page(lambda: os.kill(os.getpid(), signal.SIGKILL), after=True)


def _page(act: Callable[[], None], *, after: bool) -> None:
    from django.db import transaction

    from audit.journal.appender import append
    from tests.audit.stand_ins import entry

    with transaction.atomic():
        append([entry(subject_ref="subject:1")])
        if after:
            transaction.on_commit(act)
        else:
            act()
    say("bytes of the case")


def break_commits() -> None:
    """From now on the database takes an entry, and fails when it is committed: on PostgreSQL by going away."""
    from django.db import connection

    if connection.vendor == "postgresql":
        statements = (
            "CREATE FUNCTION going() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
            # A partition each: a table that is partitioned takes no constraint trigger of its own.
            "DO $$ DECLARE part regclass; BEGIN FOR part IN SELECT inhrelid FROM pg_inherits"
            " WHERE inhparent = 'audit_entry'::regclass LOOP EXECUTE format('CREATE CONSTRAINT TRIGGER going"
            " AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION going()', part);"
            " END LOOP; END $$",
        )
    else:
        statements = (
            "CREATE TABLE gone (id integer PRIMARY KEY,"
            " other integer REFERENCES gone (id) DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TRIGGER going AFTER INSERT ON audit_entry BEGIN INSERT INTO gone (other) VALUES (7); END",
        )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def apart() -> None:
    """A refusal, recorded in a transaction of its own."""
    from django.db import connection

    from audit.journal.apart import append_apart
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
