"""The WebSocket protocol to serve with: `uvicorn --ws realtime.live.serving:Protocol`.

It is uvicorn's own, with one thing added: frames that hundreds of phones get alike are made into bytes once and leave
in one write for each phone. With any other server, or another protocol, they leave one by one.
"""

from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import OPEN

from realtime.live.frames import Burst, Lines

EXTENSION = "verbond.burst"
"""In the scope of a socket: how to send a burst (an ASGI extension)."""


class Protocol(WebSocketsSansIOProtocol):
    """A connection of uvicorn that can send a burst."""

    def handle_connect(self, event: Request) -> None:
        """As uvicorn does, and offer the extension; the application runs in the next turn of the loop."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"][EXTENSION] = {"send": self.send_burst}

    def send_burst(self, lines: Lines) -> bool:
        """Hand these frames to the line in one write; False, and nothing sent, while the line is full.

        Raises ClientDisconnected (an OSError) when the phone is gone or its line is being closed.
        """
        if not self.writable.is_set():
            return False
        if self.disconnected or self.close_sent or self.conn.state is not OPEN:
            raise ClientDisconnected
        if self.conn.extensions:
            # Compression keeps a state for each line (RFC 7692), so these bytes are of this line alone.
            for one in lines:
                self.conn.send_text(one.message["text"].encode())
            self.transport.write(b"".join(self.conn.data_to_send()))
        else:
            self.transport.write(lines.wire)
        return True


def burst_of(scope: dict[str, Any]) -> Burst | None:
    """How to send a burst on this socket, if its server knows how."""
    offered: dict[str, Burst] = scope.get("extensions", {}).get(EXTENSION, {})
    return offered.get("send")
