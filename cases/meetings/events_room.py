"""The kinds of journal entry of the running meeting, and their names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROOM: dict[str, Promise] = {
    "case.shown": _("Getoond op het gedeelde scherm"),
    "meeting.screen": _("Gedeeld scherm getoond"),
    "meeting.chaired": _("Scherm van de voorzitter getoond"),
    "meeting.followed": _("Overleg gevolgd op eigen apparaat"),
    "meeting.typed": _("Gezamenlijk beeld meegelezen"),
    "meeting.views": _("Eigen beeld geopend"),
    "meeting.started": _("Overleg gestart"),
    "meeting.ended": _("Overleg afgesloten"),
    "item.started": _("Agendapunt geopend"),
    "item.paused": _("Klok van een agendapunt stilgezet"),
    "item.resumed": _("Klok van een agendapunt hervat"),
    "item.closed": _("Agendapunt afgerond"),
    "item.moved": _("Agendapunt doorgeschoven"),
    "attendance.arrived": _("Aangemeld bij een agendapunt"),
    "attendance.left": _("Afgemeld bij een agendapunt"),
    "attendance.released": _("Vertrek bevestigd bij een agendapunt"),
    "attendance.stepped_out": _("Voor een agendapunt de zaal uit"),
    "picture.saved": _("Eigen beeld vastgelegd"),
    "picture.joint_saved": _("Gezamenlijk beeld vastgelegd"),
    "picture.read_out": _("Gezamenlijk beeld voorgelezen"),
    "decision.made": _("Besluit vastgelegd"),
    "position.taken": _("Standpunt vastgelegd"),
    "point.parked": _("Punt geparkeerd"),
    "point.resolved": _("Geparkeerd punt afgehandeld"),
}
