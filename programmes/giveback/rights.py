"""Who may do what on the board: enforcement reads and writes seizures, leaders write for their own agency."""

from uuid import UUID

from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from agreements.parties.rules import AgencyType
from cases.intake.screening import warnings
from foundation.errors import Invalid, NotFound
from programmes.giveback.models import GiveBack, Intervention
from programmes.plans import acting
from programmes.plans.acting import LEADING, denied

ENFORCING = frozenset({AgencyType.POL, AgencyType.OM, AgencyType.BGM, AgencyType.BLD})
"""Who knows of single seizures. Source: domain reference, section 10."""
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
            visit, event, _("Beslag zien alleen politie, OM, burgemeester en Belastingdienst."),
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


def words(text: str, *, field: str, most: int = acting.LONGEST) -> str:
    """What somebody wrote for everybody to read. Raises Invalid: empty, too long, or it seems to hold a person."""
    found = acting.words(text, field=field, empty=_("Hier staat nog niets."), most=most)
    if seen := warnings(found):
        raise Invalid(seen[0], remedy=_("Dit wordt openbaar: haal het weg."), field=field)
    return found
