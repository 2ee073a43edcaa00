"""The number that changes when any rule does, and how a process learns of it.

The row in the database is the only truth. No copy in a cache: the process that bumps could die between
commit and copy, and an old copy would grant what has ended. One row by primary key costs little, and is
asked once in POLICY_EPOCH_TTL_SECONDS; the process that bumps knows at its own commit.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from agreements.covenants.models import PolicyEpoch
from foundation import clock

log = logging.getLogger("verbond.covenants")
_ROW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """The rules as they stand. Equal only if no rule changed between; number 0: no covenant was ever loaded."""

    number: int
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The epoch as the database had it, when it was asked (monotonic seconds), and after how many changes here."""

    epoch: Epoch
    moment: float
    after: int


_NONE = Epoch(number=0, stamp="")
_remembered: Look | None = None
_changes = 0
_asked = 0.0
"""When somebody last wanted to know (monotonic seconds)."""
_remembering = threading.Lock()
_here = threading.local()


def current_epoch() -> Epoch:
    """The epoch now, at most POLICY_EPOCH_TTL_SECONDS old; at most one query.

    Inside a transaction that bumped it is the new one, which no other thread hears of before the commit.
    """
    global _asked
    if _bumped_here():
        return _read()
    _asked = time.monotonic()
    wait: float = settings.POLICY_EPOCH_TTL_SECONDS
    known = _remembered
    if known is not None and time.monotonic() - known.moment < wait:
        return known.epoch
    found = look()
    remember(found)
    return found.epoch


def is_wanted(seconds: float) -> bool:
    """Whether anybody in this process asked for the epoch within so many seconds."""
    return time.monotonic() - _asked < seconds


def look() -> Look:
    """Ask the database. Nobody else hears of it before `remember`."""
    after, moment = _changes, time.monotonic()
    return Look(epoch=_read(), moment=moment, after=after)


def remember(found: Look) -> None:
    """Let this process go by what was found, unless something newer is known: then it stays with that."""
    global _remembered
    with _remembering:
        known = _remembered
        if found.after == _changes and (known is None or known.moment < found.moment):
            _remembered = found


def lock_epoch() -> None:
    """Let nobody else change a rule until this transaction ends. First statement of every command."""
    _first_row()
    PolicyEpoch.objects.select_for_update().get(pk=_ROW)


def bump_epoch() -> int:
    """Give the rules a new number, in the transaction that changes them; returns it.

    Every process compiles again: this one goes by the new rules from commit on, the others within
    POLICY_EPOCH_TTL_SECONDS. Call after lock_epoch.
    """
    row = PolicyEpoch.objects.get(pk=_ROW)
    number = row.number + 1
    PolicyEpoch.objects.filter(pk=_ROW).update(number=number, stamp=uuid.uuid4(), changed_at=clock.now())
    _here.bumped = True
    transaction.on_commit(_committed)
    return number


def forget() -> None:
    """Ask the database at the next question."""
    global _changes, _remembered
    _here.bumped = False
    with _remembering:
        _changes += 1
        _remembered = None


def at_commit(act: Callable[[], None] | None) -> None:
    """Have this done right after a commit that bumped, before who made it goes on; None: no more."""
    global _at_commit
    _at_commit = act


_at_commit: Callable[[], None] | None = None


def _committed() -> None:
    global _changes
    _here.bumped = False
    with _remembering:
        # What others are asking right now is of before.
        _changes += 1
    try:
        if _at_commit:
            _at_commit()
    except Exception:
        log.exception("the rules could not be compiled after a commit", extra={"event": "rules_not_compiled"})
    finally:
        _drop_older()


def _drop_older() -> None:
    global _remembered
    with _remembering:
        if _remembered is not None and _remembered.after != _changes:
            _remembered = None


def _bumped_here() -> bool:
    """Whether this thread is in a transaction that bumped. One that was rolled back costs a query, no more."""
    if getattr(_here, "bumped", False) and not transaction.get_connection().in_atomic_block:
        _here.bumped = False
    return getattr(_here, "bumped", False)


def _read() -> Epoch:
    # Not by the ORM, which takes longer to phrase it than the database to answer; it is asked all day long.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, stamp FROM {PolicyEpoch._meta.db_table} WHERE id = %s", [_ROW])  # noqa: S608
        found = cursor.fetchone()
    return _NONE if found is None else Epoch(number=found[0], stamp=str(uuid.UUID(str(found[1]))))


def _first_row() -> None:
    if not PolicyEpoch.objects.filter(pk=_ROW).exists():
        # Two first loads at once: the unique key lets one in, and the other waits for its row below.
        PolicyEpoch.objects.bulk_create(
            [PolicyEpoch(pk=_ROW, number=0, stamp=uuid.UUID(int=0), changed_at=clock.now())],
            ignore_conflicts=True,
        )
