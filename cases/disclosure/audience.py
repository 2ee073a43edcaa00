"""Who would see a field that an agency is about to give: an answer about rules, made before it is typed."""

from agreements.models import Agency
from agreements.policy.question import Reader
from agreements.policy.sheet import purposes_for
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor, setting_of
from cases.disclosure.visibility import readers_of
from cases.records.models import Case, CaseSubject
from foundation import clock
from foundation.masks import bits


def audience(reading: Reading, case: Case, *, under: frozenset[str]) -> dict[int, tuple[str, ...]]:
    """Per field bit the types of the other live participants that would see it now, for any purpose they have.

    Each is asked as its ordinary reader (a professional; the bureau as case director).
    """
    taking = readers_of(case, at=reading.at).order_by("agency__code")
    place = CaseSubject.objects.filter(case=case).select_related("subject").order_by("position").first()
    found: dict[int, list[str]] = {}
    for other in (reader.agency for reader in taking):
        if other.pk == reading.visit.agency.id:
            continue
        recorded = circumstances_of([case.pk], recipient=other.pk, at=reading.at).get(case.pk, NOTHING_RECORDED)
        satisfied = recorded.satisfied(
            about=place.pk if place else None,
            source=reading.visit.agency.id,
            involved=True,
            born_on=place.subject.born_on if place else None,
            day=reading.at.astimezone(clock.AMSTERDAM).date(),
        )
        for bit in bits(_seen_by(reading, case, other, under=under, satisfied=satisfied)):
            found.setdefault(bit, []).append(other.type)
    return {bit: tuple(dict.fromkeys(types)) for bit, types in found.items()}


def _seen_by(reading: Reading, case: Case, other: Agency, *, under: frozenset[str], satisfied: int) -> int:
    """The fields that another agency's ordinary reader would see, over all purposes they may declare here."""
    who, roles, setting = actor(other.code, other.type), frozenset({reading_role(other.type)}), setting_of(case)
    visible = 0
    for purpose in purposes_for(reading.policy, who, roles, setting, reading.at):
        reader = Reader(agency=who, roles=roles, purpose=purpose)
        prepared = reading.policy.prepare(reader, setting, at=reading.at)
        visible |= prepared.decide(reading.agency, under, satisfied=satisfied).visible
    return visible
