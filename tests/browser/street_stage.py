"""A channel in the demo for browser tests and pictures, and what its leader does in it. A process of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

_PROGRAM = """
import sys, django
django.setup()
from datetime import timedelta
from uuid import uuid4
from agreements.parties.demo import persona
from agreements.parties.reader import current_memberships, visit_of
from cases.disclosure.reading import Reading
from cases.models import Case
from foundation import clock
from realtime.channels.commands import members, opening
from realtime.channels.commands.saying import Said, say
from realtime.channels.models import Channel
from realtime.channels.queries import opened
def hat(key):
    return current_memberships().get(professional=persona(key))
def by(key, event="channel.read"):
    visit = visit_of(hat(key), strength="demo", trace_id=uuid4().hex)
    return Reading.begin(visit, route="channel", event=event)
for line in sys.stdin:
    what, *more = line.rstrip("\\n").split("\\t")
    if what == "open":
        lead, *team = more[1:]
        case = Case.objects.get(number=more[0])
        plan = opening.Plan(
            title="Interventie Kade 9", scope="operation", under="HAV-GEBIED",
            ends_at=clock.now() + timedelta(hours=6), members=[hat(key).pk for key in team],
        )
        print(opening.open_channel(by(lead, "channel.opened"), case, plan).uid, flush=True)
    elif what == "say":
        uid, key, kind, field, text = more
        here = opened(by(key), uid, session=None)
        said = Said(client=uuid4(), kind=kind, pieces=((field, text),))
        print(say(by(key, "channel.said"), here.channel, said, hearer=here.hearer).uid, flush=True)
    elif what == "unanswered":
        import time_machine
        from realtime.alarms.commands import choose_control_room
        from realtime.alarms.escalation import escalate_due
        uid, lead, desk = more
        channel = Channel.objects.select_related("case", "lead", "leader__professional").get(uid=uid)
        choose_control_room(by(lead, "alarm.desk"), channel, agency=desk)
        for seconds in (31, 61):
            with time_machine.travel(clock.now() + timedelta(seconds=seconds)):
                escalate_due(channel)
        print("called", flush=True)
    elif what == "close":
        uid, lead = more
        opening.close(by(lead, "channel.closed"), uid)
        print("closed", flush=True)
    elif what == "out":
        uid, lead, key = more
        member = Channel.objects.get(uid=uid).members.get(membership=hat(key), left_at=None)
        members.put_out(by(lead), uid, member=member.uid)
        print("out", flush=True)
"""


class Leader:
    """`open`: the uid of a new channel; `say`: the uid of an event; `out`: somebody is put out;
    `unanswered`: a minute goes by without an answer to its alarm, and `desk` is called as its control room."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._in, self._out = process.stdin, process.stdout

    def _ask(self, *words: str) -> str:
        assert self._in is not None
        assert self._out is not None
        self._in.write("\t".join(words) + "\n")
        self._in.flush()
        answer = self._out.readline().strip()
        assert answer, f"{words[0]} did not succeed"
        return answer

    def open(self, *team: str, lead: str = "anouk", case: str = "MD-2026-0425") -> str:
        return self._ask("open", case, lead, *team)

    def say(self, uid: str, key: str, text: str, *, field: str = "street_message", kind: str = "message") -> str:
        return self._ask("say", uid, key, kind, field, text)

    def unanswered(self, uid: str, *, lead: str = "anouk", desk: str = "POL-MD") -> None:
        self._ask("unanswered", uid, lead, desk)

    def close(self, uid: str, *, lead: str = "anouk") -> None:
        self._ask("close", uid, lead)

    def out(self, uid: str, key: str, *, lead: str = "anouk") -> None:
        self._ask("out", uid, lead, key)


@contextmanager
def leading(env: Mapping[str, str]) -> Iterator[Leader]:
    """The process, with the environment that names its settings and its store."""
    command: list[Any] = [sys.executable, "-c", _PROGRAM]
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Leader(process)
    finally:
        process.communicate(timeout=30)
