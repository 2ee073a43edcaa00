"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, ANSWERED, COUNTED, RAISED, OWNED, SETTLED = (
    "programme.pulse_read",
    "programme.pulse_answered",
    "programme.pulse_counted",
    "programme.agenda_raised",
    "programme.agenda_owned",
    "programme.agenda_settled",
)
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Samenwerkingspeiling van een wijkprogramma gelezen"),
    ANSWERED: _("Samenwerkingspeiling beantwoord"),
    COUNTED: _("Antwoorden van papier in een samenwerkingspeiling geteld"),
    RAISED: _("Punt van een samenwerkingspeiling op de agenda gezet"),
    OWNED: _("Agendapunt van een wijkprogramma kreeg een eigenaar"),
    SETTLED: _("Agendapunt van een wijkprogramma afgehandeld"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.pulse", ports.Supply(event_types=EVENT_TYPES))
