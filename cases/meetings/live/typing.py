"""What is typed in the joint view: who may type, who may look on while it is typed, and keeping it.

Key presses go through the layer sealed, and each socket lets them out only when its reader may know the words: asked
of disclosure, and journalled, once per item, domain and attendance, not per key.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from agreements.parties.models import Membership
from agreements.parties.reader import visit_of
from cases.casework.purpose import declared
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import words_rows
from cases.disclosure.visibility import live_participations
from cases.meetings.commands.joint_view import FIELD, Typed, as_words, keep_draft, save_joint, writing_item
from cases.meetings.live.door import SCREEN, Pass
from cases.meetings.models import AgendaItem
from cases.meetings.presence import together
from foundation.boxes import box
from foundation.errors import Refused

LONGEST = 4000
"""Characters of one joint view; the catalogue has its own bound, which the command applies."""
EVENT = "meeting.typed"


class BadFrame(ValueError):
    """A frame that is not what the protocol says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A frame `typing`. done: the typist stopped, so it becomes a version."""

    item: UUID
    typed: Typed
    done: bool

    @property
    def place(self) -> tuple[UUID, str]:
        """Where it is typed."""
        return self.item, self.typed.domain


def keys_of(frame: dict[str, Any]) -> Keys:
    """The frame, checked for its form. Raises BadFrame."""
    try:
        text, domain = frame["text"], frame["domain"]
        seq, base = frame["seq"], frame.get("base", 0)
        typed = Typed(domain=domain, text=text, client=UUID(frame["client"]), seq=seq, base=base)
        item = UUID(frame["item"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadFrame("typing") from wrong
    fits = isinstance(text, str) and len(text) <= LONGEST and isinstance(domain, str) and len(domain) <= 16
    if not fits or not all(type(n) is int and 0 <= n < 2**53 for n in (seq, base)):
        raise BadFrame("typing")
    return Keys(item=item, typed=typed, done=frame.get("done") is True)


def may_write(passed: Pass, item: UUID) -> None:
    """Raises a Problem when this socket may not type at this item now."""
    writing_item(passed.reading(EVENT), item)


def keep(passed: Pass, keys: Keys) -> int:
    """Keep what was typed, as a draft or, when the typist stopped, as a version; returns the version it stands on."""
    act = save_joint if keys.done else keep_draft
    return act(passed.reading(EVENT), keys.item, keys.typed)


def may_look_on(passed: Pass, keys: Keys, *, typist: int) -> bool:
    """Whether the reader behind a socket may know what is typed here now; journalled as told to them when they may.

    On the wall: whether everybody present may, each of whom then has an entry. typist: whose membership types.
    """
    item = AgendaItem.objects.filter(uid=keys.item).select_related("meeting__lead", "meeting__chair", "case").first()
    by = Membership.objects.filter(pk=typist).select_related("professional", "agency").first()
    if item is None or item.case is None or by is None or item.meeting.current_id != item.pk:
        return False
    reading = passed.reading(EVENT)
    taking = live_participations(reading.visit, at=reading.at).filter(case=item.case)
    if item.meeting_id != passed.meeting_id or not taking.exists():
        return False
    writing = Reading.begin(visit_of(by, strength="password", trace_id=""), route=reading.route, event=EVENT)
    try:
        rows = words_rows([as_words(writing, item, item.case, keys.typed)])
    except Refused:
        # No covenant any more under which it is written: then nobody reads it either.
        return False
    if passed.kind == SCREEN:
        answer = together(reading, item, rows=rows, named=0)
    else:
        purpose = declared(reading, item.case, dict(passed.session))
        if not purpose:
            return False
        answer = disclose(reading, [Opening(case=item.case, purpose=purpose, rows=rows)], named=0)[0]
    return answer is not None and any(fact.code == FIELD for told in answer.disclosures for fact in told.facts)


def sealed_for_layer(keys: Keys) -> str:
    """What was typed as it goes through the layer, which may be another machine's: closed."""
    words = {
        "i": keys.item.hex, "d": keys.typed.domain, "t": keys.typed.text, "s": keys.typed.seq,
        "c": keys.typed.client.hex,
    }  # fmt: skip
    return _box().encrypt(json.dumps(words, ensure_ascii=False).encode()).decode()


def opened_from_layer(text: str) -> Keys:
    """The inverse."""
    words = json.loads(_box().decrypt(text.encode()))
    typed = Typed(domain=words["d"], text=words["t"], client=UUID(words["c"]), seq=words["s"])
    return Keys(item=UUID(words["i"]), typed=typed, done=False)


@lru_cache(maxsize=1)
def _box() -> Any:
    return box("meeting-typing")
