"""A channel in a store of its own, as a program beside its servers: `python -m tests.realtime.street_stage`.

Takes one word of work a line and answers each with a line of JSON: `channel`, `ticket KEY`, `out KEY`, `back KEY`,
`log`, `load NUMBER`. No test lives here.
"""

import json
import sys
from typing import Any
from uuid import UUID, uuid4

import django


def main() -> None:
    django.setup()
    stage = _stage()
    work = {
        "channel": lambda: str(stage.channel.uid),
        "ticket": lambda key: _ticket(stage, key),
        "out": lambda key: _out(stage, key),
        "back": lambda key: _back(stage, key),
        "log": lambda: _log(stage),
        "load": lambda number: _load(stage, int(number)),
        "bare": lambda number: _bare(stage, int(number)),
    }
    sys.stdout.write('"ready"\n')
    sys.stdout.flush()
    for line in sys.stdin:
        word, *given = line.split()
        sys.stdout.write(json.dumps(work[word](*given)) + "\n")
        sys.stdout.flush()


def _stage() -> Any:
    from agreements.models import Professional
    from tests.invariants.world import World, load_house
    from tests.realtime.stage import street

    load_house()
    world = World()
    world.people = {person.demo_key: person for person in Professional.objects.exclude(demo_key=None)}
    return street(world)


def _ticket(stage: Any, key: str) -> str:
    from realtime.channels.tickets import ticket_for

    return ticket_for(stage.by(key), stage.fresh(), session=None, session_key="")


def _out(stage: Any, key: str) -> float:
    """Put a member out; the moment at which that is committed."""
    import time

    from realtime.channels.commands import members

    members.put_out(stage.by("anouk"), stage.channel.uid, member=stage.member(key).uid)
    return time.time()


def _back(stage: Any, key: str) -> None:
    from realtime.channels.commands import members
    from tests.cases.desk import hat_of

    members.invite(stage.by("anouk"), stage.channel.uid, membership=hat_of(stage.world, key).pk)


def _log(stage: Any) -> list[list[str]]:
    """(number, uid, client) of every event, in order."""
    from realtime.channels.models import Event

    found = Event.objects.filter(channel=stage.channel).order_by("seq").values_list("seq", "uid", "client")
    return [[str(word) for word in row] for row in found]


def _load(stage: Any, number: int) -> float:
    """Say so many things at once, in one transaction with one ring; the moment at which that is committed."""
    import time

    from django.db import transaction

    moments: list[float] = []
    with transaction.atomic():
        # Before the bells, each of which takes its time.
        transaction.on_commit(lambda: moments.append(time.time()))
        for count in range(number):
            field = ("street_message", "hotspot_note")[count % 2]
            stage.says(("esra", "farid")[count % 2], (field, f"Wij staan bij de brug, nummer {count}."))
    return moments[0]


def _bare(stage: Any, number: int) -> list[float]:
    """Seconds of so many bare inserts of a row as large as an event's, each with its commit."""
    import time

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, uid uuid UNIQUE, words text)")
        taken = []
        for count in range(number):
            began = time.perf_counter()
            cursor.execute("INSERT INTO bench_bare (uid, words) VALUES (%s, %s)", [_uid(), f"nummer {count} " * 8])
            taken.append(time.perf_counter() - began)
    return taken


def _uid() -> UUID:
    return uuid4()


if __name__ == "__main__":
    main()
