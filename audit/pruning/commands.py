"""Pruning the journal: proposed by one officer, approved by another, carried out in batches that may be interrupted.

The tree, its tiles and checkpoints stay as they are: every proof goes on to hold. Source: audit design 4.8;
C2SP tlog-tiles, "Pruning".
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.models import Entry as Stored
from audit.journal.models import Part
from audit.journal.reading import PURPOSE, Officer
from audit.journal.scope import erase_scope, prune_scope, write_scope
from audit.oversight.models import Mark
from audit.proofs.bundle import ranges_text
from audit.pruning import queries
from audit.pruning.events import APPROVED, DONE, PARTS, PROPOSED, PRUNED
from audit.pruning.models import PruneBatch, PruneRun
from audit.pruning.terms import Terms, as_text, from_text, terms_at
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused

BATCH = 500
BASIS = ("AVG art. 5(1)(e)",)


class NotForYou(Refused):
    """Pruning concerns the journal of all agencies, and takes two people."""

    code = "prune_refused"
    is_recorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What carrying out a run did this time."""

    entries: int
    parts: int


def propose(officer: Officer) -> UUID:
    """Propose to prune what is past its term now; returns the run. Raises NotForYou, Invalid, JournalUnavailable."""
    if officer.scope is not None:
        _refuse(officer, PROPOSED, _("Alleen de privacy officer namens alle partners stelt opschonen voor."))
    now = clock.now()
    terms = terms_at(now)
    due = queries.due(terms)
    if not (due.entries or due.parts):
        raise Invalid(_("Er is niets ouder dan zijn bewaartermijn."), remedy=_("Kijk later nog eens."))
    if PruneRun.objects.filter(done_at=None).exists():
        raise Invalid(_("Er loopt al een opschoning."), remedy=_("Wacht tot die klaar is."))
    with transaction.atomic(), write_scope(reason=PROPOSED):
        run = PruneRun.objects.create(
            proposed_by=officer.visitor.actor_ref, agency_ref=officer.visitor.agency_ref, proposed_at=now,
            terms=as_text(terms), entries=due.entries, parts=due.parts,
        )  # fmt: skip
        append([_by(officer, PROPOSED, run, entries=due.entries, with_parts=due.parts)])
    return run.uid


def approve(officer: Officer, uid: UUID) -> None:
    """Approve a run that somebody else proposed. Raises NotFound, NotForYou, Invalid, JournalUnavailable."""
    run = PruneRun.objects.filter(uid=uid).first()
    if run is None:
        raise NotFound(_("Dit voorstel bestaat niet."), remedy=_("Ga terug naar de pagina Integriteit."))
    if run.proposed_by == officer.visitor.actor_ref:
        _refuse(officer, APPROVED, _("U stelde dit zelf voor. Een ander keurt het goed."))
    with transaction.atomic(), write_scope(reason=APPROVED):
        changed = PruneRun.objects.filter(pk=run.pk, approved_at=None).update(
            approved_by=officer.visitor.actor_ref, approver_agency_ref=officer.visitor.agency_ref,
            approved_at=clock.now(),
        )  # fmt: skip
        if not changed:
            raise Invalid(_("Dit voorstel is al goedgekeurd."), remedy=_("Een collega was u voor."))
        append([_by(officer, APPROVED, run, proposed_by=run.proposed_by)])


def carry_out(run: PruneRun, *, batch: int = BATCH) -> Pruned:
    """Prune what was approved, batch by batch, each a transaction with its entry; an interrupted run goes on.

    Raises Invalid without an approval, JournalUnavailable, DatabaseError; batches that were finished stay so.
    """
    if not run.approved_at:
        raise Invalid(_("Dit voorstel is niet goedgekeurd."), remedy=_("Een tweede privacy officer keurt het goed."))
    terms = from_text(run.terms)
    entries, parts = _each(run, terms, queries.next_entries, _prune, batch)
    _none, more = _each(run, terms, queries.next_with_parts, _erase, batch)
    done = Pruned(entries=entries, parts=parts + more)
    with transaction.atomic(), write_scope(reason=DONE):
        if PruneRun.objects.filter(pk=run.pk, done_at=None).update(done_at=clock.now()):
            append([_of(run, DONE, entries=done.entries, parts=done.parts)])
    return done


Next = Callable[..., queries.Batch]
Do = Callable[[PruneRun, queries.Batch], tuple[int, int]]


def _each(run: PruneRun, terms: Terms, following: Next, do: Do, limit: int) -> tuple[int, int]:
    entries = parts = 0
    after: UUID | None = None
    while True:
        with transaction.atomic():
            # Two at once would each count what the other took away.
            if not PruneRun.objects.select_for_update().filter(pk=run.pk, done_at=None).exists():
                return entries, parts
            # Each time anew: a request may come in while a long run goes on.
            found = following(terms, queries.held(), after=after, limit=limit)
            if found.places:
                gone, erased = do(run, found)
                entries, parts = entries + gone, parts + erased
        after = found.looked_to
        if after is None:
            return entries, parts


def _prune(run: PruneRun, found: queries.Batch) -> tuple[int, int]:
    uids, ranges = list(found.places.values()), ranges_text(found.places)
    number = PruneBatch.objects.filter(run=run).count()
    with prune_scope(reason=PRUNED):
        parts = _erase_parts(uids)
        Mark.objects.filter(entry_uid__in=uids).delete()
        entries = Stored.objects.filter(uid__in=uids).delete()[0]
        digest = sha256(ranges.encode()).hexdigest()
        (uid,) = append([_of(run, PRUNED, batch=number, entries=entries, parts=parts, digest=digest)])
        PruneBatch.objects.create(
            run=run, number=number, entries=entries, parts=parts, ranges=ranges, entry_uid=UUID(uid)
        )
    return entries, parts


def _erase(run: PruneRun, found: queries.Batch) -> tuple[int, int]:
    with erase_scope(reason=PARTS):
        parts = _erase_parts(list(found.places.values()))
        append([_of(run, PARTS, entries=len(found.places), parts=parts)])
    return 0, parts


def _erase_parts(uids: list[UUID]) -> int:
    with erase_scope(reason=PARTS):
        return Part.objects.filter(entry_uid__in=uids).delete()[0]


def _of(run: PruneRun, event: str, **detail: str | int) -> Entry:
    """An entry of a run that is carried out, in the name of who approved it."""
    return Entry(
        event_type=event, action=Action.DELETE, outcome=Outcome.OK, actor_ref=run.approved_by,
        agency_ref=run.approver_agency_ref, purpose=PURPOSE, legal_basis=BASIS,
        detail={"run": run.uid.hex, "proposed_by": run.proposed_by, **detail},
    )  # fmt: skip


def _by(officer: Officer, event: str, run: PruneRun | None, **detail: str | int) -> Entry:
    visitor = officer.visitor
    return Entry(
        event_type=event, action=Action.EXECUTE, outcome=Outcome.OK if run else Outcome.REFUSED,
        actor_ref=visitor.actor_ref, actor_name=visitor.name, agency_ref=visitor.agency_ref, purpose=PURPOSE,
        legal_basis=BASIS, roles=tuple(sorted(visitor.roles)), route=officer.route, trace_id=visitor.trace_id,
        detail={**({"run": run.uid.hex} if run else {}), **detail},
    )  # fmt: skip


def _refuse(officer: Officer, event: str, sentence: str) -> None:
    append_apart([_by(officer, event, None)])
    raise NotForYou(
        sentence, article="AVG art. 5(2)",
        remedy=_("Opschonen vraagt twee privacy officers: de een stelt voor, de ander keurt goed."),
    )  # fmt: skip
