"""A told event in words, the same on every page and paper. Opens nothing."""

from django.utils.translation import gettext as _

from realtime.channels.models import Kind
from realtime.channels.telling import Told

TAKES, THERE, ENDS, ANSWERS = "on_my_way", "there", "done", "understood"
"""Codes of the quick status by which a task goes on."""


def words_of(told: Told) -> str:
    """The words of an event; a part that is held is said to be so, with the article."""
    return " ".join(
        _("[afgeschermd, %(article)s]") % {"article": piece.article} if piece.text is None else piece.text
        for piece in told.pieces
    )


def status_of(told: Told) -> str:
    """The code of the quick status in an event; "" for others."""
    return next((piece.value for piece in told.pieces if piece.code == "street_status"), "")


def name_of(told: Told) -> str:
    """Who said it: by name, or the agency when nobody is known by name."""
    return told.event.author.professional.name if told.event.author else told.event.source.code


def kind_of(told: Told) -> str:
    """What it is called."""
    return str(Kind(told.event.kind).label)


def notice_of(told: Told) -> str:
    """What happened to the channel itself, as a sentence; "" for an event that somebody said."""
    if told.event.kind != Kind.NOTICE:
        return ""
    found = {
        "opened": _("%(name)s opende dit kanaal"),
        "closed": _("%(name)s sloot dit kanaal"),
        "joined": _("%(name)s doet mee"),
        "left": _("%(name)s doet niet meer mee"),
        "term": _("%(name)s veranderde tot wanneer dit kanaal open is"),
        "alarm_ack": _("Komt eraan: %(name)s"),
        "alarm_step1": _("Leider en teamleiders geroepen: %(name)s"),
        "alarm_step2": _("Meldkamer geroepen: %(name)s"),
        "alarm_stood_down": _("Alarm afgemeld: %(name)s"),
        "alarm_false_alarm": _("Vals alarm: %(name)s"),
    }.get(told.event.notice, _("Mededeling over dit kanaal"))
    return found % {"name": told.event.notice_by or _("niemand te bereiken")}
