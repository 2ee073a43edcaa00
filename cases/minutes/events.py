"""The kinds of journal entry that this room writes, their names, and its place at the end of a meeting."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

MADE, READ, REFUSED = "minutes.made", "minutes.read", "minutes.refused"
APPROVED, OBJECTED, SETTLED = "minutes.approved", "minutes.objected", "minutes.settled"
ADDED = "minutes.addendum_added"
ORDERED, PREPARED, EXPORTED = "minutes.ordered", "minutes.prepared", "minutes.exported"
EVENT_TYPES: dict[str, Promise] = {
    MADE: _("Verslag van een overleg gemaakt"),
    READ: _("Verslag gelezen"),
    REFUSED: _("Verslag geweigerd"),
    APPROVED: _("Verslag goedgekeurd door een organisatie"),
    OBJECTED: _("Correctie op een verslag gevraagd"),
    SETTLED: _("Verslag vastgesteld"),
    ADDED: _("Aanvulling op een verslag toegevoegd"),
    ORDERED: _("PDF van een verslag gevraagd"),
    PREPARED: _("Verslag geopend om er een PDF van te maken"),
    EXPORTED: _("PDF van een verslag opgehaald"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, and make minutes when a meeting ends; called once, from ready."""
    from cases.meetings.ends import when_it_ends
    from cases.minutes.commands import make_minutes
    from cases.minutes.models import Paper
    from cases.papers.keeping import enter_papers

    ports.supply("cases.minutes", ports.Supply(event_types=EVENT_TYPES, exports=frozenset({EXPORTED})))
    when_it_ends("minutes", make_minutes)
    enter_papers(Paper, case="minutes__meeting__items__case")
