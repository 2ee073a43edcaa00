"""Checkpoints of the sealed log, through the signer. Without one there are none: nothing unsigned is kept as such."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.proofs.checkpoint_jws import copy_as_jws
from audit.proofs.notes import parse, parse_signatures
from audit.proofs.tree import consistency_proof
from audit.sealing import order, tiles
from audit.sealing.models import Checkpoint, Cosignature, Flaw, FlawKind
from audit.signer.client import SignerClient
from audit.signer.core import CheckpointSigner, LocalSigner, SignRefused
from foundation import clock

logger = logging.getLogger("audit.sealing")
TURNS = 5
"""So often another sealer may come between; then it is left to that one."""


def configured() -> CheckpointSigner | None:
    """The signer of this installation: behind LOG_SIGNER_SOCKET, or in this process from LOG_SIGNER_DIRECTORY.

    In the directory a key and an empty state are made the first time (for the demo; elsewhere `manage.py signer`
    makes them). None when neither is set. Raises StateBroken, KeyInvalid, OSError.
    """
    if settings.LOG_SIGNER_SOCKET:
        return SignerClient(Path(settings.LOG_SIGNER_SOCKET))
    if not settings.LOG_SIGNER_DIRECTORY:
        return None
    return LocalSigner.opened(Path(settings.LOG_SIGNER_DIRECTORY), origin=settings.LOG_ORIGIN)


def sign(signer: CheckpointSigner, *, using: str = "default") -> Checkpoint | None:
    """Have the tree as it is sealed now signed, and keep the checkpoint; None when there is nothing new to sign.

    Its cost goes with the levels of the tree, not with its size.
    Raises:
        SignRefused: the signer signed another history before; it is also told as a Flaw.
        SignerUnavailable: try again later. ProofError: the stored tree is not whole.
    """
    connection = connections[using]
    for _ in range(TURNS):
        # The head first: whatever was signed had been sealed, so that the tree is at least as large.
        head = signer.head()
        size = order.mark(connection).size
        newest = Checkpoint.objects.using(using).order_by("-size").first()
        if size == 0 and head.size == 0:
            return None
        if newest and newest.size == size == head.size and bytes(newest.root) == head.root:
            return None
        root = tiles.range_of(connection, size).root()
        steps = consistency_proof(head.size, size, tiles.reader(connection)) if 0 < head.size < size else []
        try:
            note = signer.sign(size, root, steps)
        except SignRefused as refused:
            if signer.head() != head:
                # Another sealer had a larger tree signed since: that is no sign of tampering.
                continue
            _tell(connection, size, refused)
            raise
        return _keep(signer, size, root, note, using=using)
    return None


def note_with_cosignatures(checkpoint: Checkpoint, *, using: str = "default") -> str:
    """The signed note of a checkpoint with the lines of all witnesses that cosigned it."""
    lines = Cosignature.objects.using(using).filter(size=checkpoint.size).order_by("id").values_list("line", flat=True)
    return str(parse(checkpoint.note).plus(signature for line in lines for signature in parse_signatures(line)))


def _keep(signer: CheckpointSigner, size: int, root: bytes, note: str, *, using: str) -> Checkpoint | None:
    now = clock.now()
    key = settings.LOG_JWS_KEY
    made = Checkpoint(
        size=size,
        root=root,
        note=note,
        jws=copy_as_jws(note, key, log=signer.verifier(), now=now) if key else "",
        sealed_at=now,
    )
    with transaction.atomic(using=using):
        if Checkpoint.objects.using(using).filter(size=size).exists():
            return None
        made.save(using=using, force_insert=True)
    return made


def _tell(connection: BaseDatabaseWrapper, size: int, refused: SignRefused) -> None:
    """Once for a size and reason: the sealer asks again every round."""
    logger.error("the signer refuses the tree of %s entries (%s): %s", size, refused.code, refused.sentence)
    known = Flaw.objects.using(connection.alias).filter(kind=FlawKind.SIGNER, size=size, detail=refused.code)
    if not known.exists():
        Flaw.objects.using(connection.alias).create(
            found_at=clock.now(), kind=FlawKind.SIGNER, size=size, detail=refused.code
        )
