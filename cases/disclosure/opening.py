"""What disclosure is asked: which case, for which purpose, through whose eyes. Not here: the answer (answer.py)."""

from dataclasses import dataclass
from datetime import datetime

from agreements.policy.question import BreakGlassAct, Delivery, Reader
from audit.journal.entry import Because
from cases.disclosure.circumstances import Circumstances
from cases.disclosure.rows import Row
from cases.records.models import Case, Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Somebody who looks along at a shared screen, as the journal knows them: what is shown counts as told to them."""

    actor_ref: str
    actor_name: str
    agency_ref: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fellow:
    """A colleague whose rights are the reader's own to the last bit, as the journal knows them, and why they read."""

    actor_ref: str
    actor_name: str
    trace_id: str
    because: Because | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Another reader of the same case: who, how they may be told things, and what is recorded for their agency.

    onlooker: set when that reader really looks along; None for a preview.
    """

    reader: Reader
    agency_id: int
    recorded: Circumstances
    via: Delivery = Delivery.LIVE
    onlooker: Onlooker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """A standing act of break-glass under which is read. uid: of the act, for the journal.

    grounds: the condition that the person states by acting, as bits of conditions.Condition.
    """

    uid: str
    act: BreakGlassAct
    grounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One case to open: for which purpose, how, and since when facts are new for this reader.

    rows: what to read instead of the standing contributions (an extract, versions, words of a meeting).
    recorded: what is recorded in the case for the reader's agency, where this reading asked it after the rows; else
        it is asked.
    lenses: other readers through whom to look as well (a preview has one, a shared screen everybody
        present): what is left is what all of them and the reader may know, never more.
    by: the participation by which the reader comes to the case, where the caller has it: why the read is theirs.
    because: that reason itself, where the caller knows it.
    emergency: the act under which is read by break-glass; without one such an opening is an error.
    fellows: others of the same agency, with the same roles and for the same purpose, who get the very same bytes; each
        has entries of their own.
    """

    case: Case
    purpose: str
    seen: datetime | None = None
    via: Delivery = Delivery.LIVE
    rows: tuple[Row, ...] | None = None
    recorded: Circumstances | None = None
    lenses: tuple[Lens, ...] = ()
    by: Participation | None = None
    because: Because | None = None
    emergency: Emergency | None = None
    fellows: tuple[Fellow, ...] = ()

    def __post_init__(self) -> None:
        if (self.via is Delivery.BREAK_GLASS) != (self.emergency is not None):
            raise ValueError("break-glass is read under an act, and an act is read by break-glass")
