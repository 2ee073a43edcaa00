"""The agreements app: who agreed what with whom."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    """Registers the system checks, what the journal hears of sign-ins, and the names it shows."""

    name = "agreements"
    verbose_name = _("Afspraken")

    def ready(self) -> None:
        from agreements import checks  # noqa: F401 - registers itself
        from agreements.covenants import events
        from agreements.drafting import events as drafting_events
        from agreements.joining import events as joining_events
        from agreements.parties import names, signals
        from agreements.registers import classes
        from agreements.signing import events as signing_events
        from agreements.signing import grounds

        post_migrate.connect(_register_fields, sender=self)
        signals.connect()
        names.supply_names()
        events.supply_events()
        drafting_events.supply_events()
        joining_events.supply_events()
        signing_events.supply_events()
        grounds.supply_articles()
        classes.supply_classes()


def _register_fields(**_kwargs: Any) -> None:
    """After migrating, the journal knows which field each bit stood for under the present catalogue."""
    from agreements.policy.catalogue import load_catalogue
    from audit.journal.fieldset import FieldLabel, sync_fieldset

    catalogue = load_catalogue()
    labels = [
        FieldLabel(bit=field.bit, field=field.code, label_nl=field.label_nl, label_en=field.label_en)
        for field in catalogue.fields
    ]
    sync_fieldset(labels, version=str(catalogue.version), catalogue_hash=catalogue.hash)
