"""Phases and states of a case as data (Landelijk Kader; WGS art. 2.31). Labels live in agreements.covenants.labels."""

from enum import StrEnum


class Phase(StrEnum):
    """The phase a covenant's articles speak of."""

    SIGNAL = "signal"
    TRIAGE = "triage"
    MEETING = "meeting"
    PLAN = "plan"
    MONITORING = "monitoring"
    AFTERCARE = "aftercare"


class State(StrEnum):
    """Where a case stands as a file. Only an open case can be read by its participants."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    REJECTED = "rejected"
    CLOSED = "closed"
    ERASED = "erased"


READABLE = frozenset({State.OPEN, State.PAUSED})
SHIELDED = frozenset({State.DRAFT, State.REJECTED, State.CLOSED, State.ERASED})


class Kind(StrEnum):
    """What a case is about."""

    PERSON = "person"
    FAMILY = "family"
    AREA = "area"


class Urgency(StrEnum):
    """How soon something must happen."""

    ACUTE = "acute"
    HIGH = "high"
    NORMAL = "normal"


URGENCY_RANK = {Urgency.ACUTE: 0, Urgency.HIGH: 1, Urgency.NORMAL: 2}
