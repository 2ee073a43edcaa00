"""How the log stands: size, root, lag, checkpoint, witnesses, flaws. Read only; the workbench and /healthz show it."""

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.proofs.policy import Policy, PolicyInvalid, parse_policy
from audit.proofs.verifier import ProofError
from audit.sealing import order, tiles
from audit.sealing.models import Checkpoint, Contact, Cosignature, Flaw, FlawKind
from audit.witness.client import Outcome
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness of the policy, or one that cosigned before. size, cosigned_at: its newest cosignature, if any.

    age: seconds since it last signed anything for us, also when that was a size that it had cosigned before.
    behind: entries of the newest checkpoint that it has not seen. trusted: it stands in the policy.
    present: it answered with a cosignature when it was asked last, and that was not long ago; if not, outcome and
    reason tell what came of asking.
    """

    name: str
    size: int | None = None
    cosigned_at: datetime | None = None
    age: float | None = None
    behind: int = 0
    trusted: bool = True
    present: bool = False
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """size and root: of the tree as sealed, signed or not. lag: what waits; late: past the alarm.

    whole: the stored tree comes to a root; else root is empty, and somebody took part of it away.
    policy_problem: why the policy file cannot be read, or "".
    checkpoint: the newest signed one, None without a signer; unsigned: sealed entries that it does not cover.
    quorum: whether the witnesses that are present are enough for the policy; None without a policy.
    flaws: how many were ever found; newest_flaws: the last ten, newest first; contradicted: how many of all flaws say
    that a witness saw another history, or a longer one.
    """

    size: int
    root: bytes
    whole: bool
    policy_problem: str
    lag: order.Lag
    late: bool
    checkpoint: Checkpoint | None
    unsigned: int
    witnesses: tuple[Witness, ...]
    quorum: bool | None
    flaws: int
    newest_flaws: tuple[Flaw, ...]
    contradicted: int


def seal_lag(*, using: str = "default") -> order.Lag:
    """How many committed entries are not sealed yet, and the age of the oldest in seconds."""
    return order.lag(connections[using], now=clock.now())


def is_late(lag: order.Lag) -> bool:
    """Whether this lag is an alarm (settings.SEAL_LAG_ALARM_SECONDS)."""
    return lag.seconds > settings.SEAL_LAG_ALARM_SECONDS


def alarm(*, using: str = "default") -> dict[str, object]:
    """The lag for whoever watches: {"lag_seconds": 0.4, "late": false}; null seconds: it cannot seal at all."""
    lag = seal_lag(using=using)
    return {"lag_seconds": round(lag.seconds, 1) if math.isfinite(lag.seconds) else None, "late": is_late(lag)}


def state(*, using: str = "default") -> State:
    """How the log stands now; some ten queries, whatever its size."""
    connection = connections[using]
    size = order.mark(connection).size
    lag = seal_lag(using=using)
    newest = Checkpoint.objects.using(using).order_by("-size").first()
    found = Flaw.objects.using(using)
    trusted, problem = _policy()
    root = _root(connection, size)
    witnesses = _witnesses(newest, trusted, using)
    return State(
        size=size,
        root=root,
        whole=bool(root),
        policy_problem=problem,
        lag=lag,
        late=is_late(lag),
        checkpoint=newest,
        unsigned=size - (newest.size if newest else 0),
        witnesses=witnesses,
        quorum=trusted.is_met_by(one.name for one in witnesses if one.present) if trusted else None,
        flaws=found.count(),
        newest_flaws=tuple(found.order_by("-id")[:10]),
        contradicted=found.filter(kind=FlawKind.WITNESS).count(),
    )


def _root(connection: BaseDatabaseWrapper, size: int) -> bytes:
    try:
        return tiles.range_of(connection, size).root()
    except ProofError:
        return b""


def _policy() -> tuple[Policy | None, str]:
    try:
        return policy(), ""
    except (PolicyInvalid, OSError) as wrong:
        return None, str(wrong)


def policy() -> Policy | None:
    """The trust policy of this installation (settings.LOG_POLICY_FILE); None without one. Raises PolicyInvalid."""
    path = Path(settings.LOG_POLICY_FILE) if settings.LOG_POLICY_FILE else None
    return parse_policy(path.read_bytes()) if path and path.exists() else None


def seen(*, using: str = "default") -> dict[str, int]:
    """The largest size that each witness cosigned, by its name."""
    return {name: last.size for name, last in _last(using).items()}


def _last(using: str) -> dict[str, Cosignature]:
    found: dict[str, Cosignature] = {}
    for name in Cosignature.objects.using(using).order_by().values_list("witness", flat=True).distinct():
        newest = Cosignature.objects.using(using).filter(witness=name).order_by("-size").first()
        if newest:
            found[name] = newest
    return found


def _witnesses(newest: Checkpoint | None, trusted: Policy | None, using: str) -> tuple[Witness, ...]:
    last, contacts = _last(using), {one.witness: one for one in Contact.objects.using(using).all()}
    known = {one.name for one in trusted.witnesses} if trusted else set()
    names = dict.fromkeys([*(one.name for one in (trusted.witnesses if trusted else ())), *last])
    size, now = newest.size if newest else 0, clock.now()
    return tuple(_witness(name, size, last.get(name), contacts.get(name), name in known, now) for name in names)


def _witness(
    name: str, size: int, line: Cosignature | None, contact: Contact | None, trusted: bool, now: datetime
) -> Witness:
    signed = [moment for moment in (line and line.cosigned_at, contact and contact.confirmed_at) if moment]
    age = max(0.0, (now - max(signed)).total_seconds()) if signed else None
    answered = contact is not None and contact.outcome == Outcome.COSIGNED.value
    # A witness that nobody asks any more, since the sealer stands still, is not known to be there.
    recent = age is not None and age <= 2 * (settings.LOG_WITNESS_AGAIN_SECONDS + settings.LOG_WITNESS_SECONDS)
    return Witness(
        name=name,
        size=line.size if line else None,
        cosigned_at=line.cosigned_at if line else None,
        age=age,
        behind=max(0, size - (line.size if line else 0)),
        trusted=trusted,
        present=answered and recent,
        outcome=contact.outcome if contact else "",
        reason=contact.reason if contact and not answered else "",
    )
