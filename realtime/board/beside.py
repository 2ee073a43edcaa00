"""The channels of a case, beside its page: for who is a member of them or may open one, and for nobody else."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from cases.casework.beside import Beside, enter_links
from cases.disclosure.reading import Reading
from realtime.channels.rights import channels_for, is_leader, may_open_in


def enter() -> None:
    """Called once, from AppConfig.ready."""
    enter_links("realtime", channels_of_case)


def channels_of_case(reading: Reading, number: str) -> Iterable[Beside]:
    """The open channels of this case that exist for the reader; who leads one goes to its board as well.

    Who may open one in this case does that from here.
    """
    channels = list(channels_for(reading).filter(case__number=number))
    if channels:
        append_apart([reading.entry(event="channel.list", case_ref=channels[0].case.ref)])
    found = []
    for channel in channels:
        found.append(Beside(group=_("Straat"), label=channel.title, url=reverse("channel", args=[channel.uid])))
        if is_leader(reading, channel):
            label = _("Bord van %(title)s") % {"title": channel.title}
            found.append(Beside(group=_("Straat"), label=label, url=reverse("channel_board", args=[channel.uid])))
    if may_open_in(reading, number):
        found.append(Beside(group=_("Straat"), label=_("Open een kanaal"), url=reverse("channel_open", args=[number])))
    return found
