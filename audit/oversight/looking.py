"""Looking at the oversight: check the right, read, and record the look. Pages and API call only this."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit import ports
from audit.journal.apart import keep
from audit.journal.appender import append
from audit.journal.queries import PAGE
from audit.journal.reading import Officer, look
from audit.oversight import asking, commands, events, plot, queries, timeline
from audit.oversight.integrity import IntegrityLine, integrity_line
from audit.oversight.models import FindingState, Verdict
from audit.oversight.notable import RULES
from audit.oversight.rules import check_may_judge
from audit.oversight.sources import Waiting, waiting
from audit.oversight.why import Why, why
from audit.ports import Sort
from foundation import clock
from foundation.errors import Invalid, NotFound, SignInNeeded

OWN_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """All that waits for one officer, and how precise the rules are."""

    groups: tuple[queries.Group, ...]
    findings: tuple[queries.FindingLine, ...]
    closed: tuple[queries.FindingLine, ...]
    waiting: tuple[Waiting, ...]
    precision: dict[str, queries.Precision]
    integrity: IntegrityLine

    @property
    def unexplained(self) -> int:
        """How many look-ups without a reason wait, over all readers."""
        return sum(hit.looks for group in self.groups for hit in group.hits if hit.rule == queries.UNEXPLAINED)


def bench(officer: Officer) -> Bench:
    """What waits for this officer, recorded as one look. Raises JournalUnavailable."""
    found = Bench(
        groups=queries.queue(RULES, scope=officer.scope),
        findings=queries.findings(scope=officer.scope),
        closed=queries.findings(scope=officer.scope, closed=True)[:20],
        waiting=tuple(waiting(officer)),
        precision=queries.precision(RULES),
        integrity=integrity_line(),
    )
    _record(officer, events.QUEUE, groups=len(found.groups), findings=len(found.findings))
    return found


def reader(officer: Officer, *, agency_ref: str, actor_ref: str) -> tuple[queries.Read, ...]:
    """The reads to judge of one reader, recorded. Raises NotFound, OwnReads, JournalUnavailable."""
    check_may_judge(officer, actor_ref=actor_ref)
    found = queries.reads_of(RULES, agency_ref=agency_ref, actor_ref=actor_ref, scope=officer.scope)
    _record(officer, events.READER, reader=actor_ref, agency=agency_ref, lines=len(found))
    return found


def finding(officer: Officer, uid: str) -> queries.FindingOpened:
    """One finding with its life, recorded. Raises NotFound, OwnReads, JournalUnavailable."""
    found = queries.finding(as_uid(uid), scope=officer.scope)
    check_may_judge(officer, actor_ref=found.line.actor_ref)
    _record(officer, events.FINDING, finding=found.line.uid)
    return found


def questions_of(found: queries.FindingOpened) -> tuple[asking.Asked, ...]:
    """What was asked of the reader in a finding that `finding` gave; part of the same look."""
    return asking.asked_about(UUID(found.line.uid))


def ask(officer: Officer, uid: str, *, text: str) -> UUID:
    """As asking.ask."""
    return asking.ask(officer, as_uid(uid), text=text)


def open_finding(officer: Officer, *, agency_ref: str, actor_ref: str) -> UUID:
    """As commands.open_finding."""
    return commands.open_finding(officer, agency_ref=agency_ref, actor_ref=actor_ref)


def take_step(officer: Officer, uid: str, *, state: FindingState, verdict: Verdict, reason: str) -> None:
    """As commands.take_step."""
    commands.take_step(officer, as_uid(uid), state=state, verdict=verdict, reason=reason)


def own(visitor: ports.Visitor | None, *, route: str) -> tuple[queries.Read, ...]:
    """What the visitor themselves read in the last OWN_DAYS, newest first; recorded. Raises SignInNeeded."""
    if visitor is None:
        raise SignInNeeded(_("U bent niet aangemeld."), remedy=_("Meld u aan en open uw inzages opnieuw."))
    found = queries.own_reads(visitor.actor_ref, since=clock.now() - timedelta(days=OWN_DAYS))
    self = Officer(visitor=visitor, scope=visitor.agency_ref, route=route)
    _record(self, events.OWN, lines=len(found))
    return found


def found(officer: Officer, sort: Sort, text: str) -> tuple[str, ...]:
    """What a typed text stands for, as far as readers in scope read anything of it; recorded.

    Raises Invalid, JournalUnavailable.
    """
    if "\0" in text:
        raise Invalid(_("Deze zoektekst bevat een onleesbaar teken."), field="text", remedy=_("Typ de tekst opnieuw."))
    references = timeline.with_reads(sort, ports.find(sort, text.strip(), officer.visitor), scope=officer.scope)
    if len(references) != 1:
        people = references if sort is Sort.PERSON else ()
        with transaction.atomic():
            detail = {"sort": sort.value, "found": len(references)}
            append([look(officer, detail, event=events.TIMELINE, subject=who) for who in people or ("",)])
    return references


def timeline_of(
    officer: Officer, sort: Sort, reference: str, *, before: str = "", limit: int = PAGE
) -> timeline.Timeline:
    """A page of one timeline, recorded as one look. Raises Invalid, JournalUnavailable."""
    page = timeline.timeline(sort, reference, scope=officer.scope, before=before, limit=limit)
    detail: dict[str, str | int] = {"sort": sort.value, "lines": len(page.moments)}
    if sort in (Sort.READER, Sort.AGENCY):
        detail[sort.value] = reference
    subject, case = (reference if sort is kind else "" for kind in (Sort.PERSON, Sort.CASE))
    keep([look(officer, detail, event=events.TIMELINE, subject=subject, case=case)])
    return page


def plot_of(officer: Officer) -> plot.Plot:
    """How many reads there were, recorded as one look. Raises JournalUnavailable."""
    found = plot.plot(scope=officer.scope)
    _record(officer, events.PLOT, agencies=len(found.agencies))
    return found


def why_of(officer: Officer, uid: str) -> Why:
    """What one read rests on; the look names it and the person. Raises NotFound, JournalUnavailable."""
    found = why(uid, scope=officer.scope)
    line = found.entry.line
    subject = next((part.text for part in found.entry.parts if part.kind == "subject"), "")
    keep([look(officer, {"entry": line.uid}, event=events.WHY, subject=subject, case=line.case_ref)])
    return found


def as_uid(text: str) -> UUID:
    """The uid of a finding. Raises NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(
            _("Deze bevinding bestaat niet, of valt niet onder uw toezicht."), remedy=_("Ga terug naar de werkbank.")
        ) from None


def _record(officer: Officer, event: str, **detail: str | int) -> None:
    # Read first, then written: a look is not among what it shows, and calls no further look.
    keep([look(officer, detail, event=event)])
