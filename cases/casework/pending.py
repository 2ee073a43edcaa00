"""What waits for a reader in some room: a line of the inbox. It names a case by number and nobody by name."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Something that waits for this reader.

    kind: "action", "request", "invitation", "minutes", "signal", "triage", "review", …; what: a short sentence of
    the interface, without facts; place: the number of the case or the title of the meeting; url: where it is done;
    due_on: until when, if there is a term; since: when it came.
    """

    kind: str
    what: str
    place: str
    url: str
    since: datetime
    due_on: date | None = None
    overdue: bool = False
