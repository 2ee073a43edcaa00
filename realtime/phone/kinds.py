"""What a member may say, and who will be able to read each kind: from the covenant's rules, never from data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse

from agreements.covenants import labels
from agreements.covenants.pulse import pulse_at
from agreements.policy.catalogue import Field
from cases.disclosure.knowing import known_rows
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from realtime.channels.commands.saying import SAYABLE, may_say
from realtime.channels.models import Channel, ChannelMember, Kind
from realtime.channels.telling import Hearer
from realtime.live.door import ROUTE, Pass, View
from realtime.phone.hearers import Listener, hearers_here

_KIND_OF = {
    "street_status": Kind.STATUS, "street_task": Kind.TASK, "street_question": Kind.QUESTION,
    "street_handover": Kind.HANDOVER, "street_alarm": Kind.ALARM, "street_place": Kind.PLACE,
    "street_photo": Kind.PHOTO,
}  # fmt: skip
"""The kind of event in which a field is said by itself; every other one is said in a message."""

Here = Sequence[tuple[ChannelMember, Hearer]]


def kinds_token(channel: Channel, at: datetime) -> str:
    """Changes with the members, the case and the rules."""
    return f"{channel.revision}.{pulse_at(at)}.{channel.case.phase}.{channel.case.covenants}"


def kinds_frames(channel: Channel, passes: Sequence[Pass]) -> Mapping[View, dict[str, Any]]:
    """Per view what its readers may say, with the label of each kind and the agencies that will read it."""
    here = hearers_here(channel, passes, at=clock.now())
    return {view: kinds_for(channel, passed, here) for view, passed in {one.hearer.view: one for one in passes}.items()}


def kinds_for(channel: Channel, passed: Listener, here: Here) -> dict[str, Any]:
    """The frame `kinds` of one member. here: everybody in the channel (hearers_here). Opens nothing."""
    reading = Reading.begin(passed.hearer.visit, route=ROUTE, event="channel.read")
    language = passed.hearer.visit.language[:2]
    fields = may_say(reading, channel)
    readers = _readers(channel, passed, here, fields)
    known = frozenset().union(*SAYABLE.values())
    agencies = {member.agency.code: member.agency for member, _hearer in here}
    purpose = passed.hearer.purpose
    return {
        "type": "kinds",
        "kinds": [
            {
                "field": field.code, "kind": _KIND_OF.get(field.code, Kind.MESSAGE).value,
                "label": field.label(language),
                "help": field.help_en if language == "en" else field.help_nl,
                "readers": readers[field.code],
            }
            for field in fields
        ],
        "labels": {one.code: one.label(language) for one in reading.policy.catalogue.fields if one.code in known},
        "agencies": [
            {"code": one.code, "monogram": one.monogram, "name": one.name_in(language)}
            for one in agencies.values() if one.code != passed.hearer.visit.agency.code
        ],
        "purpose": str(labels.label("purpose", purpose)) if purpose else "",
        "why": reverse("case_why", args=[channel.case.number]),
        "choose": reverse("case_purpose", args=[channel.case.number]),
    }  # fmt: skip


def _readers(channel: Channel, passed: Listener, here: Here, fields: Sequence[Field]) -> dict[str, dict[str, Any]]:
    """Per field: how many other members read it, their agencies' monograms, and those who learn only that it is."""
    probes = {field.code: _probe(channel, passed, field) for field in fields}
    rows = tuple(probes.values())
    views = {hearer.view: hearer for _member, hearer in here}
    read, told = {}, {}
    for view, hearer in views.items():
        reading = Reading.begin(hearer.visit, route=ROUTE, event="channel.read")
        opening = Opening(case=channel.case, purpose=hearer.purpose, rows=rows)
        read[view] = known_rows(reading, opening, rows, announced=False)
        told[view] = known_rows(reading, opening, rows)
    others = [(member, hearer) for member, hearer in here if member.pk != passed.member.pk]
    found = {}
    for code, row in probes.items():
        reads = [member for member, hearer in others if row.uid in read[hearer.view]]
        knows = [member for member, hearer in others if row.uid in told[hearer.view] - read[hearer.view]]
        found[code] = {"people": len(reads), "agencies": _names(reads), "announced": _names(knows)}
    return found


def _names(members: Sequence[ChannelMember]) -> list[str]:
    return list(dict.fromkeys(member.agency.monogram for member in members))


def _probe(channel: Channel, passed: Listener, field: Field) -> Row:
    """A row as a message with this field would be, without any word in it."""
    agency, now = passed.member.agency, clock.now()
    return Row(
        id=0, uid=uuid4(), case_id=channel.case_id, about_id=None, role=None, position=None, subject_uid=None,
        born_on=None, source_id=agency.pk, source_code=agency.code, source_type=agency.type, source_name=agency.name,
        under=channel.under, present=to_hex(1 << field.bit), values=SealedFacts.seal({}), kind="", reliability=None,
        observed_on=now.date(), given_at=now, valid_until=None, heard="",
    )  # fmt: skip
