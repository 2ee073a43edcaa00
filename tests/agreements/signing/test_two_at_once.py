"""Two last signatures at the same moment: both stand, and exactly one of them puts the version in force."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from agreements.covenants.models import Party, PolicyEpoch
from agreements.covenants.rules import State
from agreements.signing.commands import Signed
from tests.agreements.covenants.world import house as load_house
from tests.agreements.signing import world
from tests.audit.flushing import let_flush_through

pytestmark = pytest.mark.django_db(transaction=True)
let_flush_through()

ROOT = Path(__file__).resolve().parents[3]
TWO = [item for item in world.PARTIES if item[0] != "OND-BAKEN"]
SIGNS = """
import sys, time, django
django.setup()
from tests.agreements.signing import world
print("ready", flush=True)
sys.stdin.readline()
print(world.sign(sys.argv[1]).waiting, flush=True)
"""


def _check_one_beginning() -> None:
    assert world.version().state == State.AGREED
    assert world.events().count("covenant.signed") == 2
    assert world.events().count("covenant.version_in_force") == 1
    assert world.events().count("house_key.made") == 2
    assert Party.objects.filter(covenant__code=world.JS).count() == 3


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="the suite's SQLite store lives in one process")
def test_on_postgresql_between_threads() -> None:
    load_house()
    world.put_up(parties=TWO)
    epoch = PolicyEpoch.objects.get().number
    together = threading.Barrier(2)

    def sign(key: str) -> Signed:
        try:
            together.wait()
            return world.sign(key)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        waiting = sorted(signed.waiting for signed in pool.map(sign, ("carla", "hilde")))

    assert waiting == [0, 1]
    assert PolicyEpoch.objects.get().number == epoch + 1
    _check_one_beginning()


@pytest.mark.slow
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="on PostgreSQL threads show the same")
def test_on_sqlite_between_processes(tmp_path: Path) -> None:
    import sqlite3

    load_house()
    world.put_up(parties=TWO)
    store = sqlite3.connect(tmp_path / "verbond.sqlite3")
    connection.ensure_connection()
    connection.connection.backup(store)
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "deploy.settings.embedded",
        "VERBOND_VAR": str(tmp_path),
        "VERBOND_DEMO": "1",
    }
    subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=env, check=True, capture_output=True)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", SIGNS, key],
            cwd=ROOT,
            env=env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for key in ("carla", "hilde")
    ]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("now\n")
        process.stdin.flush()
    waiting = sorted(int(process.communicate(timeout=60)[0]) for process in both)

    assert waiting == [0, 1]
    store.backup(connection.connection)
    store.close()
    _check_one_beginning()
