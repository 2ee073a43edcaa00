"""Asking the witnesses of the policy to cosign the newest checkpoint, and keeping their lines."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connections, transaction

from audit.proofs.policy import PolicyInvalid, PolicyWitness
from audit.proofs.tree import consistency_proof
from audit.sealing import state, tiles
from audit.sealing.models import Checkpoint, Contact, Cosignature, Flaw, FlawKind
from audit.witness.client import Outcome, WitnessResult, collect
from foundation import clock

logger = logging.getLogger("audit.sealing")


def ask(*, using: str = "default", budget: float = 5.0) -> tuple[WitnessResult, ...]:
    """Have the newest checkpoint cosigned by all witnesses that did not do so yet; what came of each.

    Those that did are asked again after LOG_WITNESS_AGAIN_SECONDS, which shows that they are still there. A witness
    that saw another history, or a longer one, is also told as a Flaw. budget: seconds for all together.
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
    contacts = {one.witness: one for one in Contact.objects.using(using).all()}
    waiting = [one for one in trusted.witnesses if _is_due(one, newest, seen, contacts)]
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


def _is_due(one: PolicyWitness, newest: Checkpoint, seen: Mapping[str, int], contacts: Mapping[str, Contact]) -> bool:
    """Whether it has not seen the newest checkpoint, or was asked so long ago that it may be gone by now."""
    last = contacts.get(one.name)
    if seen.get(one.name, 0) < newest.size or last is None:
        return True
    return clock.now() - last.asked_at >= timedelta(seconds=settings.LOG_WITNESS_AGAIN_SECONDS)


def _keep(checkpoint: Checkpoint, result: WitnessResult, using: str) -> None:
    _remember(checkpoint, result, using)
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


def _remember(checkpoint: Checkpoint, result: WitnessResult, using: str) -> None:
    answer: dict[str, object] = {
        "size": checkpoint.size, "outcome": result.outcome.value, "reason": result.reason, "asked_at": clock.now(),
    }  # fmt: skip
    if result.outcome is Outcome.COSIGNED and result.time is not None:
        answer["confirmed_at"] = datetime.fromtimestamp(result.time, UTC)
    Contact.objects.using(using).update_or_create(witness=result.witness, defaults=answer)


def _tell(checkpoint: Checkpoint, result: WitnessResult, using: str) -> None:
    """Once for a size, a witness and an outcome."""
    detail = f"{result.outcome.value} {result.witness}"
    logger.error("witness %s at %s entries: %s (%s)", result.witness, checkpoint.size, result.outcome, result.reason)
    known = Flaw.objects.using(using).filter(kind=FlawKind.WITNESS, size=checkpoint.size, detail=detail)
    if not known.exists():
        Flaw.objects.using(using).create(
            found_at=clock.now(), kind=FlawKind.WITNESS, size=checkpoint.size, detail=detail
        )
