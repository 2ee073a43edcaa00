"""Which step leads from which state to which, and in which roles of the owner. Pure; what blocks one: obstacles.py."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.drafting.models import DraftState


class Step(TextChoices):
    """What people do with a draft. A button says the label."""

    OPEN_CONSULTATION = "open_consultation", _("Open de consultatie")
    BACK_TO_DRAFT = "back_to_draft", _("Haal terug naar concept")
    PUT_UP = "put_up_for_signature", _("Leg ter ondertekening voor")
    TAKE_BACK = "take_back", _("Haal terug uit de ondertekening")
    DROP = "drop", _("Laat vervallen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a step leads, and which roles at the owner may take it. asks_reason: it is told to the others."""

    to: DraftState
    roles: frozenset[str]
    asks_reason: bool = False


_COUNSEL = frozenset({"legal_counsel"})
_COUNSEL_OR_SIGNATORY = frozenset({"legal_counsel", "signatory"})

MOVES: dict[tuple[DraftState, Step], Move] = {
    (DraftState.DRAFT, Step.OPEN_CONSULTATION): Move(to=DraftState.CONSULTATION, roles=_COUNSEL),
    (DraftState.DRAFT, Step.DROP): Move(to=DraftState.DROPPED, roles=_COUNSEL, asks_reason=True),
    (DraftState.CONSULTATION, Step.BACK_TO_DRAFT): Move(to=DraftState.DRAFT, roles=_COUNSEL),
    (DraftState.CONSULTATION, Step.PUT_UP): Move(to=DraftState.FOR_SIGNATURE, roles=_COUNSEL),
    (DraftState.CONSULTATION, Step.DROP): Move(to=DraftState.DROPPED, roles=_COUNSEL, asks_reason=True),
    # Who would sign may also stop the signing.
    (DraftState.FOR_SIGNATURE, Step.TAKE_BACK): Move(
        to=DraftState.CONSULTATION, roles=_COUNSEL_OR_SIGNATORY, asks_reason=True
    ),
}
ENDS = frozenset({DraftState.ADOPTED, DraftState.DROPPED})
"""From here no step leads on. ADOPTED is reached by the last signature, which is no step of a draft."""


def moves_from(state: str) -> dict[Step, Move]:
    """The steps that a state knows, in the order of their buttons."""
    return {step: move for (at, step), move in MOVES.items() if at == state}


def move(state: str, step: Step) -> Move | None:
    """Where `step` leads from `state`; None when it does not exist there."""
    return MOVES.get((DraftState(state), step))


def states_for(step: Step) -> tuple[DraftState, ...]:
    """The states from which a step exists."""
    return tuple(at for at, known in MOVES if known is step)
