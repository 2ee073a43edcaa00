"""The audit app: the ground floor. It knows nobody; everyone reports to it."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _after_migrate(*, using: str, plan: Any = None, **more: Any) -> None:
    from audit.checks import mend_guards
    from audit.journal.partitions import make_months
    from foundation import clock

    make_months(connections[using], now=clock.now())
    if plan:
        mend_guards(connections[using])


class AuditConfig(AppConfig):
    """Registers the system checks, the SQLite scope function, and the months of the journal."""

    name = "audit"
    verbose_name = "Logboek"

    def ready(self) -> None:
        from audit import checks, ports  # noqa: F401 - checks registers itself
        from audit.breach import events as breach_events
        from audit.exports import events as exports_events
        from audit.exports.formats import enter_formats
        from audit.integrity import events as integrity_events
        from audit.journal.lanes import offer_lane
        from audit.journal.reading import EVENT
        from audit.journal.scope import offer_scope_function
        from audit.oversight import events
        from audit.pruning import events as pruning_events
        from audit.reviews import bench
        from audit.reviews import events as reviews_events

        ports.supply("audit", ports.Supply(event_types={EVENT: _("Logboek gelezen")}))
        events.supply_events()
        reviews_events.supply_events()
        bench.supply_reviews()
        breach_events.supply_events()
        exports_events.supply_events()
        enter_formats()
        integrity_events.supply_events()
        pruning_events.supply_events()
        connection_created.connect(offer_scope_function, dispatch_uid="audit.scope")
        connection_created.connect(offer_lane, dispatch_uid="audit.lane")
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="audit.migrated")
