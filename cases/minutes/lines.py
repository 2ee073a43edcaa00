"""How far papers of minutes are, as pages and API show it. Not here: ordering, making and fetching them."""

from dataclasses import dataclass
from uuid import UUID

from cases.disclosure.reading import Reading
from cases.minutes.models import Minutes, Paper
from cases.minutes.rights import Taken, leads, minutes_for
from cases.papers.lines import PaperLine, keeps_for, line_of, unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """Papers for all recipients: how many there are and how many are dealt with, whatever came of each."""

    total: int
    done: int

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return self.done < self.total


def own_paper(reading: Reading, minutes: Minutes) -> PaperLine | None:
    """The newest paper of the reader, if it is still kept."""
    found = Paper.objects.filter(
        minutes=minutes, membership=reading.visit.membership_id, asked_at__gt=reading.at - keeps_for()
    ).first()
    return line_of(found) if found else None


def batch_of(reading: Reading, minutes: Minutes) -> BatchLine | None:
    """The papers that were last ordered for all, for who led the meeting."""
    if not leads(reading, minutes):
        return None
    kept = Paper.objects.filter(minutes=minutes, asked_at__gt=reading.at - keeps_for()).exclude(batch=None)
    newest = kept.first()
    if newest is None:
        return None
    mine = kept.filter(batch=newest.batch)
    return BatchLine(total=mine.count(), done=mine.exclude(unfinished(reading.at)).count())


def status(reading: Reading, uid: UUID) -> tuple[PaperLine | None, BatchLine | None, Taken]:
    """How far the reader's paper is, and those for all. Opens nothing. Raises NotYourMinutes."""
    taken = minutes_for(reading, uid)
    return own_paper(reading, taken.minutes), batch_of(reading, taken.minutes), taken
