"""Each read of triage. Case data comes back as Answers from disclosure; what a code says comes from the columns."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agreements.models import Agency
from cases.casework.purpose import Session, declared
from cases.casework.queries import Opened
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.intake.queries import report_rows, signal_of_case
from cases.records.models import Case
from cases.records.phases import Phase, State
from cases.triage import rights
from cases.triage.checks import is_over
from cases.triage.codes import Step
from cases.triage.commands.judging import standing_proposal
from cases.triage.filters import CRITERIA, age_band, shown_at
from cases.triage.models import KnownCheck, Triage, TriageStep
from cases.triage.parties import directs, identifier_of, is_controller, may_be_asked, may_be_invited, parties_of
from cases.triage.pseudonym import code_of
from foundation import clock

WORDS = ("triage_judgement",)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A recorded step that the reader may know of; `text` is what disclosure let through ("" for none)."""

    uid: UUID
    what: str
    filter: int
    by: Source
    at: datetime
    text: str
    fulfilled: bool | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion with its published text, and the judgement on it if the reader may know it."""

    code: str
    published: str
    step: StepView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """An invited agency. answered: for the director only; answer, contact: "" until the check is over."""

    agency: Source
    answered: bool
    answer: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A known-check as the director and the controllers in triage see it."""

    uid: UUID
    code: str
    asked_at: datetime
    started: bool
    deadline: datetime | None
    is_over: bool
    identifier: Source
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where triage stands: known to everybody who takes part."""

    filter: int
    filter_since: datetime
    opened_at: datetime
    due_on: date
    is_late: bool
    outcome: str
    destination: str
    info_until: date | None
    decided_at: datetime | None
    passed: tuple[StepView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagePage:
    """The page of triage. stand: None before it begins. may: what this reader can do now (rights.py).

    facts: what the filter shows, and what was reported, as disclosure answered. ages: a band per person concerned.
    """

    opened: Opened
    facts: tuple[Answer, ...]
    stand: Stand | None
    signal_number: str
    ages: tuple[str, ...]
    checks: tuple[CheckView, ...]
    criteria: tuple[Criterion, ...]
    fits: tuple[StepView, ...]
    proposal: StepView | None
    positions: tuple[StepView, ...]
    may: frozenset[str]
    askable: tuple[Source, ...]
    invitable: tuple[Source, ...]


def triage_page(reading: Reading, number: str, session: Session | None) -> TriagePage:
    """Triage of case `number` as this reader may know it: what its filter shows, and no more. Journalled.

    Raises NotYourCase (journalled). Source: domain 4.
    """
    taking = case_for(reading, number)
    case = taking.case
    triage = Triage.objects.filter(case=case).select_related("decided_by").first()
    purpose = declared(reading, case, session)
    steps = list(TriageStep.objects.filter(triage=triage).select_related(*WORDS_RELATIONS)) if triage else []
    wanted = _wanted(reading, case, triage) if purpose else 0
    facts, reported, words = disclose(
        reading,
        [
            Opening(case=case, purpose=purpose, seen=taking.seen, by=taking.by),
            Opening(case=case, purpose=purpose, rows=report_rows(case)),
            Opening(case=case, purpose=purpose, rows=words_rows(steps)),
        ],
        wanted=wanted,
        named=0,
    )
    views = _views(steps, words)
    proposal = standing_proposal(triage) if triage else None
    may = rights.of(reading, case, triage, proposal) if purpose else frozenset()
    return TriagePage(
        opened=Opened(answer=facts, case=case), facts=(facts, reported),
        stand=_stand(triage, views) if triage else None,
        signal_number=_signal_number(case), ages=_ages(case),
        checks=_checks(reading, case, triage) if triage and purpose else (),
        criteria=tuple(_criterion(code, views) for code in CRITERIA),
        fits=tuple(view for view in views if view.what == Step.FITS),
        proposal=next((view for view in views if proposal and view.uid == proposal.uid), None),
        positions=_positions(steps, views, proposal),
        may=may, **_choices(reading, case, triage, may),
    )  # fmt: skip


def source_of(agency: Agency) -> Source:
    """An agency as faces take it."""
    return Source(code=agency.code, type=agency.type, name=agency.name)


def _wanted(reading: Reading, case: Case, triage: Triage | None) -> int:
    """Words of triage; and the facts of the filter while the case is in triage. Not begun is as filter 1."""
    catalogue = reading.policy.catalogue
    words = catalogue.mask(WORDS)
    if case.phase != Phase.TRIAGE:
        return words
    return words | shown_at(catalogue, triage.filter if triage else 1)


def _views(steps: list[TriageStep], words: Answer) -> tuple[StepView, ...]:
    """The steps this reader may know of: that a filter was passed, and whose words were disclosed.

    A step without words says something only beside a step with words: agreeing beside its proposal, which is why
    those are left to `_positions`; that a report fits says nothing about anybody.
    """
    texts = {fact.contribution: str(fact.value) for person in words.disclosures for fact in person.facts}
    found = []
    for step in steps:
        text = texts.get(str(step.uid), "")
        wordless = step.what in (Step.FILTER, Step.FITS, Step.POSITION) and step.present in ("", "0")
        if text or wordless:
            found.append(
                StepView(
                    uid=step.uid, what=step.what, filter=step.filter, by=source_of(step.source), at=step.given_at,
                    text=text, fulfilled=step.fulfilled, outcome=step.outcome,
                )
            )  # fmt: skip
    return tuple(found)


def _positions(
    steps: list[TriageStep], views: tuple[StepView, ...], proposal: TriageStep | None
) -> tuple[StepView, ...]:
    """The positions on the standing proposal, for who may know that proposal."""
    if proposal is None or all(view.uid != proposal.uid for view in views):
        return ()
    on_it = {step.uid for step in steps if step.proposal_id == proposal.pk}
    return tuple(view for view in views if view.uid in on_it)


def _criterion(code: str, views: tuple[StepView, ...]) -> Criterion:
    step = next((view for view in views if view.what == code), None)
    return Criterion(code=code, published=str(CRITERIA[code]), step=step)


def _stand(triage: Triage, views: tuple[StepView, ...]) -> Stand:
    decided = triage.decided_at is not None
    return Stand(
        filter=triage.filter, filter_since=triage.filter_since, opened_at=triage.opened_at, due_on=triage.due_on,
        is_late=not decided and triage.due_on < clock.today(),
        outcome=triage.outcome if decided else "", destination=triage.destination if decided else "",
        info_until=triage.info_until, decided_at=triage.decided_at,
        passed=tuple(view for view in views if view.what == Step.FILTER),
    )  # fmt: skip


def _signal_number(case: Case) -> str:
    signal = signal_of_case(case)
    return signal.number if signal else ""


def _ages(case: Case) -> tuple[str, ...]:
    """A band per person whom the case is about: what filter 1 may say of them (domain 4)."""
    born = case.case_subjects.filter(role="subject").order_by("position").values_list("subject__born_on", flat=True)
    return tuple(age_band(day, clock.today()) for day in born)


def _checks(reading: Reading, case: Case, triage: Triage) -> tuple[CheckView, ...]:
    """The known-checks, for the director and for controllers that take part; nobody else knows of them."""
    agency = reading.visit.agency
    if not directs(reading) and not is_controller(reading, case, agency.code, agency.type):
        return ()
    found = triage.checks.select_related("identifier").prefetch_related("answers__agency", "answers__contact")
    return tuple(_check(reading, check) for check in found)


def _check(reading: Reading, check: KnownCheck) -> CheckView:
    over, directing = is_over(reading, check), directs(reading)
    return CheckView(
        uid=check.uid, code=code_of(check.uid), asked_at=check.asked_at, started=check.started_at is not None,
        deadline=check.deadline, is_over=over, identifier=source_of(check.identifier),
        rows=tuple(
            CheckRow(
                agency=source_of(row.agency), answered=bool(row.answer) and (over or directing),
                answer=row.answer if over else "", contact=row.contact.name if over and row.contact else "",
            )
            for row in check.answers.all()
        ),
    )  # fmt: skip


def _choices(reading: Reading, case: Case, triage: Triage | None, may: frozenset[str]) -> dict[str, tuple[Source, ...]]:
    asked: list[Agency] = []
    if triage and rights.ASK in may:
        place = case.case_subjects.order_by("position").first()
        asked = may_be_asked(
            reading, case, triage, identifier_id=identifier_of(reading, case), about_id=place.pk if place else None
        )
    invited = may_be_invited(reading, case) if rights.INVITE in may else []
    return {
        "askable": tuple(source_of(agency) for agency in asked),
        "invitable": tuple(source_of(agency) for agency in invited),
    }


def parties_for(reading: Reading, case: Case) -> tuple[Source, ...]:
    """The agencies that are party to a covenant of this case, by name."""
    return tuple(source_of(agency) for agency in parties_of(reading, case.covenant_codes))


def is_rejected(number: str) -> bool:
    """Whether the case was not admitted: it cannot be read any more. For who just decided so."""
    return Case.objects.filter(number=number, state=State.REJECTED.value).exists()
