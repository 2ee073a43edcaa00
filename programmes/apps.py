"""The app `programmes`."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Neighbourhood programmes stand on cases, and know none of them."""

    name = "programmes"
    verbose_name = "Wijkprogramma's"

    def ready(self) -> None:
        """Hand the journal the names of what happens here."""
        from programmes.areas.events import supply_events as areas
        from programmes.giveback.events import supply_events as giveback

        for supply in (areas, giveback):
            supply()
