"""The app `programmes`."""

from importlib import import_module

from django.apps import AppConfig

ROOMS = (
    "areas", "giveback", "plans", "urgency", "pacts", "justice", "mediation", "reports", "pulse", "learning",
    "patterns", "agents", "leads",
)  # fmt: skip


class ProgrammesConfig(AppConfig):
    """Neighbourhood programmes stand on cases, and know none of them."""

    name = "programmes"
    verbose_name = "Wijkprogramma's"

    def ready(self) -> None:
        """Hand the journal the names of what happens here, and the inbox what waits."""
        for room in ROOMS:
            import_module(f"programmes.{room}.events").supply_events()
        import_module("programmes.areas.queries").supply()
        import_module("programmes.patterns.rights").lay_ways()
        supply_asker = import_module("cases.inbox.waiting").supply_asker
        for room in ("pacts", "pulse", "leads"):
            supply_asker(import_module(f"programmes.{room}.pending").pending_for)
