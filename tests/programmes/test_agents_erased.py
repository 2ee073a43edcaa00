"""That withdrawing consent really erases: the bytes of who it was leave the files of the store, at once."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from agreements.parties.reader import Visit
from deploy.demo_areas import load_demo_areas
from deploy.demo_programmes import load_demo_programmes
from foundation.compacting import forget
from programmes.agents import commands
from programmes.agents.models import AgentPerson, ChangeAgent
from tests.agreements.covenants.world import house as load_house
from tests.programmes.conftest import visit
from tests.programmes.test_agents import NOTED, note
from tests.stores.template import template_file

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import django; django.setup(); from tests.programmes.test_agents_erased import program; program()"
on_sqlite = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the embedded store")
on_postgresql = pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="the production store")


def trace_of(agent: ChangeAgent) -> bytes:
    """Some of the bytes in which a person stands, unlike any others."""
    return bytes(AgentPerson.objects.get(agent=agent).box)[20:80]


def stands(traces: list[bytes]) -> list[bool]:
    """Which of these bytes are anywhere in the files of the store."""
    files = _files_of_sqlite() if connection.vendor == "sqlite" else _files_of_postgresql()
    whole = b"".join(files)
    return [trace in whole for trace in traces]


def _files_of_sqlite() -> list[bytes]:
    name = Path(connection.settings_dict["NAME"])
    return [path.read_bytes() for path in name.parent.glob(f"{name.name}*")]


def _files_of_postgresql() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid), 0, 1 << 28, true) FROM pg_class"
            " WHERE relkind IN ('r', 'i', 't') AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)"
        )
        return [bytes(found) for (found,) in cursor.fetchall() if found is not None]


def walk(lead: Visit) -> dict[str, list[bool]]:
    """Note three, change one, withdraw that one; where their bytes stand after each step."""
    first, second, third = (note(NOTED) for _n in range(3))
    gone, stays = trace_of(second), [trace_of(first), trace_of(third)]
    told = {"noted": stands([gone, *stays])}
    commands.change_agent(lead, second.uid, NOTED)
    anew = trace_of(second)
    told["changed"] = stands([gone, anew, *stays])
    commands.withdraw(lead, second.uid)
    told["withdrawn"] = stands([gone, anew, *stays])
    told["in the clear"] = stands([NOTED.name.encode(), NOTED.contact.encode()])
    return told


EXPECTED = {
    "noted": [True, True, True],
    "changed": [False, True, True, True],
    "withdrawn": [False, False, True, True],
    "in the clear": [False, False],
}


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_bytes_leave_the_tables_of_postgresql_at_once() -> None:
    load_house()
    load_demo_areas()
    load_demo_programmes()

    assert walk(visit("anouk")) == EXPECTED


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_in_use_is_not_waited_for_and_goes_at_night() -> None:
    load_house()
    load_demo_areas()
    load_demo_programmes()
    agent = note()
    gone = trace_of(agent)
    reader = connection.copy()
    reader.set_autocommit(False)
    with reader.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM programmes_agentperson")

    assert forget(connection, {"programmes_agentperson"}) is False
    commands.withdraw(visit("anouk"), agent.uid)
    assert not AgentPerson.objects.exists()
    reader.rollback()
    reader.close()
    call_command("erase_agents")

    assert stands([gone]) == [False]


@on_sqlite
def test_the_bytes_leave_the_file_and_the_log_of_sqlite_at_once(tmp_path: Path) -> None:
    """In a program of its own, with the settings of the embedded installation, and while it goes on."""
    shutil.copy(template_file(), tmp_path / "verbond.sqlite3")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "deploy.settings.embedded", "VERBOND_VAR": str(tmp_path), "VERBOND_DEMO": "1",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == EXPECTED


def program() -> None:
    """The walk in the store of this process; prints what was seen."""
    with transaction.atomic():
        load_house()
        load_demo_areas()
        load_demo_programmes()
    sys.stdout.write(json.dumps(walk(visit("anouk"))))
