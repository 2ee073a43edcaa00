"""Who belongs to a channel: adding, leaving and putting out. Whoever is out is cut within a second."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agreements.parties.models import Membership
from agreements.parties.reader import current_memberships
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.records.models import Case, Participation
from foundation.errors import Invalid, NotFound
from realtime.channels.commands.log import note
from realtime.channels.models import Channel, ChannelMember, Receipt
from realtime.channels.rights import channel_for, check_leader, member_of


def candidates(case: Case, *, at: datetime) -> QuerySet[Membership]:
    """The memberships in force through which somebody takes part in this case live, by agency and name."""
    taking = Participation.objects.filter(
        Q(ends=None) | Q(ends__gt=at),
        Q(everyone=True) | Q(members__professional_id=OuterRef("professional_id")),
        case=case, agency_id=OuterRef("agency_id"), mode=Participation.Mode.LIVE, is_open=True, starts__lte=at,
    )  # fmt: skip
    found = current_memberships().filter(Exists(taking))
    with_work = [one.pk for one in found if CASE_ROLES & set(one.roles)]
    return found.filter(pk__in=with_work).order_by("agency__name", "professional__name")


def invite(reading: Reading, uid: UUID, *, membership: int) -> ChannelMember:
    """Let a professional of an agency that takes part in the case into the channel. Again changes nothing.

    Raises NotYourChannel, Refused (not the leader), Invalid (does not take part, too many members).
    """
    channel = channel_for(reading, uid)
    check_leader(reading, channel)
    standing = channel.members.filter(membership_id=membership, left_at=None).first()
    if standing is not None:
        return standing
    if channel.members.filter(left_at=None).count() >= settings.CHANNEL_MAX_MEMBERS:
        raise Invalid(
            _("Een kanaal heeft ten hoogste %(most)d leden.") % {"most": settings.CHANNEL_MAX_MEMBERS},
            field="members", remedy=_("Open een tweede kanaal."),
        )  # fmt: skip
    chosen = candidates(channel.case, at=reading.at).filter(pk=membership).first()
    if chosen is None:
        raise Invalid(
            _("Deze persoon neemt niet deel aan de casus van dit kanaal."), field="members",
            remedy=_("Laat de organisatie eerst deelnemen aan de casus."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        return add(reading, channel, chosen)


def put_out(reading: Reading, uid: UUID, *, member: UUID) -> None:
    """End somebody's membership of the channel now. Raises NotYourChannel, Refused, NotFound."""
    channel = channel_for(reading, uid)
    check_leader(reading, channel)
    found = channel.members.filter(uid=member, left_at=None).select_related("professional", "agency").first()
    if found is None:
        raise NotFound(_("Deze persoon is geen lid van dit kanaal."), remedy=_("Ververs de lijst."))
    _out(reading, channel, found)


def leave(reading: Reading, uid: UUID) -> None:
    """Leave a channel oneself. Raises NotYourChannel."""
    channel = channel_for(reading, uid)
    _out(reading, channel, member_of(reading, channel))


def add(reading: Reading, channel: Channel, membership: Membership) -> ChannelMember:
    """Within the caller's transaction and write scope: a new member, its receipt, a notice and an entry."""
    member = ChannelMember.objects.create(
        channel=channel, membership=membership, professional=membership.professional, agency=membership.agency,
        joined_at=reading.at,
    )  # fmt: skip
    Receipt.objects.create(member=member)
    _changed(channel)
    note(channel, reading, "joined", by=membership.professional.name)
    _journal(reading, channel, member, "channel.joined", Action.CREATE)
    return member


def _out(reading: Reading, channel: Channel, member: ChannelMember) -> None:
    with transaction.atomic(), write_scope():
        member.left_at = reading.at
        member.save(update_fields=["left_at"])
        _changed(channel)
        note(channel, reading, "left", by=member.professional.name)
        _journal(reading, channel, member, "channel.left", Action.UPDATE)


def _changed(channel: Channel) -> None:
    channel.revision += 1
    channel.save(update_fields=["revision"])


def _journal(reading: Reading, channel: Channel, member: ChannelMember, event: str, action: Action) -> None:
    detail = {"channel": str(channel.uid), "member": str(member.uid), "agency": member.agency.code}
    append([reading.entry(event=event, action=action, case_ref=channel.case.ref, detail=detail)])
