"""Why a read in a channel is somebody's work: they are a member of it (R2). Not here: what they may read."""

from django.utils.translation import gettext as _

from audit.journal.entry import Because
from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reasons import supply_fact
from realtime.channels.models import ChannelMember

MEMBER = """
SELECT 'member:' || CAST(x.uid AS text) FROM realtime_channelmember x
JOIN realtime_channel o ON o.id = x.channel_id AND o.closed_at IS NULL
WHERE o.case_id = {case} AND x.professional_id = {person} AND x.left_at IS NULL LIMIT 1
"""


def of_member(uid: object) -> Because:
    """The reason of a read by this member in their own channel."""
    return Because(code=ReasonCode.ASSIGNED, fact_ref=f"member:{str(uid).replace('-', '')}")


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("channels", ReasonCode.ASSIGNED, MEMBER)
    supply_ground("member", _member)


def _member(reference: str) -> Ground | None:
    row = row_of(ChannelMember.objects.select_related("channel"), reference)
    if row is None:
        return None
    terms = ((_("Kanaal"), row.channel.title),)
    channel = row.channel
    # Who leads it reads its log a while longer.
    ends = channel.looked_back_until if row.agency_id == channel.lead_id else channel.ended_at
    ended = min(filter(None, (row.left_at, ends)))
    return Ground(title=_("Lid van een kanaal van een straatteam"), terms=terms, since=row.joined_at, until=ended)
