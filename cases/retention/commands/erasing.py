"""Carrying out an approved destruction: rows, versions, papers, index; then the certificate. Done by the worker."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.notices.telling import tell_of_erasure
from cases.papers import keeping as papers
from cases.records.models import Case, CaseSubject, PhaseChange, Subject
from cases.records.models.case import NO_DATE
from cases.records.phases import State
from cases.retention import events
from cases.retention.models import Destruction, DestructionState, RetentionHold, Scope
from cases.retention.rows import erase_about, erase_case, erase_items
from cases.search.full_text import shed
from foundation import clock
from foundation.canonical import canonical_bytes


def carry_out_approved(*, by: Author) -> tuple[Destruction, ...]:
    """Carry out every approved destruction, each in a transaction of its own; returns those that were done."""
    waiting = list(Destruction.objects.filter(state=DestructionState.APPROVED).values_list("pk", flat=True))
    done = (carry_out(pk, by=by) for pk in waiting)
    return tuple(found for found in done if found is not None)


@transaction.atomic
def carry_out(pk: int, *, by: Author) -> Destruction | None:
    """Destroy for good and certify; None when it is not approved (any more) or a hold came.

    The journal and its proofs stand: they name the case and the persons by reference only.
    Source: WGS art. 1.8(7), BGS art. 1.16(1), AVG art. 17.
    """
    found = (
        Destruction.objects.select_for_update(of=("self",))
        .filter(pk=pk, state=DestructionState.APPROVED)
        .select_related("case")
        .first()
    )
    if found is None or RetentionHold.objects.filter(case=found.case, ends=None).exists():
        return None
    now = clock.now()
    with write_scope(reason="destruction"):
        counts = _erase(found, by)
        # FTS5 keeps the words of rows that are gone in its pages until these are rewritten.
        shed(connection)
        certificate = _certificate(found, counts, now.isoformat())
        found.state, found.done_at, found.certificate = DestructionState.DONE, now, certificate
        found.hash = hashlib.sha256(canonical_bytes(certificate)).hexdigest()
        found.save()
        append([_entry(found, by, sum(counts.values()))])
    # What was read lately may stand in the cache of a process.
    transaction.on_commit(cache.clear)
    return found


def _erase(found: Destruction, by: Author) -> dict[str, int]:
    case = found.case
    counts = papers.erase_of(case)
    if found.scope == Scope.CASE:
        return counts | _whole(case)
    place = CaseSubject.objects.filter(case=case, subject__uid=found.subject).first() if found.subject else None
    if place is None:
        return counts
    if found.scope == Scope.ITEMS:
        source, uids = found.source_id or 0, [UUID(uid) for uid in found.items]
        tell_of_erasure(place, source_id=source, uids=uids, by=by, sheet=found.sheet)
        return counts | erase_items(case, place, source_id=source, uids=uids)
    if found.scope == Scope.SOURCE:
        return counts | erase_about(case, place, source_id=found.source_id)
    if CaseSubject.objects.filter(case=case).count() == 1:
        return counts | _whole(case)
    counts |= erase_about(case, place)
    place.delete()
    Subject.objects.filter(pk=place.subject_id, case_subjects=None).delete()
    return counts


def _whole(case: Case) -> dict[str, int]:
    counts = erase_case(case)
    PhaseChange.objects.filter(case=case).update(note="")
    Case.objects.filter(pk=case.pk).update(
        state=State.ERASED, label="", district="", next_step="", next_step_on=NO_DATE, next_step_owner="", partners=""
    )
    return counts


def _certificate(found: Destruction, counts: dict[str, int], done_at: str) -> dict[str, Any]:
    return {
        "format": "verbond-destruction/1",
        "case": found.case.ref,
        "number": found.case.number,
        "scope": found.scope,
        "subject": f"subject:{found.subject}" if found.subject else "",
        "source": found.source.code if found.source else "",
        "ground": found.ground,
        "article": found.article,
        "due_on": found.due_on.isoformat(),
        "proposed_by": found.proposed_by.reference,
        "approved_by": found.approved_by.reference if found.approved_by else "",
        "done_at": done_at,
        "rows": {table: n for table, n in sorted(counts.items()) if n},
    }


def _entry(found: Destruction, by: Author, rows: int) -> Entry:
    return Entry(
        event_type=events.DONE,
        action=Action.DELETE,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        agency_ref=by.agency_ref,
        case_ref=found.case.ref,
        subject_ref=f"subject:{found.subject}" if found.subject else "",
        articles=(found.article,),
        detail={"destruction": str(found.uid), "certificate": found.hash, "rows": rows, "ground": found.ground},
    )
