"""Which entries cannot wait for the sealer's next round, and how it is woken for them."""

import socket
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, connections

CHANNEL = "audit_seal"
"""The channel of PostgreSQL's NOTIFY on which the sealer listens."""

# Codes of the floors above, as words: administration of who may what, what leaves the house, and what is destroyed.
FAMILIES = (
    "client_key.", "covenant.", "destruction.", "export.", "extract.", "house_key.", "membership.", "motion.",
    "parties.", "party.", "password.", "professional.", "prune.", "retention.", "second_factor.", "signing_key.",
)  # fmt: skip
SINGLE = frozenset({
    "attachment.downloaded", "attachment.removed", "breach.downloaded", "bundle.fetched", "case.emptied",
    "case.removed", "journal.pruned", "minutes.exported", "rule.sheet", "street_report.exported",
    "subject_request.fetched", "subject_request.handed_out", "token.issued",
})  # fmt: skip


def needs_sealing_at_once(event_type: str, break_glass: bool) -> bool:
    """Break-glass, exports, destruction and administration: an insider gets no second in which to change these.

    Source: audit design 4.4.
    """
    return break_glass or event_type in SINGLE or event_type.startswith(FAMILIES)


def wake(alias: str) -> None:
    """Ask the sealer of this installation to seal now. Nothing is raised: it comes round by itself as well."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(b"1", str(settings.SEAL_SOCKET))
