"""An officer, a wish and the file that comes of it."""

import json
from datetime import timedelta
from typing import Any

from audit.exports import commands, running
from audit.exports.commands import Wish
from audit.journal.reading import Officer, admit
from foundation import clock
from tests.audit.stand_ins import POLICE
from tests.audit.stand_ins import Officer as Visitor


def officer(agency: str = POLICE, **who: Any) -> Officer:
    return admit(Visitor(agency_ref=agency, **who), route="test")


def wish(kind: str = "nen7513_json", **what: Any) -> Wish:
    given = {"kind": kind, "since": clock.now() - timedelta(hours=1), "until": clock.now() + timedelta(hours=1)}
    return Wish(**(given | what))


def made(by: Officer, given: Wish) -> bytes:
    export = commands.order(by, given)
    assert running.make(export.uid)
    return b"".join(commands.fetch(by, export.uid)[1])


def uids_of(text: bytes) -> list[str]:
    return [line["EventID"] for line in json.loads(text)]
