"""Says something in a channel: checked, sealed, numbered and journalled in one transaction; said twice is said once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from agreements.covenants.standing import covenants_of_party
from agreements.policy.catalogue import Field
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words
from cases.disclosure.reading import Reading
from cases.records.sealed import SealedFacts, fingerprint
from foundation.errors import Invalid, Refused
from foundation.masks import to_hex
from realtime.channels.commands.log import event_of, next_of, put_at_once, stored
from realtime.channels.models import SEPARATOR, Channel, Event, Kind
from realtime.channels.rights import ChannelClosed, member_of
from realtime.channels.telling import Hearer, tell

SAYABLE: dict[str, frozenset[str]] = {
    Kind.MESSAGE: frozenset({
        "street_message", "street_observation", "street_care_note", "street_police_note", "hotspot_note",
        "visit_instruction",
    }),
    Kind.STATUS: frozenset({"street_status"}),
    Kind.PLACE: frozenset({"street_place", "street_message"}),
    Kind.PHOTO: frozenset({"street_photo"}),
    Kind.TASK: frozenset({"street_task", "street_status"}),
    Kind.QUESTION: frozenset({"street_question"}),
    Kind.HANDOVER: frozenset({"street_handover"}),
    Kind.ALARM: frozenset({"street_alarm"}),
}  # fmt: skip
"""Which fields the words of each kind may be of."""
MOST_PIECES = 8
LONGEST = 2000
"""Characters of all pieces of one event together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody sends. client: made on their phone, the same when it is sent again.

    pieces: (field code, text) in the order of the sentence. target: uid of the event it answers. to: code of the one
    agency it is for. fact: (uid of a contribution, field code) instead of pieces.
    """

    client: UUID
    kind: str = Kind.MESSAGE
    pieces: Sequence[tuple[str, str]] = ()
    target: UUID | None = None
    to: str = ""
    fact: tuple[UUID, str] | None = None


def say(reading: Reading, channel: Channel, said: Said, *, hearer: Hearer) -> Event:
    """Store what was said at the end of the log; the same `client` again returns what it made.

    channel: one that exists for the reader, with its case. Raises NotYourChannel, ChannelClosed, Refused (no right to
    this kind of words under the covenant), Invalid (too long, no such field, no such event), JournalUnavailable.
    Source: design, section 6.
    """
    if said.target or said.to or said.fact:
        # What these ask of the channel is answered to its members alone.
        member_of(reading, channel)
    try:
        return _stored(reading, channel, said, _columns(reading, channel, said, hearer))
    except (Refused, Invalid, IntegrityError):
        # Sent before, by this way or another, such as two tabs with one outbox: then it stands, whatever changed since.
        standing = _sent_before(reading, channel, said)
        if standing is None:
            raise
        return standing


def _stored(reading: Reading, channel: Channel, said: Said, columns: dict[str, Any]) -> Event:
    event = event_of(channel, reading, **{"kind": said.kind, "client": said.client, **columns})
    membership, entry = reading.visit.membership_id, _entry(reading, channel, event)
    if put_at_once(event, entry, membership=membership):
        return event
    with transaction.atomic(), write_scope(asking=next_of(event, membership=membership)) as scope:
        if stored(event, scope.answers):
            append([entry], last=True)
            return event
        transaction.set_rollback(True)
    member_of(reading, channel)
    check_open(Channel.objects.only("closed_at", "ends_at").get(pk=channel.pk), at=reading.at)
    raise OperationalError("the channel changed while something was said in it")


def check_open(channel: Channel, *, at: datetime) -> None:
    """Raises ChannelClosed for a channel that was closed or is past its term."""
    if channel.has_ended(at):
        raise ChannelClosed(
            _("Dit kanaal is gesloten; uw bericht is niet verstuurd."),
            remedy=_("Uw tekst staat nog op uw toestel. Vraag de leider om een nieuw kanaal."),
        )


def may_say(reading: Reading, channel: Channel) -> tuple[Field, ...]:
    """The fields of which the reader's agency can be a source in this channel, in catalogue order."""
    known = frozenset().union(*SAYABLE.values())
    granted = reading.policy
    type_ = reading.visit.agency.type
    return tuple(field for field in granted.catalogue.fields if field.code in known and type_ in field.sources)


def _sent_before(reading: Reading, channel: Channel, said: Said) -> Event | None:
    mine = Event.objects.filter(channel=channel, client=said.client, author__left_at=None)
    return mine.filter(author__membership_id=reading.visit.membership_id).first()


def _columns(reading: Reading, channel: Channel, said: Said, hearer: Hearer) -> dict[str, Any]:
    _check_party(reading, channel)
    target = _target(channel, said, hearer)
    columns: dict[str, Any] = {"target": target, "heard": _heard(reading, channel, said, target)}
    if said.fact is not None:
        return columns | _fact(reading, channel, said.fact, hearer)
    pieces = _checked(reading, channel, said)
    values: dict[str, str] = {}
    for code, text in pieces:
        values[code] = values[code] + SEPARATOR + text if code in values else text
    return columns | {
        "values": SealedFacts.seal(values),
        "present": to_hex(reading.policy.catalogue.mask(values)),
        "layout": " ".join(code for code, _text in pieces),
    }


def _check_party(reading: Reading, channel: Channel) -> None:
    own = covenants_of_party(reading.policy, agency=reading.agency, covenants=frozenset({channel.under}), at=reading.at)
    if not own or channel.under not in channel.case.covenant_codes:
        raise Refused(
            _("Uw organisatie is nu geen partij bij %(code)s, het convenant van dit kanaal.") % {"code": channel.under},
            remedy=_("Uw tekst staat nog op uw toestel. Vraag uw tekenbevoegde om toe te treden."),
            article=channel.under,
        )


def _checked(reading: Reading, channel: Channel, said: Said) -> list[tuple[str, str]]:
    allowed = SAYABLE.get(said.kind)
    if allowed is None:
        raise Invalid(_("Deze soort bericht bestaat niet."), field="kind", remedy=_("Kies een soort uit de lijst."))
    pieces = [(code, text.strip()) for code, text in said.pieces]
    pieces = [(code, text) for code, text in pieces if text or said.kind == Kind.ALARM]
    if not pieces:
        raise Invalid(_("Schrijf eerst een bericht."), field="pieces", remedy=_("Een paar woorden zijn genoeg."))
    if len(pieces) > MOST_PIECES or sum(len(text) for _code, text in pieces) > LONGEST:
        raise Invalid(
            _("Dit bericht is te lang."), field="pieces",
            remedy=_("Houd het bij %(most)d tekens, of stuur twee berichten.") % {"most": LONGEST},
        )  # fmt: skip
    fields = {field.code: field for field in may_say(reading, channel)}
    for code, text in pieces:
        if code not in allowed:
            raise Invalid(
                _("Een bericht van deze soort kan %(field)s niet bevatten.") % {"field": code}, field="pieces",
                remedy=_("Kies een ander soort bericht."),
            )  # fmt: skip
        if code not in fields:
            raise Refused(
                _("Uw organisatie is geen bron van %(field)s.") % {"field": code},
                remedy=_("Kies een ander soort bericht; uw tekst staat nog op uw toestel."), article=channel.under,
            )  # fmt: skip
        if SEPARATOR in text:
            raise Invalid(_("Haal de onleesbare tekens weg."), field="pieces", remedy=_("Typ de tekst opnieuw."))
        if text:
            checked_words(reading, {code: text}, names={code: "pieces"})
    return pieces


def _target(channel: Channel, said: Said, hearer: Hearer) -> Event | None:
    """The event that is answered: one of this channel that the sender knows of. Raises Invalid."""
    if said.target is None:
        return None
    found = (
        Event.objects.filter(channel=channel, uid=said.target)
        .select_related("source", "about__subject", "author", "target__source")
        .first()
    )
    if found is not None and any(tell(channel, [found], [hearer], route="api:channel_say").values()):
        return found
    raise Invalid(
        _("Het bericht waarop u antwoordt, is er niet meer."), field="target", remedy=_("Stuur het als nieuw bericht.")
    )


def _heard(reading: Reading, channel: Channel, said: Said, target: Event | None) -> str:
    own = reading.visit.agency.code
    if target is not None and target.heard:
        return " ".join(sorted({*target.heard.split(), own}))
    if not said.to:
        if said.kind == Kind.QUESTION and target is None:
            raise Invalid(_("Kies voor wie uw vraag is."), field="to", remedy=_("Kies een organisatie uit dit kanaal."))
        return ""
    if not channel.members.filter(agency__code=said.to, left_at=None).exists():
        raise Invalid(
            _("Deze organisatie doet niet mee in dit kanaal."),
            field="to",
            remedy=_("Kies een organisatie uit de lijst."),
        )
    return " ".join(sorted({said.to, own}))


def _fact(reading: Reading, channel: Channel, fact: tuple[UUID, str], hearer: Hearer) -> dict[str, object]:
    """Columns that point at a fact of the case, which the sender must see themselves."""
    uid, code = fact
    field = reading.policy.catalogue.by_code.get(code)
    present = to_hex(1 << field.bit) if field else "0"
    probe = Event(
        channel=channel, case_id=channel.case_id, fact=uid, fact_field=code, present=present, kind=Kind.FACT, pk=-1
    )
    told = next(iter(tell(channel, [probe], [hearer], route="api:channel_say").values()), ()) if field else ()
    if not told or told[0].pieces[0].text is None:
        raise Invalid(
            _("Dit gegeven ziet u niet in deze casus."), field="fact", remedy=_("Kies een gegeven uit de casus.")
        )
    return {
        "values": SealedFacts.seal({}), "present": present, "layout": code, "fact": uid, "fact_field": code,
        "kind": Kind.FACT,
    }  # fmt: skip


def _entry(reading: Reading, channel: Channel, event: Event) -> Entry:
    return reading.entry(
        event="channel.said", action=Action.CREATE, case_ref=channel.case.ref,
        fields=reading.policy.catalogue.mask(set(event.layout.split())),
        detail={
            "channel": str(channel.uid), "event": str(event.uid), "kind": event.kind, "under": channel.under,
            "sha256": fingerprint(event.values),
        },
    )  # fmt: skip
