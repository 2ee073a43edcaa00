""" "Bekijk als": what another reader of the case would see of what I see. Never wider than mine."""

from django.utils.translation import gettext as _

from agreements.policy.question import Reader
from cases.disclosure.answer import Source
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.disclose import Lens
from cases.disclosure.reading import Reading, actor
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


def lens_for(reading: Reading, case: Case, *, agency: str, purpose: str) -> tuple[Lens, str]:
    """The lens of a participating agency and its name.

    Raises Invalid when that agency does not read this joint case.
    """
    found = readers_of(case, at=reading.at).filter(agency__code=agency).first()
    if found is None:
        raise Invalid(
            _("Deze organisatie leest niet mee in de casus."),
            field="als",
            remedy=_("Kies een deelnemende organisatie."),
        )
    other = found.agency
    recorded = circumstances_of([case.pk], recipient=other.pk, at=reading.at).get(case.pk, NOTHING_RECORDED)
    reader = Reader(agency=actor(other.code, other.type), roles=frozenset({reading_role(other.type)}), purpose=purpose)
    return Lens(reader=reader, agency_id=other.pk, recorded=recorded), other.name
