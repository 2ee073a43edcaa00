"""Looking at the journal: check the right, read, and record the look. Pages and API call only this."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from audit import ports
from audit.journal import queries
from audit.journal.apart import append_apart, keep
from audit.journal.appender import append
from audit.journal.entry import Action, Because, Entry, Outcome
from audit.journal.filters import Filter
from audit.journal.rules import NotYourJournal, check_may_oversee
from foundation.errors import SignInNeeded

EVENT = "journal.read"
PURPOSE = "oversight"
AUDIT = Because(code="R8", fact_ref="role:privacy_officer")
"""Looking at the journal is the officer's work; which reason that is, reasons.py says."""
BASIS = ("AVG art. 39(1)(b)", "WGS art. 1.8(4)")

Detail = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A privacy officer at a face of the journal. scope: the agency they oversee; None for all."""

    visitor: ports.Visitor
    scope: str | None
    route: str


def admit(visitor: ports.Visitor | None, *, route: str) -> Officer:
    """The officer, if this visitor is one. Raises SignInNeeded; NotYourJournal, which is recorded."""
    if visitor is None:
        raise SignInNeeded(_("U bent niet aangemeld."), remedy=_("Meld u aan en open het logboek opnieuw."))
    try:
        return Officer(visitor=visitor, scope=check_may_oversee(visitor), route=route)
    except NotYourJournal:
        refused = Officer(visitor=visitor, scope=visitor.agency_ref, route=route)
        append_apart([look(refused, {}, outcome=Outcome.REFUSED)])
        raise


def read_page(officer: Officer, wanted: Filter, *, before: str = "", limit: int = queries.PAGE) -> queries.Page:
    """A page of the journal, recorded as one look (one per person searched for).

    Raises Invalid, JournalUnavailable.
    """
    page = queries.newest(wanted, scope_agency_ref=officer.scope, before=before, limit=limit)
    detail = {**searched(wanted), "lines": len(page.lines)}
    case = wanted.cases[0] if wanted.cases and len(wanted.cases) == 1 else ""
    with transaction.atomic():
        # Read first, then written: a look is not among its own lines, and calls no further look.
        append([look(officer, detail, subject=subject, case=case) for subject in wanted.subjects or ("",)])
    return page


def read_entry(officer: Officer, uid: str) -> queries.Opened:
    """One entry opened; the look names it and the person. Raises NotFound, Invalid, JournalUnavailable."""
    found = queries.opened(uid, scope_agency_ref=officer.scope)
    subject = next((part.text for part in found.parts if part.kind == "subject"), "")
    keep([look(officer, {"entry": found.line.uid}, subject=subject, case=found.line.case_ref)])
    return found


def searched(wanted: Filter) -> Detail:
    """What was looked for, without the person: that goes into the erasable part."""
    said = {
        "readers": " ".join(wanted.readers or ()),
        "agencies": " ".join(wanted.agencies or ()),
        "cases": " ".join(wanted.cases or ()),
        "field": "" if wanted.field is None else wanted.field,
        "event": wanted.event_type,
        "outcome": wanted.outcome,
        "article": wanted.article,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "break_glass": "" if wanted.break_glass is None else int(wanted.break_glass),
    }
    return {name: value for name, value in said.items() if value != ""}


def look(
    officer: Officer,
    detail: Detail,
    *,
    subject: str = "",
    case: str = "",
    outcome: Outcome = Outcome.OK,
    event: str = EVENT,
    action: Action = Action.READ,
) -> Entry:
    """The entry of one look at the journal; `event` tells from which page; `action` EXECUTE for a file that leaves."""
    visitor = officer.visitor
    return Entry(
        event_type=event,
        action=action,
        outcome=outcome,
        actor_ref=visitor.actor_ref,
        actor_name=visitor.name,
        agency_ref=visitor.agency_ref,
        case_ref=case,
        subject_ref=subject,
        purpose=PURPOSE,
        legal_basis=BASIS,
        roles=tuple(sorted(visitor.roles)),
        detail=detail,
        route=officer.route,
        trace_id=visitor.trace_id,
        because=AUDIT,
    )
