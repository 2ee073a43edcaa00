"""Things on a port that are not what a witness should be, and lines that it did not write."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from audit.proofs import notes
from audit.proofs.note_keys import SigningKey
from audit.witness.core import Answer
from tests.audit.witness.growing import GrowingLog

BEGINNINGS = {
    "a body": b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n",
    "a last body": b"HTTP/1.0 200 OK\r\n\r\n",
    "a header": b"HTTP/1.1 200 OK\r\nX: ",
}


class Scripted:
    """A witness that answers what it is told to, to see how the platform takes it."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[bytes] = []

    def add_checkpoint(self, body: bytes) -> Answer:
        self.asked.append(body)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]

    checkpoint = add_checkpoint


def line(log: GrowingLog, size: int, *, time: int, key: SigningKey) -> str:
    return notes.cosign(notes.parse(log.note(size)), key, time=time).line()


@contextmanager
def raw_server(act: Callable[[socket.socket], None]) -> Iterator[str]:
    """Something on a port that does what `act` does with each connection."""
    stop = threading.Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.05)

        def work() -> None:
            while not stop.is_set():
                try:
                    connection, _address = listening.accept()
                except TimeoutError:
                    continue
                threading.Thread(target=act, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=work)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        stop.set()
        thread.join()


def drip(connection: socket.socket, beginning: bytes = BEGINNINGS["a body"]) -> None:
    """A byte now and then: each step is in time, the whole never ends."""
    try:
        connection.sendall(beginning)
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)
    except OSError:
        connection.close()


def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
