"""Errors of the journal. The answers people see are made in foundation.answers."""

from foundation.errors import Unavailable


class JournalUnavailable(Unavailable):
    """The entry could not be written, so nothing may be shown or saved: not even with break-glass."""

    code = "journal_unavailable"
    status = 503


class AppendOutsideTransaction(RuntimeError):
    """append() was called outside atomic(): the act and its entry could come apart."""


class FieldsetConflict(RuntimeError):
    """A bit would get a second meaning; entries already written would change theirs."""
