"""Making a bundle: done by `manage.py db_worker`, from the queue in the database."""

import logging

from django_tasks import task

from audit.integrity.bundles import NoPolicy, sweep, write_zip
from audit.integrity.models import Bundle, BundleState
from audit.proofs.verifier import ProofError
from audit.sealing.proofs import NotSealed
from foundation import clock

logger = logging.getLogger("audit.integrity")


@task()
def make_bundle(uid: str) -> None:
    """Make the bundle `uid` if it still waits."""
    sweep(clock.now())
    # One statement claims it: of two workers one finds it waiting.
    if not Bundle.objects.filter(uid=uid, state=BundleState.QUEUED).update(state=BundleState.RUNNING):
        return
    bundle = Bundle.objects.get(uid=uid)
    try:
        made, length, digest = write_zip(bundle)
    except (NoPolicy, NotSealed, ProofError, OSError):
        logger.exception("a bundle could not be made", extra={"event": "bundle_failed"})
        Bundle.objects.filter(pk=bundle.pk).update(state=BundleState.FAILED, made_at=clock.now())
        return
    Bundle.objects.filter(pk=bundle.pk).update(
        state=BundleState.DONE, made_at=clock.now(), size=made.size, root=bytes(made.root), length=length,
        sha256=digest,
    )  # fmt: skip
