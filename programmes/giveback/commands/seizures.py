"""Reports a seizure and takes it a step further; what is booked never changes."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.areas.queries import area_named
from programmes.giveback import events
from programmes.giveback.models import Band, Seizure, SeizureKind, SeizureState
from programmes.giveback.rights import check_enforces, words
from programmes.giveback.rules import SEIZURE_STEPS
from programmes.plans.acting import journal

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{2,39}")
MOST_PROCEEDS = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A seizure as it is reported. area: code; case_reference: of the closed case at the prosecution."""

    area: str
    street: str
    kind: str
    band: str
    case_reference: str
    is_closed: bool


def report_seizure(visit: Visit, given: Reported) -> Seizure:
    """Record a seizure at street level. For police, prosecution and mayor.

    Raises Refused (journalled), NotFound for no such area; Invalid: a house number, an open case, a reference that is
    no reference or stands already, or a kind or value that is not on the list.
    """
    check_enforces(visit, event=events.SEIZED)
    area = area_named(given.area)
    street = words(given.street, field="street", most=80)
    if any(sign.isdigit() for sign in street):
        raise Invalid(
            _("Een beslag staat op het bord per straat, zonder huisnummer."), field="street",
            remedy=_("Laat het nummer weg."),
        )  # fmt: skip
    if given.kind not in SeizureKind.values:
        raise Invalid(_("Dit soort beslag bestaat niet."), remedy=_("Kies er een uit de lijst."), field="kind")
    if given.band not in Band.values:
        raise Invalid(_("Deze waarde bestaat niet."), remedy=_("Kies er een uit de lijst."), field="band")
    if not given.is_closed:
        raise Invalid(
            _("Alleen beslag uit een gesloten zaak komt op het bord."), field="is_closed",
            remedy=_("Wacht tot het OM de zaak sluit."),
        )  # fmt: skip
    reference = given.case_reference.strip()
    if not _REFERENCE.fullmatch(reference):
        raise Invalid(
            _("Dit is geen kenmerk van een zaak."), field="case_reference",
            remedy=_("Gebruik letters, cijfers, punt, streep: zoals OM-2026/118."),
        )  # fmt: skip
    if Seizure.objects.filter(case_reference=reference).exists():
        raise Invalid(_("Beslag met dit kenmerk staat er al."), remedy=_("Kijk in de lijst."), field="case_reference")
    seizure = Seizure(
        area=area, agency_id=visit.agency.id, street=street, kind=given.kind, band=given.band,
        case_reference=reference, reported_on=clock.today(),
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.SEIZED):
        seizure.save()
        journal(visit, events.SEIZED, action=Action.CREATE, seizure=str(seizure.uid))
    return seizure


def move_seizure(visit: Visit, uid: UUID, *, proceeds: int | None = None) -> Seizure:
    """Take a seizure to its next state; at the last the proceeds in whole euros are booked, for good.

    Raises Refused (journalled), NotFound; Invalid: it is booked already, or the proceeds are missing or impossible.
    """
    check_enforces(visit, event=events.SEIZURE_MOVED)
    seizure = Seizure.objects.filter(uid=uid).first()
    if seizure is None:
        raise NotFound(_("Dit beslag bestaat niet."), remedy=_("Kies een beslag uit de lijst."))
    to = SEIZURE_STEPS.get(seizure.state)
    if to is None:
        raise Invalid(_("De opbrengst is al geboekt."), remedy=_("Er verandert niets meer aan."))
    if to == SeizureState.BOOKED and (proceeds is None or not 0 <= proceeds <= MOST_PROCEEDS):
        raise Invalid(
            _("De opbrengst ontbreekt of kan niet."), remedy=_("Vul hele euro's in, 0 of meer."), field="proceeds"
        )
    try:
        _move(visit, seizure, to, proceeds)
    except IntegrityError as at_once:
        # Two who book at the same moment take the same rank; the constraint lets one of them through.
        raise Invalid(_("Iemand anders was u voor."), remedy=_("Kijk opnieuw in de lijst.")) from at_once
    seizure.refresh_from_db()
    return seizure


def _move(visit: Visit, seizure: Seizure, to: str, proceeds: int | None) -> None:
    with transaction.atomic(), write_scope(reason=events.SEIZURE_MOVED):
        changes: dict[str, object] = {"state": to}
        if to == SeizureState.BOOKED:
            newest = Seizure.objects.aggregate(newest=Max("booked_rank"))["newest"] or 0
            changes |= {"proceeds": proceeds, "booked_rank": newest + 1}
        if not Seizure.objects.filter(pk=seizure.pk, state=seizure.state).update(**changes):
            raise Invalid(_("Iemand anders was u voor."), remedy=_("Kijk opnieuw in de lijst."))
        journal(visit, events.SEIZURE_MOVED, seizure=str(seizure.uid), state=str(to))
