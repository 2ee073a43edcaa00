"""Each write about exports: asking for one, going on with one that stopped, fetching it, taking away what is old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.exports import running
from audit.exports.events import DOWNLOADED, ORDERED, REFUSED
from audit.exports.kinds import Kind, kinds
from audit.exports.models import Export, ExportState
from audit.exports.queries import own
from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Outcome
from audit.journal.reading import Officer, look
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused

LAG = timedelta(minutes=1)
"""An entry can be committed after one with a later uid; what is this old has no such neighbours any more."""
MOST_UNFINISHED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an officer asks for. agency, covenant: "" for all that they oversee."""

    kind: str
    since: datetime
    until: datetime
    agency: str = ""
    covenant: str = ""


class NotYourAgency(Refused):
    """An officer asked for the log of an agency that they do not oversee."""

    code = "not_your_agency"
    is_recorded = True


def order(officer: Officer, wish: Wish) -> Export:
    """Have an export made in the background. What is younger than a minute stays out: it may not be whole yet.

    Raises Invalid naming the field, NotYourAgency (recorded), JournalUnavailable.
    Source: audit design 4.7; LDV 1.0.0: each controller logs its own processing.
    """
    kind = _checked(officer, wish)
    now = clock.now()
    until = min(wish.until, now - LAG)
    if wish.since >= until:
        raise Invalid(_("In deze periode valt nog niets."), field="since", remedy=_("Kies een eerder begin."))
    if own(officer).filter(state__in=running.UNFINISHED).count() >= MOST_UNFINISHED:
        raise Invalid(_("Er lopen al vijf uitvoeren van u."), field="kind", remedy=_("Wacht tot er een klaar is."))
    with transaction.atomic():
        export = Export.objects.create(
            kind=kind.code, asked_by_ref=officer.visitor.actor_ref, agency_ref=officer.visitor.agency_ref,
            scope_ref=officer.scope or "", of_agency=officer.scope or wish.agency, covenant=wish.covenant,
            language=(get_language() or "nl")[:2], since=wish.since, until=until, asked_at=now,
            expires_at=now + timedelta(hours=settings.EXPORT_HOURS),
        )  # fmt: skip
        append([look(officer, _told(export), event=ORDERED, action=Action.EXECUTE)])
        _enqueue(export)
    export.refresh_from_db()
    return export


def _checked(officer: Officer, wish: Wish) -> Kind:
    kind = kinds().get(wish.kind)
    if kind is None:
        raise Invalid(_("Deze soort uitvoer is er niet."), field="kind", remedy=_("Kies een soort uit de lijst."))
    if officer.scope is not None and wish.agency not in ("", officer.scope):
        told = {"kind": kind.code, "of_agency": wish.agency}
        append_apart([look(officer, told, event=REFUSED, action=Action.EXECUTE, outcome=Outcome.REFUSED)])
        raise NotYourAgency(
            _("U houdt geen toezicht op deze organisatie."), remedy=_("Kies uw eigen organisatie."),
            article="AVG art. 39(1)(b)",
        )  # fmt: skip
    if kind.of_one_agency and not (officer.scope or wish.agency):
        raise Invalid(
            _("Deze uitvoer is er per organisatie: ieder verantwoordt de eigen verwerkingen."), field="agency",
            remedy=_("Kies een organisatie."),
        )  # fmt: skip
    if kind.covenants is not None and wish.covenant not in dict(kind.covenants()):
        raise Invalid(_("Deze uitvoer is er per convenant."), field="covenant", remedy=_("Kies een convenant."))
    if any("\0" in text for text in (wish.agency, wish.covenant)):
        raise Invalid(_("Deze tekst is onleesbaar."), field="agency", remedy=_("Kies uit de lijst."))
    return kind


def go_on(officer: Officer, uid: UUID) -> Export:
    """Put one's own export that failed or whose worker died in the queue again. Raises NotFound."""
    export = _own(officer, uid)
    stopped = export.state == ExportState.FAILED or Export.objects.filter(running.free(clock.now()), pk=export.pk)
    if stopped and export.expires_at > clock.now():
        with transaction.atomic():
            Export.objects.filter(pk=export.pk, state=ExportState.FAILED).update(state=ExportState.QUEUED)
            _enqueue(export)
    export.refresh_from_db()
    return export


def fetch(officer: Officer, uid: UUID) -> tuple[Export, Iterator[bytes]]:
    """One's own finished export, recorded before the first byte leaves.

    Raises NotFound: not there, not ready, kept too long, or asked for under another oversight; JournalUnavailable.
    """
    export = _own(officer, uid)
    if export.state != ExportState.DONE or export.expires_at <= clock.now():
        raise _gone()
    with transaction.atomic():
        told = {"export": str(export.uid), "kind": export.kind, "sha256": export.sha256}
        append([look(officer, told, event=DOWNLOADED, action=Action.EXECUTE)])
    return export, running.file_of(export)


def resume() -> int:
    """Put in the queue again what lost its worker; how many."""
    found = list(running.waiting())
    for export in found:
        _enqueue(export)
    return len(found)


def erase_old() -> int:
    """Take away what was kept long enough; how many."""
    return Export.objects.filter(expires_at__lte=clock.now()).delete()[1].get("audit.Export", 0)


def _own(officer: Officer, uid: UUID) -> Export:
    export = own(officer).filter(uid=uid).first()
    if export is None:
        told = {"export": str(uid)}
        append_apart([look(officer, told, event=REFUSED, action=Action.EXECUTE, outcome=Outcome.REFUSED)])
        raise _gone()
    return export


def _gone() -> NotFound:
    return NotFound(_("Deze uitvoer is er niet (meer)."), remedy=_("Vraag hem opnieuw aan."))


def _enqueue(export: Export) -> None:
    from audit.exports.tasks import make_export

    # In the caller's transaction: an export without its task would wait, a task without its export finds nothing.
    make_export.enqueue(str(export.uid))


def _told(export: Export) -> dict[str, str | int]:
    found: dict[str, str | int] = {
        "export": str(export.uid), "kind": export.kind, "of_agency": export.of_agency, "covenant": export.covenant,
        "since": export.since.isoformat(), "until": export.until.isoformat(),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}
