"""Takes entries of the log over into the case, or reports them as a signal: all of them or none, and each once.

Only words of the reader's own agency: the covenants decide by source who reads a fact, and whoever took over what
another said would become its source (design, section 3: only the source gives, corrects and withdraws its facts). What
others said is theirs to bring in. Fields go over as they are; a kind of words that only lives in a channel stays there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.policy.rows import OWN
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.contribution import Given, add_contribution
from cases.casework.rules import check_role, fields_of
from cases.disclosure.reading import Reading
from cases.intake.access import may_report
from cases.intake.commands import Reported, add_to_signal, report_signal
from cases.intake.models import Signal
from cases.intake.ways import AREA, PERSON, SEEN_AREA
from cases.records.phases import Kind
from foundation import clock
from foundation.errors import Invalid
from realtime.channels.models import Channel, Scope
from realtime.channels.queries import Opened, opened, told_of
from realtime.channels.telling import Piece, Told, events_named
from realtime.report.events import TAKEN
from realtime.report.models import TakenOver

MOST = 50
"""Entries that are taken over at a time: more than a page of the log."""
SEEN_PERSON = "street_observation"
"""The field of the street that says something of a person; a signal takes it in as what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsSignal:
    """What a signal needs beside the words themselves. kind: a choice code of signal_domain."""

    kind: str = ""
    place: str = ""
    person: str = ""
    urgency: str = "normal"
    reliability: str = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries somebody ticked. person: about whom of the case; None means the only or main one."""

    events: Sequence[UUID]
    person: UUID | None = None
    signal: AsSignal = AsSignal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of them. case: number of the case, "" for a signal; signal: its number, "" for contributions."""

    case: str
    signal: str
    entries: tuple[TakenOver, ...]


def becomes_signal(channel: Channel) -> bool:
    """A channel about a case gives contributions to it; one about an area or an operation gives signals."""
    return channel.scope != Scope.CASE


def takes(reading: Reading, channel: Channel, told: Told) -> tuple[Piece, ...]:
    """The parts of an entry that the reader can take over: of their own agency, in a field that goes there.

    What only points at a fact of the case is in the case already, and need not be a fact of who pointed.
    """
    if told.event.source_id != reading.visit.agency.id or told.event.fact is not None:
        return ()
    codes = _codes(reading, channel)
    return tuple(piece for piece in told.pieces if piece.code in codes and piece.text is not None and piece.ref == OWN)


def _codes(reading: Reading, channel: Channel) -> frozenset[str]:
    is_area = channel.case.kind == Kind.AREA
    if becomes_signal(channel):
        return frozenset({SEEN_AREA if is_area else SEEN_PERSON})
    mine = fields_of(reading.policy.catalogue, agency_type=reading.visit.agency.type, area=is_area)
    return frozenset(field.code for field in mine)


def taken_before(reading: Reading, told: Iterable[Told]) -> dict[UUID, TakenOver]:
    """What of these entries the reader's agency took over already."""
    uids = [one.event.uid for one in told]
    rows = TakenOver.objects.filter(event__in=uids, source_id=reading.visit.agency.id).select_related("case")
    return {row.event: row for row in rows}


def take_over(reading: Reading, uid: UUID, wanted: Wanted, session: Mapping[str, Any] | None) -> Taken:
    """Take the ticked entries of channel `uid` over, by the same commands as a form; the same again changes nothing.

    Raises NotYourChannel; Refused (role, or no covenant under which the agency may give); Invalid with an error at
    "event:UID" for each entry that cannot go, and at the fields of a signal: then nothing was taken over.
    Source: WGS art. 2.31(1), BGS art. 1.6.
    """
    here = opened(reading, uid, session=session, afterwards=True)
    check = may_report if becomes_signal(here.channel) else _may_contribute
    check(reading)
    told = _ticked(reading, here, wanted)
    with transaction.atomic(), write_scope():
        # Two who take the same entry over at once wait for each other here.
        Channel.objects.select_for_update(of=("self",)).get(pk=here.channel.pk)
        before = taken_before(reading, told)
        if becomes_signal(here.channel):
            return _as_signal(reading, here, wanted, told, before)
        return _as_contributions(reading, here, wanted, told)


def _may_contribute(reading: Reading) -> None:
    check_role(reading.visit.roles)


def _ticked(reading: Reading, here: Opened, wanted: Wanted) -> tuple[Told, ...]:
    """The entries as the reader may know them, in order. Raises Invalid naming each that cannot be taken over."""
    uids = list(dict.fromkeys(wanted.events))
    if not uids or len(uids) > MOST:
        raise Invalid(
            _("Vink eerst berichten aan.") if not uids
            else _("Neem ten hoogste %(most)d berichten tegelijk over.") % {"most": MOST},
            field="events", remedy=_("Kies de berichten die in de casus horen."),
        )  # fmt: skip
    told = {one.event.uid: one for one in told_of(reading, here, events_named(here.channel, uids))}
    errors = []
    for uid in uids:
        if fault := _fault(reading, here.channel, told.get(uid)):
            errors.append((place_of(uid), fault))
    if errors:
        raise _not_taken(errors)
    return tuple(told.values())


def _fault(reading: Reading, channel: Channel, told: Told | None) -> str:
    if told is None:
        return _("Dit bericht is er niet (meer), of niet voor u.")
    if told.pieces and told.event.source_id != reading.visit.agency.id:
        return _("Dit zei %(agency)s. Alleen de bron brengt het in de casus: vraag het haar.") % {
            "agency": told.event.source.name
        }
    if not takes(reading, channel, told):
        return _("Dit soort bericht hoort alleen in het kanaal.")
    return ""


def place_of(uid: UUID) -> str:
    """Where an error about an entry stands."""
    return f"event:{uid}"


def _not_taken(errors: Sequence[tuple[str, str]]) -> Invalid:
    return Invalid(
        _("Er is niets overgenomen: sommige berichten kunnen niet mee."), errors=tuple(dict.fromkeys(errors)),
        field=errors[0][0],
        remedy=_("Haal het vinkje weg of verbeter het; uw keuze staat er nog."),
    )  # fmt: skip


def _as_contributions(reading: Reading, here: Opened, wanted: Wanted, told: Sequence[Told]) -> Taken:
    channel, rows, errors = here.channel, [], []
    for one in told:
        day = one.event.given_at.astimezone(clock.AMSTERDAM).date()
        values = _values(takes(reading, channel, one))
        given = Given(
            values=values, observed_on=day, person=wanted.person,
            submission=uuid5(one.event.uid, f"contribution {reading.visit.agency.code}"),
        )  # fmt: skip
        try:
            uids = add_contribution(reading, channel.case.number, given)
        except Invalid as wrong:
            errors += _at_entry(one, wrong)
            continue
        rows.append(_noted(reading, channel, one, values, contributions=[str(uid) for uid in uids], case=channel.case))
    if errors:
        raise _not_taken(errors)
    return Taken(case=channel.case.number, signal="", entries=tuple(rows))


def _as_signal(
    reading: Reading, here: Opened, wanted: Wanted, told: Sequence[Told], before: Mapping[UUID, TakenOver]
) -> Taken:
    channel = here.channel
    numbers = {row.signal for row in before.values()}
    if len(before) == len(told) and len(numbers) == 1:
        return Taken(case="", signal=numbers.pop(), entries=tuple(before[one.event.uid] for one in told))
    if before:
        said = _("Dit staat al in signaal %(number)s.")
        raise _not_taken([(place_of(uid), said % {"number": row.signal}) for uid, row in before.items()])
    number, rows, errors = "", [], []
    for one in told:
        values = _values(takes(reading, channel, one))
        try:
            number = _told_to_signal(reading, channel, one, values, wanted.signal, number)
        except Invalid as wrong:
            errors += _at_entry(one, wrong)
            if not number:
                break
            continue
        signal = Signal.objects.select_related("file").get(number=number)
        rows.append(_noted(reading, channel, one, values, signal=number, case=signal.file))
    if errors:
        raise _not_taken(errors)
    return Taken(case="", signal=number, entries=tuple(rows))


def _told_to_signal(
    reading: Reading, channel: Channel, told: Told, values: Mapping[str, str], more: AsSignal, number: str
) -> str:
    """Report the first entry, and add each later one to the same signal; its number."""
    seen, submission = " ".join(values.values()), uuid5(told.event.uid, "signal")
    if number:
        add_to_signal(reading, number, seen=seen, submission=submission)
        return number
    about = AREA if channel.case.kind == Kind.AREA else PERSON
    return report_signal(
        reading,
        Reported(
            about=about, kind=more.kind, seen=seen, place=more.place, person=more.person, urgency=more.urgency,
            reliability=more.reliability, submission=submission,
        ),
    )  # fmt: skip


def _at_entry(told: Told, wrong: Invalid) -> list[tuple[str, str]]:
    """What a command says of the words, at the entry; what it says of a field of the form stays there."""
    return [
        (place if place in ("kind", "place", "person", "urgency", "reliability") else place_of(told.event.uid), said)
        for place, said in wrong.errors or ((wrong.field, wrong.sentence),)
    ]


def _values(pieces: Iterable[Piece]) -> dict[str, str]:
    """The words by field; two parts of one field in one sentence stay one value."""
    values: dict[str, str] = {}
    for piece in pieces:
        text = piece.value or piece.text or ""
        values[piece.code] = f"{values[piece.code]} {text}" if piece.code in values else text
    return values


def _noted(reading: Reading, channel: Channel, told: Told, values: Mapping[str, str], **what: Any) -> TakenOver:
    """Note what the entry became, and journal the reference from there to the message."""
    event = told.event
    row, is_new = TakenOver.objects.get_or_create(
        event=event.uid,
        defaults={
            "channel": channel.uid, "said_at": event.given_at, "source_id": event.source_id, "at": reading.at,
            "by_id": reading.visit.professional_id, "fields": " ".join(sorted(values)), **what,
        },
    )  # fmt: skip
    if is_new:
        became = {"signal": row.signal} if row.signal else {"contributions": " ".join(row.contributions)}
        append(
            [
                reading.entry(
                    event=TAKEN, action=Action.CREATE, case_ref=row.case.ref,
                    fields=reading.policy.catalogue.mask(values),
                    detail={"channel": str(channel.uid), "event": str(event.uid), **became},
                )
            ]
        )  # fmt: skip
    return row
