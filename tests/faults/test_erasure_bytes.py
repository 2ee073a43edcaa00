"""Real erasure: after a destruction the bytes are in no file of the store, on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.faults import erasing_process
from tests.stores.template import template_file

ROOT = Path(__file__).resolve().parents[2]
SECRET = "zqxthesebytesmustgoqzx"
"""One word, so that it stands whole in the indexes of search as well."""
ON_POSTGRESQL = bool(os.environ.get("DATABASE_URL"))


@pytest.mark.slow
@pytest.mark.skipif(ON_POSTGRESQL, reason="the embedded store is SQLite")
def test_the_files_of_sqlite_hold_no_byte_of_what_was_destroyed(tmp_path: Path) -> None:
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "deploy.settings.embedded", "VERBOND_VAR": str(tmp_path),
        "VERBOND_DEMO": "1", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    shutil.copy(template_file(), tmp_path / "verbond.sqlite3")
    migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "-v", "0"]
    subprocess.run(migrate, cwd=ROOT, env=env, check=True, capture_output=True)
    program = [sys.executable, "-m", "tests.faults.erasing_process", SECRET, str(tmp_path)]
    said = subprocess.run(program, cwd=ROOT, env=env, check=True, capture_output=True, text=True)

    secrets, locked_met, locked = said.stdout.split()
    assert int(secrets) >= 40, "otherwise the search proves nothing"
    assert int(locked_met) >= 1, "otherwise the search for locked bytes proves nothing"
    assert erasing_process.in_files(tmp_path, SECRET) == 0
    assert erasing_process.bytes_in_files(tmp_path, bytes.fromhex(locked)) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not ON_POSTGRESQL, reason="this is about PostgreSQL")
def test_the_files_of_postgresql_hold_no_byte_of_what_was_destroyed() -> None:
    erasing_process.plant(SECRET)
    locked = erasing_process.locked_bytes()
    assert in_relations() >= 40, "otherwise the search proves nothing"
    assert in_relations(locked) >= 1, "otherwise the search for locked bytes proves nothing"

    erasing_process.destroy()

    assert in_relations() == in_relations(locked) == 0


def in_relations(sought: bytes = SECRET.encode()) -> int:
    """How often this stands in the files of tables and indexes, the parts kept aside (TOAST) included."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relkind IN ('r', 'i', 't', 'm') AND relnamespace::regnamespace::text IN ('public', 'pg_toast')"
            " AND pg_relation_filepath(oid) IS NOT NULL"
        )
        return sum(bytes(content or b"").count(sought) for (content,) in cursor.fetchall())
