"""Each read of this room: which articles allow an act, which acts stand, and what they open. Facts leave as answers."""

from dataclasses import dataclass

from audit.journal.apart import keep
from audit.reviews.reading import Judged, words_of
from cases.breakglass.events import FORM
from cases.casework import purpose as purposes
from cases.casework.queries import Opened, open_head
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import disclose
from cases.disclosure.emergency import Allowed, Standing, allowed, opening_of, standing
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import BreakGlass, Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An act that stands, with what it opens now."""

    standing: Standing
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An earlier act of this reader: what came of it, with the words of both officers once both judged."""

    act: BreakGlass
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergencies:
    """What a reader finds of break-glass in a case."""

    case: Case
    allowed: tuple[Allowed, ...]
    shown: tuple[Shown, ...]
    past: tuple[Past, ...]


def emergencies(reading: Reading, number: str, session: purposes.Session | None) -> Emergencies:
    """The articles this reader may open, what their standing acts show (journalled), and their earlier acts.

    Raises NotYourCase (journalled), JournalUnavailable: then nothing is shown.
    """
    case = case_for(reading, number).case
    acts = standing(reading, case)
    purpose = purposes.declared(reading, case, session)
    answers = disclose(reading, [opening_of(reading, case, act, purpose=purpose) for act in acts]) if acts else ()
    if not acts:
        keep([reading.entry(event=FORM, case_ref=case.ref, purpose=purpose)])
    return Emergencies(
        case=case,
        allowed=allowed(reading, case),
        shown=tuple(Shown(standing=act, answer=answer) for act, answer in zip(acts, answers, strict=True)),
        past=_past(reading, case, {act.uid for act in acts}),
    )


def head(reading: Reading, number: str, session: purposes.Session) -> Opened:
    """The head of the case page, by the rights that the reader has without break-glass."""
    return open_head(reading, number, session)


def _past(reading: Reading, case: Case, now: set[object]) -> tuple[Past, ...]:
    mine = BreakGlass.objects.filter(case=case, entered_by_id=reading.visit.professional_id).order_by("-given_at")
    return tuple(Past(act=act, judged=words_of(act.ref)) for act in mine[:20] if act.uid not in now)
