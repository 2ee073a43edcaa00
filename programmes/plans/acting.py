"""What every write of a programme does: who may, what was typed, and the entry. Used by the rooms above as well."""

from dataclasses import replace
from typing import NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Because, Entry, Outcome
from foundation.errors import Invalid, Refused

LEADING = frozenset({"team_lead", "signatory"})
"""Roles that speak for their agency in a programme."""
LONGEST = 4000


def speaks_for(visit: Visit | None, agency_id: int) -> bool:
    """Whether this visit may write for an agency: it works there, in a role that leads."""
    return visit is not None and visit.agency.id == agency_id and bool(visit.roles & LEADING)


def denied(
    visit: Visit, event: str, sentence: str, *, remedy: str, programme: str = "", article: str = ""
) -> NoReturn:  # fmt: skip
    """Journal that somebody was refused, and refuse. Outside a transaction. Raises Refused."""
    append_apart([_entry(visit, event, Outcome.REFUSED, {"programme": programme} if programme else {})])
    raise Refused(sentence, remedy=remedy, article=article)


def check_speaks(visit: Visit, agency_id: int, name: str, *, event: str, programme: str = "") -> None:
    """Raises Refused, journalled, unless this visit may write for that agency."""
    if not speaks_for(visit, agency_id):
        denied(
            visit, event, _("Dit doet de leiding van %(name)s.") % {"name": name},
            remedy=_("Vraag een teamleider of tekenbevoegde van die organisatie."), programme=programme,
        )  # fmt: skip


def journal(
    visit: Visit, event: str, *, action: Action = Action.UPDATE, subject: str = "", because: Because | None = None,
    **detail: str | int,
) -> None:  # fmt: skip
    """The entry of one act, in its write scope; nothing personal in its detail.

    subject: reference of the person whom it is about. because: why a read of somebody's data was the reader's work.
    """
    made = _entry(visit, event, Outcome.OK, detail, action)
    append([replace(made, subject_ref=subject, because=because) if subject else made])


def _entry(
    visit: Visit, event: str, outcome: Outcome, detail: dict[str, str | int], action: Action = Action.UPDATE
) -> Entry:
    return Entry(
        event_type=event, action=action, outcome=outcome, actor_ref=visit.actor_ref, actor_name=visit.name,
        agency_ref=visit.agency_ref, roles=tuple(sorted(visit.roles)), detail=detail, trace_id=visit.trace_id,
    )  # fmt: skip


def words(text: str, *, field: str, empty: str | Promise, most: int = LONGEST) -> str:
    """What somebody wrote, trimmed. Raises Invalid when it is empty or too long."""
    found = text.replace("\0", "\ufffd").strip()
    if not found:
        raise Invalid(str(empty), remedy=_("Schrijf het in een of meer zinnen."), field=field)
    if len(found) > most:
        raise Invalid(
            _("Dit is te lang: %(n)d tekens.") % {"n": len(found)},
            remedy=_("Houd het onder %(n)d tekens.") % {"n": most}, field=field,
        )  # fmt: skip
    return found
