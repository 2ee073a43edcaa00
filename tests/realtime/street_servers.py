"""Servers of channels as real processes: uvicorns on one PostgreSQL and a Redis of their own. No test lives here."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg

from foundation import jose
from tests.door import SERVED, open_door

ROOT = Path(__file__).resolve().parents[2]


class Redis:
    """A Redis that keeps nothing, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.process = folder, None
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.port = door.getsockname()[1]
        self.start()

    process: "subprocess.Popen[bytes] | None"

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError("Redis does not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Hanging:
    """What stands where a Redis was: takes every connection, reads what it is sent, and never answers."""

    def __init__(self, port: int) -> None:
        self.door = socket.create_server(("127.0.0.1", port), backlog=512)
        self.lines: list[socket.socket] = []
        self.asked = 0
        self.thread = threading.Thread(target=self._take, daemon=True)
        self.thread.start()

    def _take(self) -> None:
        while True:
            try:
                line, _address = self.door.accept()
            except OSError:
                return
            self.lines.append(line)
            threading.Thread(target=self._read, args=(line,), daemon=True).start()

    def _read(self, line: socket.socket) -> None:
        with suppress(OSError):
            while line.recv(65536):
                self.asked += 1

    def stop(self) -> None:
        # A thread in accept() keeps the port until it wakes.
        with suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.thread.join(10)


class Server:
    """One server process behind a door that stays when it is killed."""

    def __init__(self, env: dict[str, str], log: Path, application: str) -> None:
        self.env, self.log, self.application = env, log, application
        self.door = open_door(backlog=2048)
        self.host = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", self.application, "--fd", str(self.door.fileno()), *SERVED]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--log-level", "error"], cwd=ROOT, env=self.env, pass_fds=[self.door.fileno()],
                stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


class Stage:
    """The program tests.realtime.street_stage, asked line by line; from any thread."""

    def __init__(self, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.realtime.street_stage"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.lock = threading.Lock()
        self._answer()
        self.channel = str(self.ask("channel"))

    def ask(self, *words: str) -> Any:
        with self.lock:
            assert self.process.stdin
            self.process.stdin.write(" ".join(words) + "\n")
            self.process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Street:
    """Servers, their Redis, and the stage on their store."""

    def __init__(self, env: dict[str, str], redis: Redis, stage: Stage, servers: list[Server]) -> None:
        self.env, self.redis, self.stage, self.servers = env, redis, stage, servers

    def errors(self) -> str:
        return "\n".join(server.log.read_text(errors="replace") for server in self.servers)


def can_run(url: str) -> bool:
    """Whether this machine has what two processes need."""
    return url.startswith("postgres") and shutil.which("redis-server") is not None


def _copy(name: str, url: str) -> None:
    """A migrated, empty store of this name; by the settings of the suite, whatever those of the caller are."""
    program = (
        "import sys, django, psycopg; django.setup()\n"
        "from tests.faults.test_journal_kill import server\n"
        "from tests.stores.template import copy_of_template\n"
        "copy_of_template(server(), sys.argv[1])"
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "deploy.settings.test", "DATABASE_URL": url, "REDIS_URL": ""}
    subprocess.run([sys.executable, "-c", program, name], cwd=ROOT, env=env, check=True)


@contextmanager
def running(
    folder: Path, url: str, *, processes: int = 2, application: str = "deploy.asgi:application", **more: str
) -> Iterator[Street]:
    """A production installation with a channel on the quay in it. url: of a PostgreSQL that may make databases."""
    name = f"street_{os.getpid()}"
    given = dj_database_url.parse(url)
    host, user, port = given["HOST"] or "127.0.0.1", given["USER"] or "postgres", given["PORT"] or 5432
    with ExitStack() as stack:
        admin = stack.enter_context(
            closing(psycopg.connect(host=host, user=user, port=port, dbname="postgres", autocommit=True))
        )
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _copy(name, url)
        stack.callback(lambda: admin.execute(f"DROP DATABASE {name} WITH (FORCE)"))
        redis = Redis(folder)
        stack.callback(redis.kill)
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
            "DATABASE_URL": f"postgres://{user}@{host}:{port}/{name}",
            "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
            "SECRET_KEY": "a-production-installation-of-the-suite-0123456789-0123456789",
            "JOURNAL_KEY": "00" * 32,
            "FILES_KEY": "00" * 32,
            "TOKEN_KEY": json.dumps(jose.new_key()),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "VERBOND_DEMO": "1",
            "VERBOND_VAR": str(folder),
        } | more  # fmt: skip
        stage = Stage(env)
        stack.callback(stage.stop)
        servers = []
        for number in range(processes):
            server = Server(env, folder / f"server{number}.log", application)
            servers.append(server)
            stack.callback(server.door.close)
            stack.callback(server.kill)
        yield Street(env, redis, stage, servers)
