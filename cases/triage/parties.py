"""Which agencies do what in triage: who may be asked, who weighs, who informs. From the covenants in force."""

from django.conf import settings
from django.db.models import Q, QuerySet

from agreements.covenants.standing import capacities_of
from agreements.models import Agency
from agreements.parties.rules import BUREAU_TYPES
from cases.disclosure.reading import Reading, actor
from cases.intake.queries import signal_of_case
from cases.records.models import Case, Contribution, Participation
from cases.triage.codes import Step
from cases.triage.models import KnownAnswer, Triage, TriageStep
from cases.triage.terms import documents
from foundation.masks import from_hex

CONTROLLER, PARTICIPANT, THIRD = "controller", "participant", "third_party"


def directs(reading: Reading) -> bool:
    """Whether this reader runs triage: a case director (domain 3)."""
    return "case_director" in reading.visit.roles


def weighs(reading: Reading, case: Case) -> bool:
    """Whether this reader weighs for a controller: a professional or chair of one that takes part in the case.

    Source: WGS art. 2.31(2); BGS art. 2.20(1).
    """
    roles, agency = reading.visit.roles, reading.visit.agency
    return bool(roles & {"professional", "chair"}) and is_controller(reading, case, agency.code, agency.type)


def is_controller(reading: Reading, case: Case, code: str, type_: str) -> bool:
    """Whether an agency is a controller in a covenant of this case. The bureau has no capacity of its own."""
    return type_ not in BUREAU_TYPES and CONTROLLER in capacities(reading, case.covenant_codes, code, type_)


def capacities(reading: Reading, covenants: frozenset[str], code: str, type_: str) -> tuple[str, ...]:
    """The capacities in which an agency is party to these covenants now."""
    return capacities_of(reading.policy, agency=actor(code, type_), covenants=covenants, at=reading.at)


def parties_of(reading: Reading, covenants: frozenset[str]) -> dict[Agency, tuple[str, ...]]:
    """The agencies that are party to these covenants now, the bureau included, with their capacities; by name."""
    found = {}
    for agency in Agency.objects.order_by("name"):
        held = capacities(reading, covenants, agency.code, agency.type)
        if held:
            found[agency] = held
    return found


def fits_judged(triage: Triage) -> bool:
    """Whether a controller judged that the report fits the purpose, after which participants may be asked.

    Source: WGS art. 2.31(3).
    """
    return TriageStep.objects.filter(triage=triage, what=Step.FITS, fulfilled=True, withdrawn_at=None).exists()


def may_be_asked(
    reading: Reading, case: Case, triage: Triage, *, identifier_id: int, about_id: int | None
) -> list[Agency]:
    """The agencies that a known-check about this person may be put to now, by name; not twice, and not who reported.

    Controllers; participants once a controller judged that the report fits; third parties never (domain 4).
    """
    wanted = {CONTROLLER, PARTICIPANT} if fits_judged(triage) else {CONTROLLER}
    asked = set(
        KnownAnswer.objects.filter(check_of__triage=triage, check_of__about=about_id).values_list(
            "agency_id", flat=True
        )
    )
    return [
        agency
        for agency, held in parties_of(reading, case.covenant_codes).items()
        if wanted & set(held)
        and THIRD not in held
        and agency.type in settings.KNOWN_CHECK_AGENCIES
        and agency.type not in BUREAU_TYPES
        and agency.pk not in asked | {identifier_id}
    ]


def may_be_invited(reading: Reading, case: Case) -> list[Agency]:
    """The controllers that do not take part in the case yet and may be asked to weigh along, by name."""
    taking = set(open_participations(reading, case).values_list("agency_id", flat=True))
    return [
        agency
        for agency, held in parties_of(reading, case.covenant_codes).items()
        if CONTROLLER in held and agency.type not in BUREAU_TYPES and agency.pk not in taking
    ]


def open_participations(reading: Reading, case: Case) -> QuerySet[Participation]:
    """The participations that stand now, in either mode, with their agencies."""
    standing = Participation.objects.filter(Q(ends=None) | Q(ends__gt=reading.at), case=case, is_open=True)
    return standing.select_related("agency").order_by("agency__name")


def identifier_of(reading: Reading, case: Case) -> int:
    """The agency that says who a case is about: who reported, else who first gave identity, else the lead.

    No value is read.
    """
    signal = signal_of_case(case)
    if signal is not None:
        return signal.reported_by_id or signal.handler_id
    identity = reading.policy.catalogue.mask(
        item.code for item in reading.policy.catalogue.fields if item.section == "identity"
    )
    rows = Contribution.objects.filter(case=case, withdrawn_at=None).order_by("given_at", "id")
    for source_id, present in rows.values_list("source_id", "present"):
        if from_hex(present) & identity:
            return source_id
    return case.lead_id


def informs(reading: Reading, case: Case) -> bool:
    """Whether this reader tells the persons concerned: the case director, or a professional of the contact point.

    Source: BGS art. 1.1 and 1.3.
    """
    if directs(reading):
        return True
    points = {document.contact_point for document in documents(reading.policy, case.covenant_codes, at=reading.at)}
    agency = reading.visit.agency
    return "professional" in reading.visit.roles and bool(points & {agency.code, agency.type})


def contact_codes(reading: Reading, case: Case) -> frozenset[str]:
    """The codes of the agencies that inform in this case: the contact point, and the lead that directs."""
    points = {document.contact_point for document in documents(reading.policy, case.covenant_codes, at=reading.at)}
    taking = [row.agency for row in open_participations(reading, case)]
    found = {agency.code for agency in taking if points & {agency.code, agency.type}}
    return frozenset(found | {case.lead.code})


def gave_facts(reading: Reading, case: Case) -> bool:
    """Whether the reader's agency is a source in this case: it gave facts that stand, or reported."""
    own = reading.visit.agency.id
    given = Contribution.objects.filter(case=case, source_id=own, withdrawn_at=None).exists()
    return given or identifier_of(reading, case) == own
