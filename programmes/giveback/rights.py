"""Who may do what on the board: enforcement reads and writes seizures, leaders write for their own agency."""

from typing import NoReturn
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.parties.rules import AgencyType
from audit.journal.appender import append, append_apart
from audit.journal.entry import Action, Entry, Outcome
from cases.intake.screening import warnings
from foundation.errors import Invalid, NotFound, Refused
from programmes.giveback.models import GiveBack, Intervention

LEADING = frozenset({"team_lead", "signatory"})
ENFORCING = frozenset({AgencyType.POL, AgencyType.OM, AgencyType.BGM})
"""Who knows of single seizures. The tax authority joins them where it is a kind of partner."""
AT_WORK = LEADING | {"professional"}


def may_enforce(visit: Visit | None) -> bool:
    """Whether this visit reads and writes seizures."""
    return visit is not None and visit.agency.type in ENFORCING and bool(visit.roles & AT_WORK)


def may_lead(visit: Visit | None) -> bool:
    """Whether this visit writes for its agency."""
    return visit is not None and bool(visit.roles & LEADING)


def check_enforces(visit: Visit, *, event: str) -> None:
    """Raises Refused, journalled, for who knows nothing of single seizures."""
    if not may_enforce(visit):
        denied(
            visit, event, _("Beslag zien alleen politie, OM en burgemeester."),
            remedy=_("Kijk op het bord: daar staat het totaal voor iedereen."),
        )  # fmt: skip


def check_leads(visit: Visit, *, event: str) -> None:
    """Raises Refused, journalled, for who does not lead an agency."""
    if not may_lead(visit):
        denied(
            visit, event, _("Dit doet de leiding van een organisatie."),
            remedy=_("Vraag uw teamleider of tekenbevoegde."),
        )  # fmt: skip


def own_project(visit: Visit, uid: UUID, *, event: str) -> GiveBack:
    """A give-back of one's own agency. Raises NotFound; Refused, journalled."""
    found = GiveBack.objects.select_related("area", "agency").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Dit project bestaat niet."), remedy=_("Kies een project van het bord."))
    _check_own(visit, found.agency_id, found.agency.name, event)
    return found


def own_intervention(visit: Visit, uid: UUID, *, event: str) -> Intervention:
    """An offer of one's own agency. Raises NotFound; Refused, journalled."""
    found = Intervention.objects.select_related("area", "agency").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Dit aanbod bestaat niet."), remedy=_("Kies een aanbod van het bord."))
    _check_own(visit, found.agency_id, found.agency.name, event)
    return found


def _check_own(visit: Visit, agency_id: int, name: str, event: str) -> None:
    check_leads(visit, event=event)
    if visit.agency.id != agency_id:
        denied(
            visit, event, _("Dit doet de leiding van %(name)s.") % {"name": name},
            remedy=_("Vraag een teamleider of tekenbevoegde van die organisatie."),
        )  # fmt: skip


def denied(visit: Visit, event: str, sentence: str, *, remedy: str) -> NoReturn:
    """Journal that somebody was refused, and refuse. Outside a transaction. Raises Refused."""
    append_apart([_entry(visit, event, Outcome.REFUSED, Action.UPDATE, {})])
    raise Refused(sentence, remedy=remedy)


def journal(visit: Visit, event: str, *, action: Action = Action.UPDATE, **detail: str | int) -> None:
    """The entry of one act, in its write scope; nothing personal in its detail."""
    append([_entry(visit, event, Outcome.OK, action, detail)])


def _entry(visit: Visit, event: str, outcome: Outcome, action: Action, detail: dict[str, str | int]) -> Entry:
    return Entry(
        event_type=event, action=action, outcome=outcome, actor_ref=visit.actor_ref, actor_name=visit.name,
        agency_ref=visit.agency_ref, roles=tuple(sorted(visit.roles)), detail=detail, trace_id=visit.trace_id,
    )  # fmt: skip


def words(text: str, *, field: str, most: int = 4000) -> str:
    """What somebody wrote for everybody to read. Raises Invalid: empty, too long, or it seems to hold a person."""
    found = text.replace("\0", "\ufffd").strip()
    if not found:
        raise Invalid(_("Hier staat nog niets."), remedy=_("Schrijf het in een of meer zinnen."), field=field)
    if len(found) > most:
        raise Invalid(
            _("Dit is te lang: %(n)d tekens.") % {"n": len(found)},
            remedy=_("Houd het onder %(n)d tekens.") % {"n": most}, field=field,
        )  # fmt: skip
    if seen := warnings(found):
        raise Invalid(seen[0], remedy=_("Dit wordt openbaar: haal het weg."), field=field)
    return found
