"""What goes wrong with drafts in words: a step that something stands in the way of, two people at one text."""

from datetime import datetime
from typing import Any

from foundation.errors import Invalid, Problem


class StepRefused(Invalid):
    """Something stands in the way of this step. `errors`: all of it, as (place, sentence)."""

    code = "step_refused"


class EditConflict(Problem):
    """Somebody else saved first. Nothing was overwritten, and nothing typed is lost: both texts are here.

    changes: (sign, line) of a line diff from their text to yours, sign " ", "-" or "+". merged: both changes
    together, to save over `current_revision` with one press; None when they touch the same lines.
    """

    code = "edit_conflict"
    status = 409

    def __init__(
        self,
        sentence: str,
        *,
        remedy: str,
        current_revision: int,
        current_text: str,
        their_name: str,
        their_saved_at: datetime,
        mine: str,
        their_changes: tuple[tuple[str, str], ...],
        changes: tuple[tuple[str, str], ...],
        merged: str | None,
        note: str = "",
    ) -> None:
        super().__init__(sentence, remedy=remedy, field="base_revision")
        self.current_revision = current_revision
        self.current_text = current_text
        self.their_name = their_name
        self.their_saved_at = their_saved_at
        self.mine = mine
        self.their_changes = their_changes
        self.changes = changes
        self.merged = merged
        self.note = note

    @property
    def members(self) -> dict[str, Any]:
        """What a problem document says beside its usual members."""
        return {
            "current_revision": self.current_revision,
            "current_text": self.current_text,
            "their_name": self.their_name,
            "their_saved_at": self.their_saved_at.isoformat(),
            "their_changes": [list(item) for item in self.their_changes],
            "changes": [list(item) for item in self.changes],
            "merged": self.merged,
        }
