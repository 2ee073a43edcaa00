"""The work behind exports: done by `manage.py db_worker`, from the queue in the database."""

import logging
from uuid import UUID

from django_tasks import task

log = logging.getLogger("verbond.exports")


@task()
def make_export(uid: str) -> bool:
    """Make one export, or what is left of it; whether it is done."""
    from audit.exports.running import make

    try:
        return make(UUID(uid))
    except Exception:
        log.exception("making an export failed", extra={"event": "export_failed"})
        return False
