"""The one read of this room: what a draft or version would change, as a visit may know it; journalled."""

from dataclasses import dataclass

from agreements.covenants.in_force import current_policy
from agreements.insight.frame import is_coming
from agreements.insight.subjects import Subject
from agreements.parties.reader import Visit
from agreements.policy.decide import Policy
from audit.journal.apart import keep
from audit.journal.entry import Entry
from cases.disclosure.reading import Reading
from cases.impact.counting import agencies_by_row
from cases.impact.events import READ
from cases.impact.models import ImpactRun, RunState
from cases.impact.own_cases import OwnCase, OwnCases, own_cases
from cases.impact.rights import may_start, subject_of
from cases.impact.runs import RunLine, hash_of, line_of, name_of, runs_of
from cases.impact.scope import Scope, scope_of
from cases.impact.shown import Shown, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a visit may know of the consequences.

    is_coming: there is something to count: a draft, or a version that does not rule yet. run: the agency's newest
    calculation. counts: its outcome, while text, parties and rules are those it was made with; is_outdated: they
    are not. own: the reader's own cases; None when their roles read none.
    """

    subject: Subject
    is_coming: bool
    may_start: bool
    run: RunLine | None
    counts: Shown | None
    is_outdated: bool
    own: OwnCases | None


def impact(visit: Visit, key: str, *, route: str, start: int = 0, with_own: bool = True) -> Impact:
    """What `key` would change. start: where the page of own cases begins; with_own: whether to look at them at all.

    Raises as subject_of; JournalUnavailable: then nothing is shown.
    """
    subject = subject_of(visit, key)
    reading = Reading.begin(visit, route=route, event=READ)
    coming = is_coming(visit, subject)
    run = runs_of(subject, agency_id=visit.agency.id).first() if coming else None
    counts, own, outdated = None, None, False
    if coming:
        before, after = current_policy(), subject.policy_if_in_force(reading.at)
        scope = _scope(subject, before, after, reading)
        outdated = run is not None and run.state == RunState.DONE and not _holds(run, subject, before)
        if run is not None and run.result is not None and not outdated:
            counts = _shown(run, subject, scope, before)
        if with_own:
            own = own_cases(visit, before, after, scope, code=subject.code, at=reading.at, start=start)
    found = Impact(
        subject=subject,
        is_coming=coming,
        may_start=may_start(visit, subject),
        run=None if run is None else line_of(run),
        counts=counts,
        is_outdated=outdated,
        own=own,
    )
    _journal(reading, found)
    return found


def _scope(subject: Subject, before: Policy, after: Policy, reading: Reading) -> Scope:
    agencies = agencies_by_row().values()
    return scope_of(before, after, code=subject.code, at=reading.at, agencies=agencies)


def _holds(run: ImpactRun, subject: Subject, before: Policy) -> bool:
    """Whether the outcome is about this text, these parties and these rules."""
    return run.subject_hash == hash_of(subject) and run.epoch == before.epoch


def _shown(run: ImpactRun, subject: Subject, scope: Scope, before: Policy) -> Shown:
    return shown(
        run.result or {},
        scope,
        observer=run.agency.code,
        partners=[member.code for member in subject.members],
        catalogue=before.catalogue,
    )


def _journal(reading: Reading, found: Impact) -> None:
    """One entry for the counts, and one for each case that is listed: that a fact is there, is knowledge too."""
    about = {"subject": name_of(found.subject)}
    entries: list[Entry] = []
    if found.counts is not None and found.run is not None:
        entries.append(reading.entry(detail={**about, "run": found.run.uid}))
    entries += [_case_entry(reading, case, about) for case in (found.own.cases if found.own else ())]
    if entries:
        keep(entries)


def _case_entry(reading: Reading, case: OwnCase, about: dict[str, str]) -> Entry:
    return reading.entry(case_ref=case.ref, announced=case.fields, detail=about)
