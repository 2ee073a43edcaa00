"""Writes about urgency: each checks rights, changes, and journals, in one transaction."""

from programmes.urgency.commands.cases import score, submit, support
from programmes.urgency.commands.tranches import close_tranche, decide, open_tranche

__all__ = ["close_tranche", "decide", "open_tranche", "score", "submit", "support"]
