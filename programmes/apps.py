"""The app `programmes`."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Neighbourhood programmes stand on cases, and know none of them."""

    name = "programmes"
    verbose_name = "Wijkprogramma's"

    def ready(self) -> None:
        """Hand the journal the names of what happens here."""
        from programmes.areas.events import supply_events as areas
        from programmes.justice.events import supply_events as justice
        from programmes.mediation.events import supply_events as mediation
        from programmes.pacts.events import supply_events as pacts
        from programmes.plans.events import supply_events as plans

        for supply in (areas, plans, pacts, justice, mediation):
            supply()
