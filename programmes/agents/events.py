"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, NOTED, CHANGED, MOVED = "agents.read", "agents.noted", "agents.changed", "agents.moved"
OFFICER, WITHDRAWN, SUPERVISOR, SUPERVISOR_ENDED = (
    "agents.officer", "agents.withdrawn", "agents.supervisor", "agents.supervisor_ended",
)  # fmt: skip
EXPERIMENT, EXPERIMENT_ENDED, LESSON = "experiment.started", "experiment.ended", "experiment.lesson"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Sleutelfiguur gelezen"),
    NOTED: _("Sleutelfiguur met toestemming vastgelegd"),
    CHANGED: _("Gegevens van een sleutelfiguur gewijzigd"),
    MOVED: _("Sleutelfiguur een stap verder"),
    OFFICER: _("Contactpersoon van een sleutelfiguur gewijzigd"),
    WITHDRAWN: _("Toestemming ingetrokken, sleutelfiguur gewist"),
    SUPERVISOR: _("Sociaal regisseur aangewezen"),
    SUPERVISOR_ENDED: _("Sociaal regisseur gestopt"),
    EXPERIMENT: _("Experiment begonnen"),
    EXPERIMENT_ENDED: _("Experiment afgerond"),
    LESSON: _("Leerkaart van een experiment gemaakt"),
}
_AGENT = "agent:"


def labels_of(references: Iterable[str]) -> dict[str, str]:
    """A name for references of change agents that is nobody's name."""
    return {ref: str(_now("Sleutelfiguur")) for ref in references if ref.startswith(_AGENT)}


def ground_of(reference: str) -> ports.Ground | None:
    """What a read of a change agent rests on: being its contact officer."""
    from programmes.agents.models import ChangeAgent

    try:
        uid = UUID(reference.removeprefix(_AGENT))
    except ValueError:
        return None
    found = ChangeAgent.objects.filter(uid=uid).select_related("programme", "area").first()
    if found is None:
        return None
    return ports.Ground(
        title=_now("Contactpersoon of trekker van een sleutelfiguur"),
        terms=((_now("Programma"), found.programme.title), (_now("Wijk"), found.area.name)),
    )


def supply_events() -> None:
    """Hand the journal the names of these events and references; called once, from AppConfig.ready."""
    ports.supply(
        "programmes.agents",
        ports.Supply(event_types=EVENT_TYPES, labels_of=labels_of, grounds={"agent": ground_of}),
    )
