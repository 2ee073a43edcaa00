"""Where a server in a process of its own is reached: a socket that listens before it starts, and stays after."""

import socket

SERVED = ("--ws", "realtime.live.serving:Protocol")
"""As bin/run serves."""


def open_door(*, backlog: int = 128) -> socket.socket:
    """A free port of the loopback address, to give to uvicorn with --fd.

    uvicorn takes what it is given for a socket without TCP and leaves Nagle's algorithm on, so that every answer of
    two writes would wait 40 ms for the other end to confirm the first. What is accepted here inherits that it is off.
    """
    door = socket.create_server(("127.0.0.1", 0), backlog=backlog)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return door
