"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "alarm.acknowledged": _("Alarm beantwoord"),
    "alarm.ended": _("Alarm beëindigd"),
    "alarm.escalated": _("Alarm doorgezet omdat niemand antwoordde"),
    "alarm.desk": _("Meldkamer van een kanaal gekozen"),
    "alarm.calls": _("Oproepen voor een alarm bekeken"),
    "alarm.read": _("Alarm gelezen door wie geroepen werd"),
    "alarm.refused": _("Alarm geweigerd"),
    "alarm.report": _("Verslag van een alarm bekeken"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("realtime.alarms", ports.Supply(event_types=EVENT_TYPES))
