"""To whom a signal may be forwarded, and how much of it they would read. Answers about rules, not about its words."""

from dataclasses import dataclass

from agreements.covenants.standing import capacities_of
from agreements.models import Agency
from agreements.policy.sheet import purposes_for
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor, setting_of
from cases.intake.models import Signal
from cases.intake.ways import PERSON, SEEN_AREA, SEEN_PERSON, THIRD_PARTY, read_by
from cases.records.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """An agency that may act on the signal. reads: how many fields of a signal the covenant shows it now."""

    agency: Agency
    reads: int


def receivers_of(reading: Reading, signal: Signal) -> tuple[Receiver, ...]:
    """The parties of the signal's covenants, third parties and the reader left out; who reads most first."""
    case, at, policy = signal.file, reading.at, reading.policy
    found = []
    for agency in Agency.objects.exclude(pk=reading.visit.agency.id).order_by("name"):
        who = actor(agency.code, agency.type)
        held = capacities_of(policy, agency=who, covenants=case.covenant_codes, at=at)
        if held and set(held) != {THIRD_PARTY}:
            found.append(Receiver(agency=agency, reads=_reads(reading, case, signal.reported_by, agency)))
    return tuple(sorted(found, key=lambda item: (-item.reads, item.agency.name)))


def _reads(reading: Reading, case: Case, source: Agency | None, agency: Agency) -> int:
    """Fields of a signal that the ordinary reader of `agency` sees of what the reporting agency gave."""
    if source is None:
        return 0
    policy, at, who = reading.policy, reading.at, actor(agency.code, agency.type)
    words = ("signal_domain", "signal_reliability", "signal_place", "signal_person")
    seen = SEEN_PERSON if case.kind == PERSON else (SEEN_AREA,)
    mask = policy.catalogue.mask((*words, *seen))
    visible = 0
    for purpose in purposes_for(policy, who, frozenset({reading_role(agency.type)}), setting_of(case), at):
        for code in case.covenant_codes:
            visible |= mask & read_by(
                policy, agency, source=actor(source.code, source.type), kind=case.kind, purpose=purpose, code=code,
                at=at, phase=case.phase,
            )  # fmt: skip
    return visible.bit_count()
