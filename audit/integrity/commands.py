"""Asking for a bundle, fetching it, and reporting what the verifier said; each with its entry."""

import re
from pathlib import Path
from uuid import UUID

from django.db import connections, transaction
from django.utils.translation import gettext as _

from audit.integrity.bundles import path_of
from audit.integrity.events import FETCHED, ORDERED, VERIFIED
from audit.integrity.models import Bundle, BundleState, Outcome, Verification
from audit.integrity.tasks import make_bundle
from audit.journal.apart import keep
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.entry import Outcome as How
from audit.journal.reading import BASIS, PURPOSE, Detail, Officer
from audit.journal.scope import write_scope
from audit.proofs.verifier import MAX_SIZE, ProofError
from audit.sealing import order, tiles
from foundation import clock
from foundation.errors import Invalid, NotFound

WAITING = (BundleState.QUEUED, BundleState.RUNNING)


def order_bundle(officer: Officer) -> UUID:
    """Ask for a bundle of what this officer oversees; the worker makes it. One that still waits is given again.

    Raises JournalUnavailable.
    """
    visitor = officer.visitor
    with transaction.atomic():
        waiting = Bundle.objects.filter(ordered_by=visitor.actor_ref, state__in=WAITING).first()
        if waiting:
            return waiting.uid
        made = Bundle.objects.create(
            ordered_by=visitor.actor_ref, agency_ref=visitor.agency_ref, scope=officer.scope or "",
            ordered_at=clock.now(),
        )  # fmt: skip
        detail: Detail = {"bundle": made.uid.hex, "whole": int(officer.scope is None)}
        append([_entry(officer, ORDERED, Action.EXECUTE, detail)])
        transaction.on_commit(lambda: make_bundle.enqueue(str(made.uid)))
    return made.uid


def fetch_bundle(officer: Officer, uid: UUID) -> tuple[Bundle, Path]:
    """The file of a bundle that this officer asked for, journalled as the export it is.

    Raises NotFound: not theirs, or no longer there. JournalUnavailable.
    """
    found = Bundle.objects.filter(uid=uid, ordered_by=officer.visitor.actor_ref, state=BundleState.DONE).first()
    # A right that became smaller since: what was made under the wider one is not handed out.
    if found is None or found.scope != (officer.scope or "") or not path_of(found).exists():
        raise NotFound(_("Deze bundel is er niet (meer)."), remedy=_("Maak een nieuwe op de pagina Integriteit."))
    detail: Detail = {"bundle": found.uid.hex, "size": found.size or 0, "sha256": found.sha256}
    keep([_entry(officer, FETCHED, Action.READ, detail)])
    return found, path_of(found)


def record_verification(officer: Officer, *, outcome: str, size: int, root: str, words: str = "") -> Verification:
    """Report what the verifier said of a bundle. size, root: as it printed them (root: 64 hex digits).

    Raises Invalid, JournalUnavailable. Whether this log had that root is looked up and kept with it.
    """
    if outcome not in Outcome.values:
        raise Invalid(_("Kies wat het programma zei."), field="outcome", remedy=_("De laatste regel van de uitvoer."))
    if not 0 < size <= MAX_SIZE:
        raise Invalid(_("Deze grootte kan niet."), field="size", remedy=_("Neem het getal over dat achter size staat."))
    if not re.fullmatch("[0-9a-f]{64}", root.strip().lower()):
        raise Invalid(_("Dit is geen wortel."), field="root", remedy=_("Neem de 64 tekens over die achter root staan."))
    wanted = bytes.fromhex(root.strip().lower())
    visitor = officer.visitor
    matches = _root_at(size) == wanted
    detail: Detail = {"outcome": outcome, "size": size, "root": wanted.hex(), "matches": int(matches)}
    with transaction.atomic(), write_scope(reason=VERIFIED):
        (uid,) = append([_entry(officer, VERIFIED, Action.CREATE, detail, reason=words.strip())])
        return Verification.objects.create(
            recorded_by=visitor.actor_ref, agency_ref=visitor.agency_ref, recorded_at=clock.now(), outcome=outcome,
            size=size, root=wanted, matches=matches, entry_uid=UUID(uid),
        )  # fmt: skip


def _root_at(size: int) -> bytes | None:
    """The root that this log had at that size; None when it is not that large, or not whole."""
    connection = connections["default"]
    if size > order.mark(connection).size:
        return None
    try:
        return tiles.range_of(connection, size).root()
    except ProofError:
        return None


def _entry(officer: Officer, event: str, action: Action, detail: Detail, *, reason: str = "") -> Entry:
    visitor = officer.visitor
    return Entry(
        event_type=event, action=action, outcome=How.OK, actor_ref=visitor.actor_ref, actor_name=visitor.name,
        agency_ref=visitor.agency_ref, purpose=PURPOSE, legal_basis=BASIS, roles=tuple(sorted(visitor.roles)),
        route=officer.route, trace_id=visitor.trace_id, reason=reason, detail=detail,
    )  # fmt: skip
