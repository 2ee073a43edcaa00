"""Reads of the opening of a case and of informing its persons. Words come through disclosure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.casework.purpose import Session, declared
from cases.casework.queries import NAMES, Opened
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.triage.codes import InformState
from cases.triage.models import Admission, Embargo, Informing
from cases.triage.parties import gave_facts, informs
from cases.triage.queries import source_of
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoView:
    """A standing embargo, for its source and for who informs: others know only that informing waits."""

    source: Source
    ground: str
    review_on: date
    reason: str
    withholds: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InformLine:
    """Informing one person. subject: as disclosure names them; position counts from 1."""

    uid: UUID
    subject: str
    position: int
    role: str
    state: str
    due_on: date
    done_on: date | None
    is_late: bool
    embargoes: tuple[EmbargoView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformingPage:
    """The page of informing. may_inform, may_wait: what this reader can do."""

    opened: Opened
    lines: tuple[InformLine, ...]
    may_inform: bool
    may_wait: bool


def informing_page(reading: Reading, number: str, session: Session | None, *, names: bool = True) -> InformingPage:
    """Who was told, who will be, and whose informing waits. names: also open them, for a title.

    Raises NotYourCase (journalled).
    """
    taking = case_for(reading, number)
    case = taking.case
    purpose = declared(reading, case, session)
    embargoes = list(
        Embargo.objects.filter(informing__case=case, lifted_at=None).select_related(*WORDS_RELATIONS, "hold")
    )
    wanted = reading.policy.catalogue.mask([*(NAMES if names else ()), "case_note"]) if purpose else 0
    titled, words = disclose(
        reading,
        [
            Opening(case=case, purpose=purpose, seen=taking.seen, by=taking.by),
            Opening(case=case, purpose=purpose, rows=words_rows(embargoes)),
        ],
        wanted=wanted,
        named=0,
        titles=True,
    )
    texts = {fact.contribution: str(fact.value) for person in words.disclosures for fact in person.facts}
    known = [(embargo, texts[str(embargo.uid)]) for embargo in embargoes if str(embargo.uid) in texts]
    found = Informing.objects.filter(case=case).select_related("about__subject")
    return InformingPage(
        opened=Opened(answer=titled, case=case),
        lines=tuple(_line(reading, row, position, known) for position, row in enumerate(found, 1)),
        may_inform=bool(purpose) and informs(reading, case),
        may_wait=bool(purpose) and gave_facts(reading, case),
    )


def _line(reading: Reading, row: Informing, position: int, known: list[tuple[Embargo, str]]) -> InformLine:
    mine = reading.visit.agency.id
    return InformLine(
        uid=row.uid, subject=str(row.about.subject.uid), position=position, role=row.about.role, state=row.state,
        due_on=row.due_on, done_on=row.done_on,
        is_late=row.state == InformState.PLANNED and row.due_on < clock.today(),
        embargoes=tuple(
            EmbargoView(
                source=source_of(embargo.source), ground=embargo.ground, review_on=embargo.review_on, reason=text,
                withholds=embargo.hold is not None, is_own=embargo.source_id == mine,
            )
            for embargo, text in known
            if embargo.informing_id == row.pk
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionView:
    """How a case was opened; reasons: "" when the covenants do not give them to this reader."""

    purpose: str
    covenants: tuple[str, ...]
    lead: Source
    director: str
    opened_at: date
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """The page of opening. admission: None until the case was opened."""

    opened: Opened
    admission: AdmissionView | None


def was_opened(reading: Reading, number: str) -> bool:
    """Whether the case was opened after triage. Raises NotYourCase (journalled)."""
    return Admission.objects.filter(triage__case=case_for(reading, number).case).exists()


def opening_page(reading: Reading, number: str, session: Session | None, *, names: bool = True) -> OpeningPage:
    """The names for the title (if wanted), and how the case was opened if it was. Raises NotYourCase (journalled)."""
    taking = case_for(reading, number)
    case = taking.case
    purpose = declared(reading, case, session)
    found = list(Admission.objects.filter(triage__case=case).select_related(*WORDS_RELATIONS, "lead", "director"))
    wanted = reading.policy.catalogue.mask([*(NAMES if names else ()), "admission_reasons"]) if purpose else 0
    titled, words = disclose(
        reading,
        [
            Opening(case=case, purpose=purpose, seen=taking.seen, by=taking.by),
            Opening(case=case, purpose=purpose, rows=words_rows(found)),
        ],
        wanted=wanted,
        named=0,
        titles=True,
    )
    return OpeningPage(
        opened=Opened(answer=titled, case=case), admission=_admission(found[0], words) if found else None
    )


def _admission(found: Admission, words: Answer) -> AdmissionView:
    reasons = next((str(fact.value) for person in words.disclosures for fact in person.facts), "")
    return AdmissionView(
        purpose=found.purpose, covenants=tuple(found.covenants.split()), lead=source_of(found.lead),
        director=found.director.name, opened_at=found.opened_at.astimezone(clock.AMSTERDAM).date(), reasons=reasons,
    )  # fmt: skip
