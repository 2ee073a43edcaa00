"""Each write of this room: one function, one transaction, a domain error when it cannot be."""

from cases.inbox.commands.deciding import decide, mark_seen, raise_unanswered
from cases.inbox.commands.escalating import escalate
from cases.inbox.commands.marking import mark_read

__all__ = ["decide", "escalate", "mark_read", "mark_seen", "raise_unanswered"]
