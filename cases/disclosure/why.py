"""Why a reader sees a field of a source, or not: an answer about rules, never about data.

The same words come whether or not the field holds a value, and whether or not a hold rests on it:
holds are left out of the question on purpose, and every answer carries the same closing note.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.policy.explain import Explanation, Step, explain
from agreements.policy.question import Grade, Question
from agreements.policy.rows import ArticleRef
from agreements.policy.sheet import SheetCell, sheet
from agreements.policy.vocabulary import PHASES
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.answer import Source
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.emergency import allowed, standing, would_open
from cases.disclosure.moments import setting_at, took_part
from cases.disclosure.reading import Reading, actor, setting_of
from cases.records.models import Case, CaseSubject, Participation
from foundation import clock
from foundation.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyWhy:
    """An article that gives the field under break-glass; until: when the reader's act ends, None without one."""

    article: ArticleRef
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The chain of reasons for one field of one source, at one moment, for one purpose.

    emergency: what break-glass gives of it, when the explanation does not and the question is about now.
    """

    field: str
    source: Source
    purpose: str
    at: datetime
    explanation: Explanation
    emergency: EmergencyWhy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSheet:
    """What a reader may see in a case by the rules alone; cells by (field code, source code)."""

    purpose: str
    at: datetime
    sources: tuple[Source, ...]
    cells: dict[tuple[str, str], SheetCell]


@transaction.atomic
def why(
    reading: Reading, case: Case, *, field: str, source: str, purpose: str, at: datetime, person: UUID | None = None
) -> Why:
    """Explain the field `field` of agency `source` in `case` as it was decided at `at`.

    person: whom it would be about, since a condition can hold for one person alone; None is the main one.
    Raises Invalid for a field that does not exist, a source or person that takes no part, or a future moment.
    """
    _check_field(reading, field)
    if at > reading.at:
        raise Invalid(_("Dat moment ligt in de toekomst."), field="at", remedy=_("Kies een moment tot en met nu."))
    giver = next((found for found in sources_of(case) if found.code == source), None)
    if giver is None:
        raise Invalid(
            _("Deze organisatie neemt niet deel aan de casus."), field="source",
            remedy=_("Kies een deelnemende organisatie."),
        )  # fmt: skip
    setting = setting_at(case, at)
    question = Question(
        reader=reading.reader(purpose),
        setting=setting,
        source=actor(giver.code, giver.type),
        under=setting.covenants,
        satisfied=_satisfied(reading, case, _place(case, person), source=giver.code, at=at),
        at=at,
    )
    explanation = explain(reading.policy, question, field)
    append([reading.entry(case_ref=case.ref, purpose=purpose, action=Action.READ, detail={"field": field})])
    emergency = None
    if at == reading.at and explanation.grade is not Grade.VISIBLE:
        emergency = _emergency(reading, case, field=field, source=source)
    return Why(
        field=field, source=giver, purpose=purpose, at=at, explanation=explanation, emergency=emergency
    )  # fmt: skip


def _emergency(reading: Reading, case: Case, *, field: str, source: str) -> EmergencyWhy | None:
    """What break-glass would give or gives of a field of a source, by the rules alone: holds are left out here too."""
    bit = reading.policy.catalogue.by_code[field].bit
    for item in allowed(reading, case):
        giver = next((agency for agency in item.sources if agency.code == source), None)
        if giver is not None and would_open(reading, case, item.article, giver) >> bit & 1:
            acts = [act for act in standing(reading, case) if act.article.ref == item.article.ref]
            return EmergencyWhy(article=item.article.ref, until=acts[0].until if acts else None)
    return None


@transaction.atomic
def rule_sheet(reading: Reading, case: Case, *, purpose: str, phase: str = "", at: datetime | None = None) -> RuleSheet:
    """What the rules let this reader see in `case`, per field and source, whatever it holds.

    phase: another phase than the present one, to look ahead or back. at: a past moment.
    Raises Invalid for a phase that does not exist.
    """
    if phase and phase not in PHASES:
        raise Invalid(_("Deze fase bestaat niet."), field="phase", remedy=_("Kies een fase uit de lijst."))
    moment = at or reading.at
    setting = setting_at(case, moment) if at else setting_of(case)
    if phase:
        setting = type(setting)(kind=setting.kind, phase=phase, covenants=setting.covenants)
    sources, place = sources_of(case), _place(case, None)
    cells: dict[tuple[str, str], SheetCell] = {}
    for source in sources:
        # Conditions can hold for one source alone (good care at the GGZ), so each is asked apart.
        satisfied = _satisfied(reading, case, place, source=source.code, at=moment)
        giver = actor(source.code, source.type)
        for row in sheet(reading.policy, reading.reader(purpose), setting, [giver], satisfied, moment):
            cells[row.field, source.code] = row.cells[0]
    append([reading.entry(case_ref=case.ref, purpose=purpose, detail={"phase": setting.phase})])
    return RuleSheet(purpose=purpose, at=moment, sources=sources, cells=cells)


def sources_of(case: Case) -> tuple[Source, ...]:
    """The agencies that take part in `case` or ever did, in any mode, by code: known to every live participant.

    One that left is among them, since the facts that it gave still stand.
    """
    found = Participation.objects.filter(case=case).select_related("agency").order_by("agency__code")
    agencies = {taking.agency.code: taking.agency for taking in found}
    return tuple(Source(code=code, type=agency.type, name=agency.name) for code, agency in agencies.items())


def told(explanation: Explanation) -> tuple[Step, ...]:
    """The links of the chain that a reader is told: not that something is not their own, nor any word on holds.

    A hold rests on facts: even "there is none" would answer a question about data (decision 0005).
    """
    return tuple(step for step in explanation.steps if step.kind != "hold" and (step.passed or step.kind != "own"))


def _check_field(reading: Reading, field: str) -> None:
    if field not in reading.policy.catalogue.by_code:
        raise Invalid(
            _("Dit veld bestaat niet in de catalogus."),
            field="field",
            remedy=_("Kies een veld uit de lijst."),
        )


def _place(case: Case, person: UUID | None) -> CaseSubject | None:
    """The place in the case of this person, or of the main one; an area has none."""
    places = CaseSubject.objects.filter(case=case).select_related("subject").order_by("position")
    found = places.filter(subject__uid=person).first() if person else places.first()
    if person and found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies het veld opnieuw."))
    return found


def _satisfied(reading: Reading, case: Case, place: CaseSubject | None, *, source: str, at: datetime) -> int:
    """Conditions at `at` for one person concerned; those of one source only where it is named."""
    recorded = circumstances_of([case.pk], recipient=reading.visit.agency.id, at=at).get(case.pk, NOTHING_RECORDED)
    source_id = (
        Participation.objects.filter(case=case, agency__code=source).values_list("agency_id", flat=True).first() or 0
    )
    return recorded.satisfied(
        about=place.pk if place else None,
        source=source_id,
        involved=took_part(
            case, agency_id=reading.visit.agency.id, professional_id=reading.visit.professional_id, at=at
        ),
        born_on=place.subject.born_on if place else None,
        day=at.astimezone(clock.AMSTERDAM).date(),
    )
