"""What the commands of extracts share: who decides, making the copy, its end."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.covenants.standing import capacities_of
from agreements.models import Agency
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading, actor
from cases.disclosure.visibility import readers_of
from cases.extracts import events
from cases.extracts.models import (
    ExtractProposal,
    ProposalState,
)
from cases.records.models import Case, Circumstance, Extract, Participation
from cases.records.phases import URGENCY_RANK, Urgency
from foundation import clock
from foundation.errors import NotFound


def deciders(reading: Reading, case: Case, covenant: str, *, source_id: int) -> frozenset[int]:
    """The agencies that decide on a copy under this covenant: its other controllers that take part in the case.

    Without one the bureau's case director decides. Source: WGS art. 2.27(3), 2.31(4).
    """
    taking = [found.agency for found in readers_of(case, at=reading.at) if found.agency_id != source_id]

    def stands(agency: Agency) -> tuple[str, ...]:
        who = actor(agency.code, agency.type)
        return capacities_of(reading.policy, agency=who, covenants=frozenset({covenant}), at=reading.at)

    controllers = frozenset(agency.pk for agency in taking if "controller" in stands(agency))
    return controllers or frozenset(agency.pk for agency in taking if "bureau" in stands(agency))


def asked(case: Case, uid: UUID) -> ExtractProposal:
    found = (
        ExtractProposal.objects.select_for_update(of=("self",))
        .filter(case=case, uid=uid, withdrawn_at=None)
        .select_related("recipient", "about__subject", "source", "case")
        .first()
    )
    if found is None:
        raise NotFound(_("Dit voorstel bestaat niet, of niet voor u."), remedy=_("Ga terug naar de casus."))
    return found


def settle(found: ExtractProposal, state: str, at: datetime, **more: object) -> None:
    ExtractProposal.objects.filter(pk=found.pk).update(state=state, decided_at=at, **more)


def give(reading: Reading, found: ExtractProposal) -> None:
    """Make the copy, invite the recipient, and let it in as a third party if it was not."""
    case, recipient = found.case, found.recipient
    agreed = ", ".join(sorted(found.positions.filter(agrees=True).values_list("agency__name", flat=True)))
    ends = None
    if found.ends_on:
        ends = datetime.combine(found.ends_on + timedelta(days=1), time(), tzinfo=clock.AMSTERDAM)
    extract = Extract.objects.create(
        case=case, about=found.about, source=found.source, recipient=recipient, under=found.covenant,
        article=found.article, purpose=found.purpose, values=found.values, present=found.present,
        decided_at=reading.at, decided_by=(agreed or reading.visit.agency.name)[:160], ends=ends,
    )  # fmt: skip
    settle(found, ProposalState.GIVEN, reading.at, extract=extract)
    record_condition(reading, case, "invited", recipient.pk, text="")
    if not Participation.objects.filter(case=case, agency=recipient, is_open=True).exists():
        Participation.objects.create(
            case=case, agency=recipient, mode=Participation.Mode.EXTRACT, starts=reading.at, reason="",
            urgency_rank=URGENCY_RANK[Urgency(case.urgency)], next_step_on=case.next_step_on,
        )  # fmt: skip
    append(
        [
            reading.entry(
                event=events.GIVEN, action=Action.EXECUTE, case_ref=case.ref,
                subject_ref=found.about.subject.ref if found.about else "", purpose=found.purpose,
                articles=(f"{found.covenant} art. {found.article}",),
                detail={"extract": str(extract.uid), "recipient": recipient.code},
            )
        ]
    )  # fmt: skip


def record_condition(reading: Reading, case: Case, code: str, recipient: int, *, text: str) -> None:
    standing = Circumstance.objects.filter(
        case=case, nature=Circumstance.Nature.CONDITION, code=code, recipient_id=recipient, ends=None
    )
    if not standing.exists():
        Circumstance.objects.create(
            case=case, nature=Circumstance.Nature.CONDITION, code=code, recipient_id=recipient, starts=reading.at,
            text=text, recorded_by=reading.visit.name,
        )  # fmt: skip


def end(reading: Reading, case: Case, extracts: list[Extract]) -> None:
    for extract in extracts:
        Extract.objects.filter(pk=extract.pk).update(revoked_at=reading.at)
        append(
            [
                reading.entry(
                    event=events.REVOKED, action=Action.DELETE, case_ref=case.ref,
                    detail={"extract": str(extract.uid)},
                )
            ]
        )  # fmt: skip
