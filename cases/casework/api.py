"""The API of casework: the same queries and commands as the pages, under the same path of disclosure."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from agreements.covenants.sentences import mend, sentence
from agreements.parties.api import bearer
from cases.casework import commands, purpose, queries, schemas
from cases.casework.commands.contribution import Given
from cases.disclosure.reading import Reading
from cases.disclosure.why import rule_sheet, told, why
from foundation import clock
from foundation.errors import Invalid, Refused
from foundation.routes import Shows, route

router = Router(tags=["cases"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


def _with_purpose(answer: Any) -> None:
    if not answer.purpose:
        raise Refused(
            _("Het token leest voor een doel dat de convenanten van deze casus uw rol niet geven."),
            remedy=_("Vraag een token voor een doel dat in het convenant van deze casus staat."),
        )


@router.get("/cases", response=schemas.CaseListOut, operation_id="case_list")
@route("api:case_list", shows=Shows.CASE_DATA)
def case_list(request: HttpRequest, after: str = "", size: int = Query(50, ge=1, le=100)) -> dict[str, Any]:
    """The cases in which the reader takes part, most urgent first, with the names that may be known."""
    page = queries.worklist(_reading(request, "case_list", "case.list"), None, after=after, size=size)
    return {"items": [schemas.case_line(answer) for answer in page.answers], "next": page.cursor}


@router.get("/cases/{number}", response=schemas.CaseOut, operation_id="case_detail")
@route("api:case_detail", shows=Shows.CASE_DATA)
def case_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """One case as the reader may know it for the token's purpose: facts, announcements, obligations."""
    opened = queries.open_case(_reading(request, "case_detail", "case.read"), number, None)
    _with_purpose(opened.answer)
    return schemas.whole_case(opened.answer)


@router.get("/cases/{number}/contributions/{uid}", response=schemas.CaseOut, operation_id="contribution_versions")
@route("api:contribution_versions", shows=Shows.CASE_DATA)
def contribution_versions(request: HttpRequest, number: str, uid: UUID) -> dict[str, Any]:
    """The versions of one contribution, newest first (`given_at` tells them apart), under present rights."""
    reading = _reading(request, "contribution_versions", "contribution.history")
    return schemas.whole_case(queries.versions(reading, number, uid, None))


@router.post("/cases/{number}/contributions", response={201: schemas.ContributionOut}, operation_id="contribution_add")
@route("api:contribution_add", shows=Shows.NOTHING)
def contribution_add(request: HttpRequest, number: str, body: schemas.ContributionIn) -> tuple[int, Any]:
    """Give facts. The same `submission` twice adds once."""
    reading = _reading(request, "contribution_add", "contribution.added")
    return 201, {"contributions": commands.add_contribution(reading, number, _given(body))}


@router.put("/cases/{number}/contributions/{uid}", response={204: None}, operation_id="contribution_correct")
@route("api:contribution_correct", shows=Shows.NOTHING)
def contribution_correct(request: HttpRequest, number: str, uid: UUID, body: schemas.CorrectionIn) -> tuple[int, None]:
    """Replace facts of the reader's own agency; the former version stays in the history."""
    reading = _reading(request, "contribution_correct", "contribution.corrected")
    commands.correct_contribution(reading, number, uid, _given(body), reason=body.reason)
    return 204, None


@router.post(
    "/cases/{number}/contributions/{uid}/withdrawal",
    response={204: None},
    operation_id="contribution_withdraw",
)
@route("api:contribution_withdraw", shows=Shows.NOTHING)
def contribution_withdraw(request: HttpRequest, number: str, uid: UUID, body: schemas.WithdrawalIn) -> tuple[int, None]:
    """Take facts of the reader's own agency back."""
    reading = _reading(request, "contribution_withdraw", "contribution.withdrawn")
    commands.withdraw_contribution(reading, number, uid, reason=body.reason)
    return 204, None


@router.get("/cases/{number}/why", response=schemas.WhyOut, operation_id="case_why")
@route("api:case_why", shows=Shows.RULES)
def case_why(
    request: HttpRequest,
    number: str,
    field: str,
    source: str,
    at: datetime | None = None,
    person: UUID | None = None,
) -> dict[str, Any]:
    """Why a field of a source is visible, announced or silent for the reader, now or at a past moment.

    person: the `subject` whom it is about; empty is the main one.
    """
    reading = _reading(request, "case_why", "rule.explained")
    case = queries.case_of(reading, number)
    moment = _aware(at) or reading.at
    asked_for = purpose.declared_at(reading, case, None, at=moment)
    found = why(reading, case, field=field, source=source, purpose=asked_for, at=moment, person=person)
    return {
        "field": found.field,
        "source": asdict(found.source),
        "purpose": found.purpose,
        "at": found.at,
        "grade": found.explanation.grade,
        "steps": [
            {
                "kind": step.kind, "passed": step.passed, "covenant": step.covenant, "version": step.version,
                "article": step.article, "sentence": sentence(step),
            }
            for step in told(found.explanation)
        ],
        "mend": [mend(step) for step in found.explanation.mend],
    }  # fmt: skip


@router.get("/cases/{number}/rules", response=schemas.RuleSheetOut, operation_id="case_rules")
@route("api:case_rules", shows=Shows.RULES)
def case_rules(request: HttpRequest, number: str, phase: str = "", at: datetime | None = None) -> dict[str, Any]:
    """What the rules let the reader see, per field and source, whatever the case holds."""
    reading = _reading(request, "case_rules", "rule.sheet")
    case = queries.case_of(reading, number)
    found = rule_sheet(reading, case, purpose=purpose.declared(reading, case, None), phase=phase, at=_aware(at))
    return {
        "purpose": found.purpose,
        "at": found.at,
        "sources": [asdict(source) for source in found.sources],
        "rules": [
            {"field": field, "source": source, "grade": str(cell.grade), "article": str(cell.article or "")}
            for (field, source), cell in found.cells.items()
        ],
    }


@router.get("/extracts/{number}", response=schemas.CaseOut, operation_id="extract_detail")
@route("api:extract_detail", shows=Shows.CASE_DATA)
def extract_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """What a third party finds of a case: the copies pushed to it and its own reports."""
    opened = queries.partner_case(_reading(request, "extract_detail", "extract.opened"), number)
    return schemas.whole_case(opened.answer)


def _given(body: schemas.ContributionIn) -> Given:
    return Given(
        values=body.values, observed_on=body.observed_on, kind=body.kind, reliability=body.reliability,
        valid_until=body.valid_until, person=body.person, submission=body.submission,
    )  # fmt: skip


def _aware(at: datetime | None) -> datetime | None:
    """A moment with its zone; without one it is ambiguous, and a past answer must not be."""
    if at is not None and at.tzinfo is None:
        raise Invalid(
            _("Het moment heeft geen tijdzone."),
            field="at",
            remedy=_("Schrijf bijvoorbeeld 2026-03-03T14:00:00Z."),
        )
    if at is not None and at > clock.now():
        raise Invalid(_("Dat moment ligt in de toekomst."), field="at", remedy=_("Kies een moment tot en met nu."))
    return at
