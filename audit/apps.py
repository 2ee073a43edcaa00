"""The audit app: the ground floor. It knows nobody; everyone reports to it."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


def _make_months(*, using: str, **_: Any) -> None:
    from audit.journal.partitions import make_months
    from foundation import clock

    make_months(connections[using], now=clock.now())


class AuditConfig(AppConfig):
    """Registers the system checks, the SQLite scope function, and the months of the journal."""

    name = "audit"
    verbose_name = "Logboek"

    def ready(self) -> None:
        from audit import checks  # noqa: F401 - registers itself
        from audit.journal.scope import offer_scope_function

        connection_created.connect(offer_scope_function, dispatch_uid="audit.scope")
        post_migrate.connect(_make_months, sender=self, dispatch_uid="audit.months")
