"""The kinds of journal entry that this room writes, and their names; and its papers, taken away in time."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

READ, PREPARED, REFUSED = "street_report.read", "street_report.prepared", "street_report.refused"
ORDERED, EXPORTED = "street_report.ordered", "street_report.exported"
TAKEN = "street.taken_over"
EVENT_TYPES: dict[str, Promise] = {
    READ: _("Verslag van een kanaal gelezen"),
    REFUSED: _("Verslag van een kanaal geweigerd"),
    ORDERED: _("PDF van het verslag van een kanaal gevraagd"),
    PREPARED: _("Logboek van een kanaal geopend om er een PDF van te maken"),
    EXPORTED: _("PDF van het verslag van een kanaal opgehaald"),
    TAKEN: _("Bericht van een kanaal overgenomen in een casus of signaal"),
}


def supply_events() -> None:
    """Hand the journal the names of these events, and have papers erased; called once, from AppConfig.ready."""
    from cases.papers.keeping import enter_papers
    from realtime.channels.commands.erasing import when_erased
    from realtime.report.models import ChannelPaper

    ports.supply(
        "realtime.report", ports.Supply(event_types=EVENT_TYPES, exports=frozenset({ORDERED, PREPARED, EXPORTED}))
    )
    enter_papers(ChannelPaper, case="channel__case")
    # What is erased from the log must not live on in a print.
    when_erased("papers", lambda channel: channel.papers.all().delete())
