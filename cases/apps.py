"""The app `cases`."""

from django.apps import AppConfig

ROOMS_WITH_EVENTS = (
    "attachments", "breakglass", "extracts", "impact", "inbox", "intake", "meetings", "minutes", "notices", "numbers",
    "plans", "relations", "requests", "retention", "search", "subject_requests", "triage",
)  # fmt: skip


ROOMS_WITH_REASONS = ("intake", "meetings", "plans", "requests")


class CasesConfig(AppConfig):
    """Cases stand on agreements and audit."""

    name = "cases"
    verbose_name = "Casussen"

    def ready(self) -> None:
        """Hand the journal its names for references to cases and persons concerned."""
        from importlib import import_module

        from cases.disclosure import grounds, labels

        labels.fill_ports()
        grounds.supply_grounds()
        for room in ROOMS_WITH_EVENTS:
            import_module(f"cases.{room}.events").supply_events()
        import_module("cases.intake.places").supply()
        import_module("cases.reports.kind").enter_report()
        for room in ROOMS_WITH_REASONS:
            import_module(f"cases.{room}.reasons").supply_reasons()
