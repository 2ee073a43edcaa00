"""The app `realtime`."""

from django.apps import AppConfig

ROOMS_WITH_EVENTS = ("channels", "place", "push", "alarms", "report")


class RealtimeConfig(AppConfig):
    """Street teams stand on cases."""

    name = "realtime"
    verbose_name = "Straatteams"

    def ready(self) -> None:
        """Hand the journal the names of what happens here, and disclosure what a read in a channel rests on."""
        from importlib import import_module

        for room in ROOMS_WITH_EVENTS:
            import_module(f"realtime.{room}.events").supply_events()
        import_module("realtime.channels.reasons").supply_reasons()
        import_module("realtime.place.telling").enter()
        import_module("cases.retention.rows").enter_app("realtime")
        import_module("realtime.phone.extras").supply_extras()
        import_module("realtime.alarms.telling").enter()
        import_module("realtime.alarms.called").enter()
        import_module("realtime.alarms.signals").connect()
        import_module("realtime.push.signals").connect()
        import_module("realtime.board.beside").enter()
