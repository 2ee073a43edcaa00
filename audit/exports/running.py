"""Making an export piece by piece, so that a worker that dies loses nothing: the next one goes on after it.

A piece and the place up to which it reads are stored in one transaction, and only if the place is still the one from
which the piece was read and the worker is still the one that has the export: so no entry comes twice, and none is
missing, whoever dies when.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation

from audit.exports.events import MADE
from audit.exports.kinds import Asked, Kind, asked_of, kinds
from audit.exports.models import Export, ExportPiece, ExportState
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock
from foundation.boxes import box

STALE_AFTER = timedelta(minutes=2)
"""A piece takes a second. Who showed nothing for this long has died."""
_BOX = "log-export"
UNFINISHED = (ExportState.QUEUED, ExportState.RUNNING)


class Lost(Exception):
    """Another worker has this export now, or it was taken away."""


def free(at: datetime) -> Q:
    """Exports that are not done and that nobody is at."""
    return Q(state__in=UNFINISHED) & (Q(beat_at=None) | Q(beat_at__lte=at - STALE_AFTER))


def waiting() -> "QuerySet[Export]":
    """Exports that need a worker: those not begun for a while, and those whose worker died."""
    now = clock.now()
    return Export.objects.filter(free(now), asked_at__lte=now - STALE_AFTER, expires_at__gt=now)


def make(uid: UUID) -> bool:
    """Make an export, or what is left of it; whether it is done now. False when somebody else is at it."""
    me, now = uuid4(), clock.now()
    claimed = Export.objects.filter(free(now), uid=uid).update(worker=me, beat_at=now, state=ExportState.RUNNING)
    if not claimed:
        return False
    export = Export.objects.get(uid=uid)
    kind = kinds()[export.kind]
    asked = asked_of(export)
    try:
        with translation.override(export.language):
            _all_pieces(export, kind, asked, me)
            _finish(export, kind, asked, me)
    except Lost:
        return False
    except Exception:
        # What was stored stays: whoever asks again goes on from there.
        Export.objects.filter(uid=uid, worker=me).update(state=ExportState.FAILED, worker=None, beat_at=None)
        raise
    return True


def _all_pieces(export: Export, kind: Kind, asked: Asked, me: UUID) -> None:
    if not export.total:
        export.total = kind.total(asked)
        _mine(export, me).update(total=export.total)
    while piece := kind.step(asked, export.place):
        sealed = box(_BOX).encrypt(piece.content)
        with transaction.atomic():
            moved = _mine(export, me).update(
                place=piece.place, pieces=F("pieces") + 1, done=F("done") + piece.n, beat_at=clock.now()
            )  # fmt: skip
            if not moved:
                raise Lost
            _store(export, export.pieces, sealed)
        export.place, export.pieces = piece.place, export.pieces + 1


def _store(export: Export, number: int, sealed: bytes) -> None:
    ExportPiece.objects.create(export=export, number=number, content=sealed)


def _mine(export: Export, me: UUID) -> "QuerySet[Export]":
    """The row, while this worker has it and it stands where this worker left it."""
    return Export.objects.filter(pk=export.pk, worker=me, place=export.place, pieces=export.pieces)


def _finish(export: Export, kind: Kind, asked: Asked, me: UUID) -> None:
    whole = kind.finish(asked, _stored(export)) if kind.finish else None
    digest, size = hashlib.sha256(), 0
    for part in (whole,) if whole is not None else _joined(export, kind):
        digest.update(part)
        size += len(part)
    with transaction.atomic():
        done = _mine(export, me).update(
            state=ExportState.DONE, made_at=clock.now(), size=size, sha256=digest.hexdigest(), worker=None, beat_at=None
        )
        if not done:
            raise Lost
        if whole is not None:
            ExportPiece.objects.filter(export=export).delete()
            _store(export, 0, box(_BOX).encrypt(whole))
        append([_entry(export, sha256=digest.hexdigest(), size=size)])


def _entry(export: Export, **detail: str | int) -> Entry:
    return Entry(
        event_type=MADE, action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=export.asked_by_ref,
        agency_ref=export.agency_ref, purpose="oversight", route="task:make_export",
        detail={"export": str(export.uid), "kind": export.kind, **detail},
    )  # fmt: skip


def file_of(export: Export) -> Iterator[bytes]:
    """The bytes of a finished export, piece by piece."""
    kind = kinds()[export.kind]
    yield from _stored(export) if kind.finish else _joined(export, kind)


def _joined(export: Export, kind: Kind) -> Iterator[bytes]:
    yield kind.head
    for number, part in enumerate(_stored(export)):
        yield kind.between + part if number else part
    yield kind.tail


def _stored(export: Export) -> Iterator[bytes]:
    opened = box(_BOX).decrypt
    mine = ExportPiece.objects.filter(export=export)
    # One at a time: a file of a large log fits in no memory, here nor at the database.
    for number in list(mine.order_by("number").values_list("number", flat=True)):
        yield opened(bytes(mine.values_list("content", flat=True).get(number=number)))
