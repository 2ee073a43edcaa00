"""The rounds of the sealer: seal, have it signed, wait; beside them the witnesses. What fails is tried again."""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connections

from audit.proofs.verifier import ProofError
from audit.sealing import sealer, signing, state, witnessing
from audit.sealing.order import TransactionsRewound
from audit.sealing.waiting import waiting
from audit.signer.core import CheckpointSigner, SignerUnavailable, SignRefused

logger = logging.getLogger("audit.sealing")
ALARM_EVERY = 60.0
"""Seconds between two alarms about the same thing."""


class Loop:
    """Rounds of one sealer. signer: None leaves all unsigned, and then there is nothing to witness either."""

    def __init__(self, signer: CheckpointSigner | None, *, using: str = "default") -> None:
        self._signer = signer
        self._using = using
        self._alarmed = -ALARM_EVERY

    def run(self, stop: threading.Event) -> None:
        """Rounds until `stop`: every SEAL_INTERVAL_SECONDS, at once when woken or when a round was full."""
        # Beside the rounds: a witness that does not answer must not hold up sealing.
        beside = threading.Thread(target=self._have_witnessed, args=[stop], name="witnessing", daemon=True)
        beside.start()
        with waiting(self._using) as wait:
            while not stop.is_set():
                began = time.monotonic()
                try:
                    done = self.round()
                    self._look_at_lag()
                    if not (done and done.more):
                        wait(max(0.0, settings.SEAL_INTERVAL_SECONDS - (time.monotonic() - began)))
                except (DatabaseError, ProofError, TransactionsRewound):
                    logger.exception("this round of sealing failed; the next one tries again")
                    connections[self._using].close()
                    stop.wait(settings.SEAL_INTERVAL_SECONDS)

    def _have_witnessed(self, stop: threading.Event) -> None:
        while not stop.wait(settings.LOG_WITNESS_SECONDS):
            try:
                witnessing.ask(using=self._using)
            except (DatabaseError, ProofError):
                logger.exception("the witnesses could not be asked; the next time tries again")
            finally:
                connections[self._using].close()

    def round(self) -> sealer.Sealed | None:
        """One round; None when another sealer is at work. Raises as `sealer.seal`.

        It seals for about an interval at most, so that what is sealed is signed however fast entries come.
        """
        done = sealer.seal_all(using=self._using, within=settings.SEAL_INTERVAL_SECONDS)
        if done is not None and self._signer is not None:
            self._sign(self._signer)
        return done

    def _sign(self, signer: CheckpointSigner) -> None:
        try:
            signing.sign(signer, using=self._using)
        except (SignRefused, SignerUnavailable) as wrong:
            self._alarm("what is sealed was not signed: %s", wrong)

    def _look_at_lag(self) -> None:
        lag = state.seal_lag(using=self._using)
        if state.is_late(lag):
            self._alarm("sealing is %.0f seconds behind: %d entries wait", lag.seconds, lag.rows)

    def _alarm(self, sentence: str, *values: object) -> None:
        if time.monotonic() - self._alarmed >= ALARM_EVERY:
            self._alarmed = time.monotonic()
            logger.error(sentence, *values)
