"""When fields of a person in a case were shown to somebody: out of the journal, for whoever must tell them of a change.

Who may ask is decided by the rooms that change facts. The change that asks is itself an entry.
Source: AVG art. 19; BGS art. 1.7; Wpg art. 28(4).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from audit.journal.entry import Action, Outcome, mask_of_columns
from audit.journal.filters import Filter, matching

_COLUMNS = ("recorded_at", "agency_ref", "actor_ref", "purpose", "break_glass", "body")
_MASKS = ("fields_0", "fields_1", "fields_2")
_SHOWN = (Action.READ.value, Action.EXECUTE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One time that fields were shown. fields: those asked about among them (a mask). act: of break-glass, by uid."""

    at: datetime
    agency_ref: str
    actor_ref: str
    roles: frozenset[str]
    purpose: str
    fields: int
    act: str


def showings(case_ref: str, subject_ref: str, *, fields: int, since: datetime) -> Iterator[Showing]:
    """Every time since `since` that values of some of `fields` of this person in this case were shown; newest first.

    subject_ref: "" for a case without persons. Who gave those values the journal does not say.
    """
    about = (subject_ref,) if subject_ref else None
    wanted = Filter(cases=(case_ref,), subjects=about, outcome=Outcome.OK.value, since=since)
    rows = matching(wanted, scope_agency_ref=None).filter(action__in=_SHOWN).values_list(*_COLUMNS, *_MASKS)
    for at, agency, actor, purpose, is_emergency, body, *columns in rows.iterator():
        shown = mask_of_columns((columns[0], columns[1], columns[2])) & fields
        if not shown:
            continue
        content = json.loads(bytes(body))
        act = content.get("matter", {}).get("detail", {}).get("act", "") if is_emergency else ""
        yield Showing(
            at=at, agency_ref=agency, actor_ref=actor, roles=frozenset(content.get("act", {}).get("roles", ())),
            purpose=purpose, fields=shown, act=str(act),
        )  # fmt: skip
