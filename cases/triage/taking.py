"""Who takes part in a case that goes through triage and is opened, and the columns kept beside it for lists."""

from cases.casework.loading.write import partners_of
from cases.disclosure.reading import Reading
from cases.records.models import Case, Participation
from cases.records.phases import URGENCY_RANK, Urgency
from cases.triage.parties import open_participations


def take_part(
    reading: Reading,
    case: Case,
    agency_id: int,
    *,
    reason: str,
    everyone: bool = True,
    mode: str = Participation.Mode.LIVE,
) -> Participation:
    """A participation that begins now, with the list's sort keys of the case. Inside a write scope.

    reason: a sentence of the interface, chosen from a list; nothing typed.
    """
    return Participation.objects.create(
        case=case, agency_id=agency_id, mode=mode, everyone=everyone, starts=reading.at, reason=reason,
        urgency_rank=URGENCY_RANK[Urgency(case.urgency)], next_step_on=case.next_step_on,
    )  # fmt: skip


def end_part(reading: Reading, row: Participation) -> None:
    """A participation ends now (WGS art. 2.31(4))."""
    row.is_open, row.ends = False, reading.at
    row.save(update_fields=["is_open", "ends"])


def keep_partners(reading: Reading, case: Case) -> None:
    """Make the column `partners` what the live participations say now."""
    rows = open_participations(reading, case).filter(mode=Participation.Mode.LIVE)
    case.partners = partners_of(row.agency.type for row in rows)
    case.save(update_fields=["partners"])
