"""Each write of this room: one function, one transaction, a domain error when it cannot be."""

from cases.requests.commands.answering import settle
from cases.requests.commands.asking import Asking, ask, withdraw
from cases.requests.commands.notes import add_note, withdraw_note

__all__ = ["Asking", "add_note", "ask", "settle", "withdraw", "withdraw_note"]
