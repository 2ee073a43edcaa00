"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

EVENT_TYPES: dict[str, Promise] = {
    "plan.read": _("Plan van aanpak bekeken"),
    "actions.list": _("Eigen acties bekeken"),
    "action.added": _("Actie toegevoegd"),
    "action.settled": _("Actie afgerond"),
    "action.result": _("Resultaat van een actie vastgelegd"),
    "action.repeated": _("Actie nog eens verzonden"),
    "action.reminded": _("Eigenaar aan een actie herinnerd"),
    "action.raised": _("Leiding gewezen op een late actie"),
    "goal.added": _("Doel toegevoegd"),
    "goal.changed": _("Doel bijgewerkt"),
    "goal.repeated": _("Doel nog eens verzonden"),
    "review.planned": _("Evaluatiemoment gepland"),
    "review.held": _("Evaluatie gehouden"),
    "review.repeated": _("Evaluatie nog eens verzonden"),
    "measurement.recorded": _("Effect gemeten"),
    "measurement.changed": _("Effectmeting verbeterd"),
    "case.progress": _("Voortgang vastgelegd"),
    "case.aftercare": _("Nazorg begonnen"),
    "case.closed": _("Casus afgesloten"),
    "case.reopened": _("Casus heropend"),
    "case.closed_list": _("Gesloten casussen bekeken"),
    "participation.ended": _("Deelname beëindigd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("cases.plans", ports.Supply(event_types=EVENT_TYPES))
