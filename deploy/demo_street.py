"""The channels of the demo: an evening on the quay, and one about Jayden in which each reads something else.

A reset takes them away with their cases (cases.retention.rows).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.disclosure.reading import Reading
from cases.records.models import Case
from foundation import clock
from realtime.channels.commands.opening import Plan, open_channel
from realtime.channels.commands.saying import Said, say
from realtime.channels.models import Channel, Event, Kind
from realtime.channels.queries import opened

QUAY, YOUNG = "MD-2026-0425", "MD-2026-0418"
Line = tuple[str, int, str, tuple[tuple[str, str], ...], str, str]
"""Who, how many minutes ago, kind, pieces, the mark of what it answers, the one agency it is for."""

EVENING: tuple[Line, ...] = (
    (
        "anouk",
        110,
        Kind.MESSAGE,
        (("street_message", "Goedenavond. Wij lopen van 20.00 tot 01.00 uur, start bij de brug."),),
        "",
        "",
    ),
    ("esra", 104, Kind.STATUS, (("street_status", "there"),), "", ""),
    ("maarten", 101, Kind.PLACE, (("street_place", "Parkeerplaats achter Kade 9"),), "", ""),
    (
        "farid",
        95,
        Kind.MESSAGE,
        (("hotspot_note", "Zeven jongeren bij de trap, rustig. Ik maak een praatje."),),
        "",
        "",
    ),
    ("anouk", 88, Kind.TASK, (("street_task", "Kijk of de verlichting bij de trap het doet."),), "", ""),
    ("maarten", 84, Kind.TASK, (("street_status", "on_my_way"),), "4", ""),
    (
        "esra",
        76,
        Kind.MESSAGE,
        (
            ("street_message", "Ik rijd een ronde om het blok."),
            ("hotspot_note", "Er staat een scooter zonder kenteken."),
        ),
        "",
        "",
    ),
    ("farid", 64, Kind.QUESTION, (("street_question", "Is het hek van de speeltuin nog open?"),), "", "GEM-MD"),
    ("maarten", 60, Kind.QUESTION, (("street_question", "Tot 22.00 uur, daarna sluit ik het."),), "7", ""),
    ("maarten", 47, Kind.TASK, (("street_status", "done"),), "4", ""),
    ("esra", 30, Kind.STATUS, (("street_status", "seen"),), "", ""),
    (
        "farid",
        12,
        Kind.HANDOVER,
        (("street_handover", "Morgen om vier uur terug met de voetbal; de groep weet ervan."),),
        "",
        "",
    ),
)
ABOUT_HIM: tuple[Line, ...] = (
    (
        "nadia",
        300,
        Kind.MESSAGE,
        (("street_message", "Vandaag bellen wij elkaar hier, niet in de groepsapp."),),
        "",
        "",
    ),
    (
        "esra",
        240,
        Kind.MESSAGE,
        (
            ("street_message", "Ik ben om vijf uur bij de halte."),
            ("street_police_note", "Collega's zagen hem gisteren met de oudere groep."),
        ),
        "",
        "",
    ),
    (
        "farid",
        180,
        Kind.MESSAGE,
        (
            ("street_care_note", "Hij slaapt slecht; spreek hem rustig aan."),
            ("street_message", "Ik loop met hem mee naar huis."),
        ),
        "",
        "",
    ),
    (
        "esra",
        150,
        Kind.MESSAGE,
        (("street_observation", "Stond om vijf uur alleen bij de halte; rustig, wel koud gekleed."),),
        "",
        "",
    ),
)


@transaction.atomic
def load_demo_street() -> None:
    """Open the channels and say what was said, as the personas would; nothing where it was done already."""
    tonight = clock.now().astimezone(clock.AMSTERDAM).replace(hour=1, minute=0, second=0, microsecond=0)
    tonight += timedelta(days=1)
    _channel("kade", QUAY, "anouk", ("esra", "maarten", "farid"), EVENING, ends_at=tonight,
             title="Interventie Kade 9", scope="operation", under="HAV-GEBIED")  # fmt: skip
    _channel("jayden", YOUNG, "nadia", ("esra", "sanne", "farid"), ABOUT_HIM, ends_at=tonight + timedelta(days=13),
             title="Rond de halte", scope="case", under="JS-MD")  # fmt: skip


def _channel(
    mark: str, number: str, leader: str, team: tuple[str, ...], lines: tuple[Line, ...], *, ends_at: datetime,
    title: str, scope: str, under: str,
) -> None:  # fmt: skip
    submission = uuid5(NAMESPACE_URL, f"verbond-demo-kanaal-{mark}")
    case = Case.objects.filter(number=number).first()
    if case is None or Channel.objects.filter(submission=submission).exists():
        return
    plan = Plan(
        title=title, scope=scope, under=under, ends_at=ends_at, submission=submission,
        members=[membership_for(persona=key).pk for key in team],
    )  # fmt: skip
    channel = open_channel(_reading(leader, minutes=lines[0][1] + 10), case, plan)
    said: list[Event] = []
    for line in lines:
        said.append(_say(channel, line, said, client=uuid5(submission, str(len(said)))))


def _say(channel: Channel, line: Line, said: list[Event], *, client: UUID) -> Event:
    who, minutes, kind, pieces, target, to = line
    reading = _reading(who, minutes=minutes)
    here = opened(reading, channel.uid, session=None)
    answered = said[int(target)].uid if target else None
    words = Said(client=client, kind=kind, pieces=pieces, target=answered, to=to)
    return say(reading, here.channel, words, hearer=here.hearer)


def _reading(persona: str, *, minutes: int) -> Reading:
    """The persona at work then: the moment of what they say is that of the reading."""
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    now = Reading.begin(visit, route="load_demo", event="channel.said")
    return replace(now, at=now.at - timedelta(minutes=minutes))
