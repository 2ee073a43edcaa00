"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports
from cases.meetings.events_room import ROOM

EVENT_TYPES: dict[str, Promise] = {
    "meeting.read": _("Overleg bekeken"),
    "meeting.agenda": _("Agenda van een overleg bekeken"),
    "meeting.refused": _("Overleg geweigerd"),
    "meeting.planned": _("Overleg gepland"),
    "meeting.changed": _("Overleg gewijzigd"),
    "meeting.cancelled": _("Overleg afgezegd"),
    "meeting.removed": _("Oefenoverleg weggehaald"),
    "agenda.added": _("Punt op de agenda gezet"),
    "agenda.changed": _("Agenda gewijzigd"),
    "agenda.removed": _("Punt van de agenda gehaald"),
    "agenda.asked": _("Voorbereiding gevraagd voor een overleg"),
    "invitation.sent": _("Uitgenodigd voor een overleg"),
    "invitation.withdrawn": _("Uitnodiging voor een overleg ingetrokken"),
    "invitation.answered": _("Geantwoord op een uitnodiging"),
    "invitation.handed_over": _("Vervanger gestuurd naar een overleg"),
    "secrecy.accepted": _("Geheimhouding aanvaard"),
    **ROOM,
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.meetings", ports.Supply(event_types=EVENT_TYPES))
