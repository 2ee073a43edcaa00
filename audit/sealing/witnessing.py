"""Asking the witnesses of the policy to cosign the newest checkpoint, and keeping their lines."""

import logging
from datetime import UTC, datetime

from django.db import connections, transaction

from audit.proofs.policy import PolicyInvalid
from audit.proofs.tree import consistency_proof
from audit.sealing import state, tiles
from audit.sealing.models import Checkpoint, Cosignature, Flaw, FlawKind
from audit.witness.client import Outcome, WitnessResult, collect
from foundation import clock

logger = logging.getLogger("audit.sealing")


def ask(*, using: str = "default", budget: float = 5.0) -> tuple[WitnessResult, ...]:
    """Have the newest checkpoint cosigned by all witnesses that did not do so yet; what came of each.

    A witness that saw another history, or a longer one, is also told as a Flaw. budget: seconds for all together.
    Without a policy or a checkpoint there is nobody or nothing to ask. A policy that cannot be read is logged.
    """
    try:
        trusted = state.policy()
    except (PolicyInvalid, OSError) as wrong:
        logger.error("the policy of the log cannot be read: %s", wrong)
        return ()
    newest = Checkpoint.objects.using(using).order_by("-size").first()
    if trusted is None or newest is None:
        return ()
    seen = state.seen(using=using)
    waiting = [one for one in trusted.witnesses if seen.get(one.name, 0) < newest.size]
    read = tiles.reader(connections[using])
    results = collect(
        waiting,
        newest.note,
        proof=lambda old, new: consistency_proof(old, new, read),
        now=int(clock.now().timestamp()),
        seen=seen,
        budget=budget,
    )
    for result in results:
        _keep(newest, result, using)
    return results


def _keep(checkpoint: Checkpoint, result: WitnessResult, using: str) -> None:
    if result.outcome in (Outcome.SPLIT, Outcome.AHEAD):
        _tell(checkpoint, result, using)
    if result.outcome is not Outcome.COSIGNED or result.time is None:
        return
    moment = datetime.fromtimestamp(result.time, UTC)
    with transaction.atomic(using=using):
        known = Cosignature.objects.using(using).filter(size=checkpoint.size, witness=result.witness)
        if not known.exists():
            Cosignature.objects.using(using).create(
                size=checkpoint.size, witness=result.witness, line=result.line, cosigned_at=moment
            )


def _tell(checkpoint: Checkpoint, result: WitnessResult, using: str) -> None:
    """Once for a size, a witness and an outcome."""
    detail = f"{result.outcome.value} {result.witness}"
    logger.error("witness %s at %s entries: %s (%s)", result.witness, checkpoint.size, result.outcome, result.reason)
    known = Flaw.objects.using(using).filter(kind=FlawKind.WITNESS, size=checkpoint.size, detail=detail)
    if not known.exists():
        Flaw.objects.using(using).create(
            found_at=clock.now(), kind=FlawKind.WITNESS, size=checkpoint.size, detail=detail
        )
