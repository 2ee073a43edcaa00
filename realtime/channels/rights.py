"""For whom a channel exists, and who leads it. Opens nothing, changes nothing.

What refuses here journals the refusal in a transaction of its own: call it outside atomic().
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.records.models import Case, Participation
from foundation.errors import NotFound, Refused
from realtime.channels.models import Channel, ChannelMember

LEADS_TEAMS = frozenset({"team_lead", "case_director"})
"""Roles that open channels for their agency and lead those of their agency."""


class NotYourChannel(NotFound):
    """The channel does not exist for this reader."""

    code = "not_your_channel"
    is_recorded = True


class ChannelClosed(Refused):
    """The channel was closed, or its term is over: it gives nothing and takes nothing."""

    code = "channel_closed"


def running(at: datetime) -> Q:
    """The condition on channels that they are open at `at`."""
    return Q(closed_at=None, opened_at__lte=at, ends_at__gt=at)


def looked_back_at(at: datetime) -> Q:
    """The condition on channels that they ended, and not so long ago that nobody reads them any more at `at`."""
    since = at - timedelta(hours=settings.CHANNEL_AFTERWARDS_HOURS)
    by_hand, at_its_term = Q(closed_at__gt=since, closed_at__lte=at), Q(closed_at=None, ends_at__gt=since)
    return by_hand | (at_its_term & Q(ends_at__lte=at))


def channels_for(reading: Reading) -> QuerySet[Channel]:
    """The channels that exist for this reader, open ones only, with case, lead and leader.

    Included if, and only if:
    - the visit takes part in the case of the channel (live_participations), and
    - its membership is a member of the channel that did not leave, and
    - the channel is open and within its term, under a covenant that is still one of the case's.
    """
    return _mine(reading).filter(running(reading.at))


def ended_channels_for(reading: Reading) -> QuerySet[Channel]:
    """The channels that ended and of which this reader still reads the log: a member as above, who leads the channel.

    To read, to report and to take over (docs/decisions/0015): nothing is said in them any more.
    """
    visit = reading.visit
    leads = Q(leader_id=visit.membership_id)
    if visit.roles & LEADS_TEAMS:
        leads |= Q(lead_id=visit.agency.id)
    return _mine(reading).filter(looked_back_at(reading.at), leads)


def _mine(reading: Reading) -> QuerySet[Channel]:
    visit = reading.visit
    mine = live_participations(visit, at=reading.at).filter(case=OuterRef("case_id"))
    member = ChannelMember.objects.filter(channel=OuterRef("pk"), membership_id=visit.membership_id, left_at=None)
    found = Channel.objects.filter(Exists(member), Exists(mine))
    return found.select_related("case", "lead", "leader__professional")


def channel_for(reading: Reading, uid: UUID, *, afterwards: bool = False) -> Channel:
    """The channel for a reader for whom it exists. Raises NotYourChannel after journalling the refusal.

    afterwards: also one of ended_channels_for; for what only reads the log.
    """
    found = channels_for(reading).filter(uid=uid).first()
    if found is None and afterwards:
        found = ended_channels_for(reading).filter(uid=uid).first()
    if found is None:
        refuse(reading, known=Channel.objects.filter(uid=uid).exists())
    return found


def is_leader(reading: Reading, channel: Channel) -> bool:
    """Whether the reader leads this channel: its leader, or a team leader or director of the agency that leads it."""
    visit = reading.visit
    if visit.membership_id == channel.leader_id:
        return True
    return visit.agency.id == channel.lead_id and bool(visit.roles & LEADS_TEAMS)


def check_leader(reading: Reading, channel: Channel) -> None:
    """Raises Refused, after journalling, for who does not lead this channel."""
    if is_leader(reading, channel):
        return
    append_apart(
        [reading.entry(event="channel.refused", outcome=Outcome.REFUSED, detail={"channel": str(channel.uid)})]
    )
    raise Refused(
        _("Alleen wie dit kanaal leidt, doet dit."),
        remedy=_("Vraag het %(name)s.") % {"name": channel.leader.professional.name},
    )


def may_open(reading: Reading, case: Case) -> bool:
    """Whether the reader opens channels in this case: a team leader or director whose agency takes part."""
    return may_open_in(reading, case.number)


def may_open_in(reading: Reading, number: str) -> bool:
    """`may_open` of the case with this number; False where there is none for the reader."""
    if not reading.visit.roles & LEADS_TEAMS:
        return False
    return live_participations(reading.visit, at=reading.at).filter(case__number=number).exists()


def member_of(reading: Reading, channel: Channel) -> ChannelMember:
    """The reader's own row in a channel that exists for them. Raises NotYourChannel."""
    mine = channel.members.filter(membership_id=reading.visit.membership_id, left_at=None)
    found = mine.select_related("agency", "professional").first()
    if found is None:
        refuse(reading, known=True)
    return found


def standing_members(channel: Channel, *, at: datetime) -> QuerySet[ChannelMember]:
    """The members of one channel that stand at `at`, with membership, professional and agency, the oldest first."""
    found = standing_in([channel.pk], at=at).select_related("membership", "professional", "agency")
    return found.order_by(F("joined_at").asc(), "pk")


def standing_in(channels: Iterable[int], *, at: datetime) -> QuerySet[ChannelMember]:
    """The members of these channels (row numbers) whose membership and participation hold at `at`, in no order.

    Whoever left, or whose agency left the case, is not among them, though their row may still be open.
    """
    taking = Participation.objects.filter(
        Q(ends=None) | Q(ends__gt=at), Q(everyone=True) | Q(members__professional_id=OuterRef("professional_id")),
        case_id=OuterRef("channel__case_id"), agency_id=OuterRef("agency_id"), is_open=True, mode="live",
        starts__lte=at,
    )  # fmt: skip
    return ChannelMember.objects.filter(
        Q(membership__ends=None) | Q(membership__ends__gt=at), Exists(taking), channel_id__in=list(channels),
        left_at=None, membership__starts__lte=at, professional__is_active=True,
    ).order_by()  # fmt: skip


def refuse(reading: Reading, *, known: bool) -> NoReturn:
    """Journal that somebody asked for a channel that does not exist for them, and say so; the same for what is not."""
    if known:
        append_apart([reading.entry(event="channel.refused", outcome=Outcome.REFUSED)])
    raise NotYourChannel(
        _("Dit kanaal bestaat niet voor u, of het is gesloten."),
        remedy=_("Ga terug naar uw kanalen. Vraag de leider van het team als u erbij hoort."),
    )
