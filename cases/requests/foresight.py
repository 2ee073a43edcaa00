"""Who would see an answer before it is given: rules alone, never what an agency holds.

As cases.disclosure.audience, but for facts that another agency would give.
"""

from dataclasses import dataclass

from agreements.covenants.standing import covenants_of_party
from agreements.models import Agency
from agreements.policy.catalogue import Field
from agreements.policy.decide import ArticleRef, Decision
from agreements.policy.question import Actor, Delivery, Grade, Reader
from agreements.policy.sheet import purposes_for
from cases.casework.rules import fields_of
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor, setting_of
from cases.disclosure.visibility import readers_of
from cases.records.models import Case, CaseSubject
from cases.records.phases import Kind
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One field that could be asked: what the asker would see of the answer, by which article, and who else would."""

    field: Field
    grade: Grade
    article: ArticleRef | None
    others: tuple[str, ...]


def foreseen(reading: Reading, case: Case, asked: Agency, *, purpose: str, about: CaseSubject | None) -> list[Foreseen]:
    """Every field of which `asked` can be the source in this case, in catalogue order."""
    source = actor(asked.code, asked.type)
    mine = _mine(reading, case, asked, purpose=purpose, about=about)
    others = _others(reading, case, asked, about=about)
    found = []
    for field in fields_of(reading.policy.catalogue, agency_type=source.type, area=case.kind == Kind.AREA):
        seen_by = dict.fromkeys(type_ for type_, mask in others if mask >> field.bit & 1)
        grade, article = _grade(mine, field.bit), mine.article_of(field.bit)
        found.append(Foreseen(field=field, grade=grade, article=article, others=tuple(seen_by)))
    return found


def knowable(reading: Reading, case: Case, asked: Agency, *, purpose: str, about: CaseSubject | None) -> int:
    """The fields of `asked` of which this reader may at least know, by the rules, that something is held."""
    mine = _mine(reading, case, asked, purpose=purpose, about=about)
    return mine.visible | mine.announced


def words_readers(
    reading: Reading, case: Case, code: str, among: tuple[Agency, ...], *, about: CaseSubject | None = None
) -> frozenset[str]:
    """The codes of those of `among` that could read words in the field `code` written by the reader's agency now."""
    bit = reading.policy.catalogue.by_code[code].bit
    own = actor(reading.visit.agency.code, reading.visit.agency.type)
    return frozenset(
        other.code
        for other in among
        if other.pk == reading.visit.agency.id
        or _seen_by(reading, case, other, source=own, source_id=reading.visit.agency.id, about=about) >> bit & 1
    )


def _mine(reading: Reading, case: Case, asked: Agency, *, purpose: str, about: CaseSubject | None) -> Decision:
    prepared = reading.policy.prepare(reading.reader(purpose), setting_of(case), at=reading.at)
    source = actor(asked.code, asked.type)
    satisfied = _satisfied(reading, case, reader_id=reading.visit.agency.id, source_id=asked.pk, about=about)
    return prepared.decide(source, _under(reading, case, source), satisfied=satisfied)


def _others(reading: Reading, case: Case, asked: Agency, *, about: CaseSubject | None) -> list[tuple[str, int]]:
    taking = readers_of(case, at=reading.at).order_by("agency__code")
    source = actor(asked.code, asked.type)
    return [
        (other.type, _seen_by(reading, case, other, source=source, source_id=asked.pk, about=about))
        for other in (reader.agency for reader in taking)
        if other.pk not in (asked.pk, reading.visit.agency.id)
    ]


def _seen_by(
    reading: Reading, case: Case, other: Agency, *, source: Actor, source_id: int, about: CaseSubject | None
) -> int:
    """The fields of `source` that another agency's ordinary reader would see, over all purposes they may declare."""
    who, roles, setting = actor(other.code, other.type), frozenset({reading_role(other.type)}), setting_of(case)
    satisfied = _satisfied(reading, case, reader_id=other.pk, source_id=source_id, about=about)
    under, visible = _under(reading, case, source), 0
    for purpose in purposes_for(reading.policy, who, roles, setting, reading.at):
        prepared = reading.policy.prepare(
            Reader(agency=who, roles=roles, purpose=purpose), setting, at=reading.at, via=Delivery.LIVE
        )
        visible |= prepared.decide(source, under, satisfied=satisfied).visible
    return visible


def _satisfied(reading: Reading, case: Case, *, reader_id: int, source_id: int, about: CaseSubject | None) -> int:
    recorded = circumstances_of([case.pk], recipient=reader_id, at=reading.at).get(case.pk, NOTHING_RECORDED)
    return recorded.satisfied(
        about=about.pk if about else None, source=source_id, involved=True,
        born_on=about.subject.born_on if about else None, day=reading.at.astimezone(clock.AMSTERDAM).date(),
    )  # fmt: skip


def _under(reading: Reading, case: Case, source: Actor) -> frozenset[str]:
    """The covenants under which the source would give: none means that it can give nothing here."""
    return covenants_of_party(reading.policy, agency=source, covenants=case.covenant_codes, at=reading.at)


def _grade(decision: Decision, bit: int) -> Grade:
    if decision.visible >> bit & 1:
        return Grade.VISIBLE
    return Grade.ANNOUNCED if decision.announced >> bit & 1 else Grade.SILENT
