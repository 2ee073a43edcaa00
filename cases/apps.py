"""The app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases stand on agreements and audit."""

    name = "cases"
    verbose_name = "Casussen"

    def ready(self) -> None:
        """Hand the journal its names for references to cases and persons concerned."""
        from cases.disclosure import labels
        from cases.impact import events

        labels.fill_ports()
        events.supply_events()
