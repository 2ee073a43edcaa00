""" "Bekijk als": what another reader of the case would see of what I see. Never wider than mine."""

from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.policy.question import Actor, Delivery, Reader
from agreements.policy.sheet import purposes_for
from cases.disclosure.answer import Source
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.opening import Lens
from cases.disclosure.reading import Reading, actor, setting_of
from cases.disclosure.visibility import readers_of
from cases.records.models import Case
from foundation.errors import Invalid


def reading_role(agency_type: str) -> str:
    """The role that ordinarily reads for an agency of this type; the bureau reads as its case director."""
    return "case_director" if agency_type == "ZVH" else "professional"


def live_readers(reading: Reading, case: Case) -> tuple[Source, ...]:
    """The agencies that read this joint case now, by name."""
    return tuple(
        Source(code=taking.agency.code, type=taking.agency.type, name=taking.agency.name)
        for taking in readers_of(case, at=reading.at).order_by("agency__name")
    )


def purpose_of(
    reading: Reading,
    case: Case,
    who: Actor,
    roles: frozenset[str],
    *,
    mine: str,
    via: Delivery = Delivery.LIVE,
) -> str:
    """For which purpose the other would read: mine if they have it, else the case's, else the first they have."""
    codes = purposes_for(reading.policy, who, roles, setting_of(case), reading.at, via)
    for code in (mine, case.purpose, *sorted(codes)):
        if code in codes:
            return code
    return ""


def lens_for(reading: Reading, case: Case, *, agency: str, purpose: str) -> tuple[Lens, str]:
    """The lens of a participating agency, and its name with the purpose for which it would read.

    Raises Invalid when that agency does not read this joint case.
    """
    readers = readers_of(case, at=reading.at)
    found = next((reader for reader in readers if reader.agency.code == agency), None)
    if found is None:
        raise Invalid(
            _("Deze organisatie leest niet mee in de casus."),
            field="als",
            remedy=_("Kies een deelnemende organisatie."),
        )
    other = found.agency
    roles = frozenset({reading_role(other.type)})
    who = actor(other.code, other.type)
    theirs = purpose_of(reading, case, who, roles, mine=purpose)
    recorded = circumstances_of([case.pk], recipient=other.pk, at=reading.at).get(case.pk, NOTHING_RECORDED)
    reader = Reader(agency=who, roles=roles, purpose=theirs)
    name = f"{other.name} ({label('purpose', theirs)})" if theirs else other.name
    return Lens(reader=reader, agency_id=other.pk, recorded=recorded), name
