"""Who would see a field that an agency is about to give: an answer about rules, made before it is typed."""

from agreements.policy.question import Reader
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor, setting_of
from cases.records.models import Case, CaseSubject, Participation
from foundation import clock
from foundation.masks import bits


def audience(reading: Reading, case: Case, *, under: frozenset[str]) -> dict[int, tuple[str, ...]]:
    """Per field bit the types of the other live participants that would see it now, for the case's purpose.

    Each is asked as its ordinary reader (a professional; the bureau as case director).
    """
    taking = Participation.objects.filter(case=case, is_open=True, mode=Participation.Mode.LIVE)
    place = CaseSubject.objects.filter(case=case).select_related("subject").order_by("position").first()
    found: dict[int, list[str]] = {}
    for other in (p.agency for p in taking.select_related("agency").order_by("agency__code")):
        if other.pk == reading.visit.agency.id:
            continue
        recorded = circumstances_of([case.pk], recipient=other.pk, at=reading.at).get(
            case.pk, NOTHING_RECORDED
        )
        satisfied = recorded.satisfied(
            about=place.pk if place else None,
            source=reading.visit.agency.id,
            involved=True,
            born_on=place.subject.born_on if place else None,
            day=reading.at.astimezone(clock.AMSTERDAM).date(),
        )
        reader = Reader(
            agency=actor(other.code, other.type),
            roles=frozenset({reading_role(other.type)}),
            purpose=case.purpose,
        )
        decision = reading.policy.prepare(reader, setting_of(case), at=reading.at).decide(
            reading.agency, under, satisfied=satisfied
        )
        for bit in bits(decision.visible):
            found.setdefault(bit, []).append(other.type)
    return {bit: tuple(dict.fromkeys(types)) for bit, types in found.items()}
