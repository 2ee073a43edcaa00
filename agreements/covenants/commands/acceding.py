"""An agency joins a covenant between two versions. Who must consent to it is decided in agreements.joining."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, finish, not_ended_at
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import CovenantVersion, Party, Signature
from agreements.covenants.rules import Author, State
from agreements.covenants.vouching import row_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid


@transaction.atomic
def accede_party(place: Signature, *, by: Author, starts: datetime, reason: str = "") -> Party:
    """The agency of a signed place is party from `starts`, under the version that it signed.

    Where a later version is agreed already, it is party until that begins: what it did not sign does not bind it.

    Raises Invalid: it is a party by then, or its version does not rule at `starts`.
    """
    lock_epoch()
    version = place.version
    until = _next_start(version)
    if not _rules_at(version, starts) or (until is not None and until <= starts):
        raise Invalid(
            _("Versie %(n)d geldt niet meer op dat moment.") % {"n": version.number},
            remedy=_("Vraag toetreding opnieuw, onder de versie die dan geldt."),
            field="starts",
        )
    present = version.covenant.parties.filter(not_ended_at(starts), agency_id=place.agency_id)
    if present.exists():
        raise Invalid(_("Deze organisatie is dan al partij bij dit convenant."), field="agency")
    with write_scope(reason="party.acceded"):
        if place.signed_on is None:
            place.signed_on = clock.today()
            place.save(update_fields=["signed_on"])
        party = Party.objects.create(
            covenant=version.covenant, agency_id=place.agency_id, capacity=place.capacity, starts=starts, ends=until
        )
        detail: dict[str, str | int] = {
            "version": version.number,
            "sha256": version.sha256,
            "agency": place.agency.code,
            "capacity": place.capacity,
            "starts": starts.isoformat(),
        }
        acceded = Event(
            type="party.acceded", action=Action.CREATE, covenant=version.covenant.code, detail=detail, reason=reason,
            rows=(row_of(place), row_of(party)),
        )  # fmt: skip
        finish(by, [acceded])
    return party


def _rules_at(version: CovenantVersion, moment: datetime) -> bool:
    in_term = version.starts <= moment and (version.ends is None or moment < version.ends)
    return version.state == State.AGREED and in_term


def _next_start(version: CovenantVersion) -> datetime | None:
    """The start of the version that is agreed to follow this one."""
    agreed = CovenantVersion.objects.filter(
        covenant_id=version.covenant_id, state=State.AGREED, starts__gt=version.starts
    )
    return agreed.order_by("starts").values_list("starts", flat=True).first()
