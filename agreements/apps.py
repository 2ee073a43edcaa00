"""The agreements app: who agreed what with whom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    """Registers the system checks, what the journal hears of sign-ins, and the names it shows."""

    name = "agreements"
    verbose_name = _("Afspraken")

    def ready(self) -> None:
        from agreements import checks  # noqa: F401 - registers itself
        from agreements.parties import names, signals

        signals.connect()
        names.supply_names()
