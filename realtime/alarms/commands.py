"""What members, and who was called, do with an alarm: raise, answer, end; the leader's choice of a control room."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.models import Agency
from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import readers_of
from foundation.errors import Invalid, NotFound, Refused
from realtime.alarms.models import Alarm, AlarmAnswer, AlarmCall, ControlRoom
from realtime.alarms.states import ENDED, State, may_become
from realtime.channels.commands.log import note
from realtime.channels.commands.saying import Said, check_open, say
from realtime.channels.models import Channel, ChannelMember, Event, Kind
from realtime.channels.rights import check_leader, is_leader, member_of
from realtime.channels.telling import Hearer, article_for, events_named, known_events

FIELD = "street_alarm"
LONGEST_WAY = 120
"""Minutes; who needs longer is no help now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A member in their channel, as the sockets, the pages and the API bring it; or who was called for its alarm.

    Exactly one of member and call is set.
    """

    reading: Reading
    channel: Channel
    hearer: Hearer
    member: ChannelMember | None = None
    call: AlarmCall | None = None

    def __post_init__(self) -> None:
        if (self.member is None) == (self.call is None):
            raise ValueError("either a member acts, or who was called")

    def wrote(self, event: Event) -> bool:
        """Whether the event is their own."""
        return self.member is not None and event.author_id == self.member.pk


def on_event(sender: type[Event], instance: Event, created: bool, raw: bool = False, **_more: Any) -> None:
    """An event of kind alarm was stored, by whatever way: in the same transaction it becomes an alarm."""
    if created and not raw and instance.kind == Kind.ALARM and instance.author is not None:
        Alarm.objects.create(
            event=instance, channel=instance.channel, sender=instance.author, raised_at=instance.given_at,
            next_at=instance.given_at + timedelta(seconds=settings.ALARM_LEADER_SECONDS),
        )  # fmt: skip


def raise_alarm(here: Here, *, client: UUID, text: str = "") -> Event:
    """Call for help; the same `client` again, or a second press while nobody answered yet, is the same alarm.

    Raises what `say` raises: Refused (no right to alarms under the covenant), ChannelClosed, Invalid.
    """
    member = member_of(here.reading, here.channel)
    if not Event.objects.filter(channel=here.channel, author=member, client=client).exists():
        waiting = Alarm.objects.filter(channel=here.channel, sender=member, state=State.RAISED)
        standing = waiting.select_related("event").first()
        if standing is not None:
            return standing.event
    said = Said(client=client, kind=Kind.ALARM, pieces=((FIELD, text),))
    return say(here.reading, here.channel, said, hearer=here.hearer)


def acknowledge(here: Here, *, alarm: UUID, minutes: int) -> None:
    """Say by name that one comes, and when one expects to be there. Again with other minutes replaces them.

    Raises NotFound (no such alarm for this reader), Invalid (minutes, one's own alarm), Refused (it is over).
    """
    if not 0 <= minutes <= LONGEST_WAY:
        raise Invalid(
            _("Kies over hoeveel minuten u er bent."), field="minutes",
            remedy=_("Van 0 tot en met %(most)d minuten.") % {"most": LONGEST_WAY},
        )  # fmt: skip
    event = _known(here, alarm)
    if here.wrote(event):
        raise Invalid(
            _("Uw eigen alarm beantwoordt een ander."), field="alarm", remedy=_("Bent u veilig? Meld het alarm dan af.")
        )
    with transaction.atomic(), write_scope():
        row = _locked(here, event)
        standing = row.answers.filter(member=here.member, call=here.call).first()
        if standing is not None and standing.minutes == minutes:
            append([_entry(here, row, "alarm.acknowledged", minutes=minutes)])
            return
        if row.state in ENDED:
            raise Refused(_("Dit alarm is al voorbij."), remedy=_("U hoeft niet meer te komen."))
        AlarmAnswer.objects.update_or_create(
            alarm=row, member=here.member, call=here.call, defaults={"minutes": minutes, "at": here.reading.at}
        )
        if row.state == State.RAISED:
            row.state, row.acknowledged_at, row.next_at = State.ACKNOWLEDGED, here.reading.at, None
            row.save(update_fields=["state", "acknowledged_at", "next_at"])
        by = f"{here.reading.visit.name[:100]} ({minutes} min)"
        note(here.channel, here.reading, "alarm_ack", by=by, target=event)
        append([_entry(here, row, "alarm.acknowledged", minutes=minutes)])


def end(here: Here, *, alarm: UUID, how: str, text: str = "") -> None:
    """Stand it down, or say that it was false: for its sender and whoever leads the channel. Again changes nothing.

    text: a last word of a member, as a message that answers the alarm; who was called says nothing in the channel.
    Raises NotFound, Refused (after journalling), Invalid.
    """
    if how not in ENDED:
        raise Invalid(
            _("Kies of het alarm voorbij is of vals was."), field="how", remedy=_("Kies een van de twee knoppen.")
        )
    event = _known(here, alarm)
    if not here.wrote(event) and not is_leader(here.reading, here.channel):
        _refuse_end(here, event)
    if text.strip() and here.member is not None:
        # The alarm's own number makes the word's: sent again, it is the same word.
        client = uuid5(event.uid, f"{here.member.uid} {how}")
        said = Said(client=client, pieces=(("street_message", text),), target=event.uid)
        say(here.reading, here.channel, said, hearer=here.hearer)
    with transaction.atomic(), write_scope():
        row = _locked(here, event)
        if may_become(row.state, how):
            row.state, row.ended_at, row.ended_by, row.next_at = how, here.reading.at, here.member, None
            row.save(update_fields=["state", "ended_at", "ended_by", "next_at"])
            if here.call is not None:
                AlarmCall.objects.filter(pk=here.call.pk).update(ended_it=True)
            note(here.channel, here.reading, f"alarm_{how}", by=here.reading.visit.name, target=event)
        append([_entry(here, row, "alarm.ended", how=how)])


def choose_control_room(reading: Reading, channel: Channel, *, agency: str) -> None:
    """Which agency is called for this channel when nobody answers; "" leaves it to the installation's setting.

    channel: one that exists for the reader. Raises Refused (not the leader), Invalid (does not take part live).
    """
    check_leader(reading, channel)
    chosen = readers_of(channel.case, at=reading.at).filter(agency__code=agency).first() if agency else None
    if agency and chosen is None:
        raise Invalid(
            _("Deze organisatie neemt niet deel aan de casus van dit kanaal."), field="agency",
            remedy=_("Kies een organisatie uit de lijst."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        ControlRoom.objects.filter(channel=channel).delete()
        if chosen is not None:
            ControlRoom.objects.create(channel=channel, agency=chosen.agency)
        detail: dict[str, str | int] = {"channel": str(channel.uid), "agency": agency}
        append([reading.entry(event="alarm.desk", action=Action.UPDATE, case_ref=channel.case.ref, detail=detail)])


def control_room_of(channel: Channel) -> Agency | None:
    """The agency that is called for this channel: chosen by its leader, or by the setting ALARM_CONTROL_ROOM."""
    chosen = ControlRoom.objects.filter(channel=channel).select_related("agency").first()
    if chosen is not None:
        return chosen.agency
    return Agency.objects.filter(code=settings.ALARM_CONTROL_ROOM).first()


def _known(here: Here, uid: UUID) -> Event:
    """The event of an alarm that this reader may know of. The same answer for what is silent and what is not there."""
    events = [one for one in events_named(here.channel, [uid]) if one.kind == Kind.ALARM]
    known = known_events(here.channel, events, [here.hearer], route=here.reading.route)
    if not events or uid not in known[here.hearer.view]:
        raise NotFound(_("Dit alarm bestaat niet voor u."), remedy=_("Ga terug naar het kanaal."))
    return events[0]


def _refuse_end(here: Here, event: Event) -> NoReturn:
    append_apart([_refusal(here, event)])
    raise Refused(
        _("Een alarm wordt beëindigd door wie het stuurde of wie het kanaal leidt."),
        remedy=_("Vraag het %(name)s.") % {"name": here.channel.leader.professional.name},
        article=article_for(here.channel, event, here.hearer, route=here.reading.route),
    )


def _refusal(here: Here, event: Event) -> Entry:
    return here.reading.entry(
        event="alarm.refused", outcome=Outcome.REFUSED, case_ref=here.channel.case.ref, detail=_about(here, event)
    )


def _locked(here: Here, event: Event) -> Alarm:
    row = Alarm.objects.select_for_update(of=("self",)).get(event=event)
    check_open(Channel.objects.only("closed_at", "ends_at").get(pk=here.channel.pk), at=here.reading.at)
    return row


def _entry(here: Here, row: Alarm, event: str, **detail: str | int) -> Entry:
    about = _about(here, row.event) | detail
    return here.reading.entry(event=event, action=Action.UPDATE, case_ref=here.channel.case.ref, detail=about)


def _about(here: Here, event: Event) -> dict[str, str | int]:
    """What an entry names; the call too, for who is no member."""
    about: dict[str, str | int] = {"channel": str(here.channel.uid), "event": str(event.uid)}
    return about | ({"call": str(here.call.uid)} if here.call else {})
