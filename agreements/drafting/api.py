"""The API of drafts of covenants: the same queries and commands as the pages. Texts and rules, never case data."""

from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Path, Router

from agreements.drafting import commands, editing, queries, schemas, schemas_in
from agreements.drafting.answers import DraftPage, FindingsView
from agreements.drafting.errors import EditConflict
from agreements.drafting.steps import Step
from agreements.parties.api import bearer
from agreements.parties.reader import Visit
from foundation.answers import problem_document
from foundation.errors import NotFound
from foundation.routes import Shows, route

router = Router(tags=["drafts"], auth=bearer)


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit


def _whole(page: DraftPage) -> dict[str, Any]:
    return asdict(page) | {"steps": [asdict(step) | {"allowed": step.allowed} for step in page.steps]}


def _findings(found: FindingsView) -> dict[str, Any]:
    return asdict(found)


def _conflict(conflict: EditConflict) -> HttpResponse:
    """The problem document with the other's text, both changes by line, and both together where they fit."""
    document = problem_document(conflict) | conflict.members
    response = JsonResponse(document, status=conflict.status)
    response["Content-Type"] = "application/problem+json"
    response["Cache-Control"] = "no-store"
    return response


@router.get("/covenants/drafts", response=list[schemas.DraftLineOut], operation_id="draft_list")
@route("api:draft_list", shows=Shows.RULES)
def draft_list(request: HttpRequest) -> list[dict[str, Any]]:
    """The drafts of the reader's agency, and those shared with it; for legal counsel, signatories, privacy officers."""
    return [asdict(line) for line in queries.draft_list(_visit(request))]


@router.get("/covenants/drafts/templates", response=list[schemas.TemplateOut], operation_id="draft_templates")
@route("api:draft_templates", shows=Shows.RULES)
def draft_templates(request: HttpRequest) -> list[dict[str, Any]]:
    """The models to start a covenant from."""
    return [asdict(line) for line in queries.templates()]


@router.post("/covenants/drafts", response={201: schemas.DraftOut}, operation_id="draft_start")
@route("api:draft_start", shows=Shows.RULES)
def draft_start(request: HttpRequest, body: schemas_in.StartIn) -> tuple[int, dict[str, Any]]:
    """Start a draft from a model, from a version, or from a text, which is kept as it is, readable or not."""
    known = body.from_version
    draft = commands.start_draft(
        _visit(request),
        template=body.template,
        from_version=(known.code, known.number) if known else None,
        text=body.text,
        code=body.code,
        title=body.title,
        parties=body.parties,
    )
    return 201, _whole(queries.draft_page(_visit(request), draft.uid))


@router.get("/covenants/drafts/{uid}", response=schemas.DraftOut, operation_id="draft_detail")
@route("api:draft_detail", shows=Shows.RULES)
def draft_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One draft: its text, parties, the steps that it can take and what stands in their way."""
    return _whole(queries.draft_page(_visit(request), uid))


@router.get("/covenants/drafts/{uid}/articles", response=list[schemas.DraftArticleOut], operation_id="draft_articles")
@route("api:draft_articles", shows=Shows.RULES)
def draft_articles(request: HttpRequest, uid: UUID) -> list[dict[str, Any]]:
    """The articles with their rules, as written and in words."""
    return [asdict(item) for item in queries.articles_of(_visit(request), uid)]


@router.get("/covenants/drafts/{uid}/choices", response=schemas.ChoicesOut, operation_id="draft_choices")
@route("api:draft_choices", shows=Shows.RULES)
def draft_choices(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """What a rule of this draft can be composed of."""
    return asdict(queries.choices(_visit(request), uid))


@router.put("/covenants/drafts/{uid}/text", response=schemas.EditedOut, operation_id="draft_save_text")
@route("api:draft_save_text", shows=Shows.RULES)
def draft_save_text(request: HttpRequest, uid: UUID, body: schemas_in.TextIn) -> Any:
    """Keep a text. When somebody saved since `base_revision`: 409 with their text, and both merged if that fits."""
    save = partial(commands.save_text, text=body.text, base_revision=body.base_revision, note=body.note)
    return _saved(request, uid, save)


@router.post("/covenants/drafts/{uid}/operations", response=schemas.EditedOut, operation_id="draft_edit")
@route("api:draft_edit", shows=Shows.RULES)
def draft_edit(request: HttpRequest, uid: UUID, body: schemas_in.EditIn) -> Any:
    """Do one editing operation on the text, and keep it. 409 as with draft_save_text."""
    arguments = body.edit.model_dump(exclude={"operation"})
    operation = partial(getattr(editing, body.edit.operation), **arguments)
    return _saved(request, uid, partial(commands.edit, operation=operation, base_revision=body.base_revision))


def _saved(request: HttpRequest, uid: UUID, save: Any) -> Any:
    try:
        draft = save(_visit(request), uid)
    except EditConflict as conflict:
        return _conflict(conflict)
    newest = queries.revisions_of(_visit(request), draft.uid)[0]
    return {"revision": draft.revision, "note": newest.note}


@router.get("/covenants/drafts/{uid}/revisions", response=list[schemas.RevisionOut], operation_id="draft_revisions")
@route("api:draft_revisions", shows=Shows.RULES)
def draft_revisions(request: HttpRequest, uid: UUID) -> list[dict[str, Any]]:
    """What was saved, newest first."""
    return [asdict(line) for line in queries.revisions_of(_visit(request), uid)]


@router.get(
    "/covenants/drafts/{uid}/revisions/{number}", response=schemas.RevisionTextOut, operation_id="draft_revision"
)
@route("api:draft_revision", shows=Shows.RULES)
def draft_revision(request: HttpRequest, uid: UUID, number: int = Path(..., ge=1, le=2**31 - 1)) -> dict[str, Any]:
    """The text of one revision."""
    return {"number": number, "text": queries.revision_text(_visit(request), uid, number)}


@router.put("/covenants/drafts/{uid}/parties", response=schemas.DraftOut, operation_id="draft_set_parties")
@route("api:draft_set_parties", shows=Shows.RULES)
def draft_set_parties(request: HttpRequest, uid: UUID, body: schemas_in.PartiesIn) -> dict[str, Any]:
    """Choose the agencies that would sign, each in its capacity."""
    commands.set_parties(_visit(request), uid, parties=body.parties)
    return _whole(queries.draft_page(_visit(request), uid))


@router.get("/covenants/drafts/{uid}/findings", response=schemas.FindingsOut, operation_id="draft_findings")
@route("api:draft_findings", shows=Shows.RULES)
def draft_findings(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """All findings about the text, errors first, with why the authors leave a warning as it is."""
    return _findings(queries.findings_of(_visit(request), uid))


@router.post(
    "/covenants/drafts/{uid}/findings/answers", response=schemas.FindingsOut, operation_id="draft_answer_finding"
)
@route("api:draft_answer_finding", shows=Shows.RULES)
def draft_answer_finding(request: HttpRequest, uid: UUID, body: schemas_in.FindingAnswerIn) -> dict[str, Any]:
    """Say why a warning is left as it is."""
    commands.answer_finding(
        _visit(request), uid, code=body.code, article=body.article, message=body.message, text=body.text
    )
    return _findings(queries.findings_of(_visit(request), uid))


@router.get("/covenants/drafts/{uid}/remarks", response=list[schemas.RemarkOut], operation_id="draft_remarks")
@route("api:draft_remarks", shows=Shows.RULES)
def draft_remarks(request: HttpRequest, uid: UUID) -> list[dict[str, Any]]:
    """The remarks, open ones first."""
    return [asdict(item) for item in queries.remarks_of(_visit(request), uid)]


@router.post("/covenants/drafts/{uid}/remarks", response={201: schemas.RemarkOut}, operation_id="draft_remark")
@route("api:draft_remark", shows=Shows.RULES)
def draft_remark(request: HttpRequest, uid: UUID, body: schemas_in.RemarkIn) -> tuple[int, dict[str, Any]]:
    """Remark on an article, or on the whole (article "")."""
    remark = commands.add_remark(_visit(request), uid, article=body.article, text=body.text)
    return 201, _remark(request, uid, remark.uid)


@router.post(
    "/covenants/drafts/{uid}/remarks/{remark}/answer", response=schemas.RemarkOut, operation_id="draft_resolve_remark"
)
@route("api:draft_resolve_remark", shows=Shows.RULES)
def draft_resolve_remark(request: HttpRequest, uid: UUID, remark: UUID, body: schemas_in.AnswerIn) -> dict[str, Any]:
    """Answer a remark in words; for legal counsel of the agency that holds the pen."""
    _remark(request, uid, remark)
    commands.resolve_remark(_visit(request), remark, answer=body.answer)
    return _remark(request, uid, remark)


@router.post(
    "/covenants/drafts/{uid}/remarks/{remark}/reopening", response=schemas.RemarkOut, operation_id="draft_reopen_remark"
)
@route("api:draft_reopen_remark", shows=Shows.RULES)
def draft_reopen_remark(request: HttpRequest, uid: UUID, remark: UUID) -> dict[str, Any]:
    """Say that an answer does not settle a remark."""
    _remark(request, uid, remark)
    commands.reopen_remark(_visit(request), remark)
    return _remark(request, uid, remark)


def _remark(request: HttpRequest, uid: UUID, remark: UUID) -> dict[str, Any]:
    for item in queries.remarks_of(_visit(request), uid):
        if item.uid == str(remark):
            return asdict(item)
    raise NotFound(_("Deze opmerking hoort niet bij dit concept."), remedy=_("Kies een opmerking uit de lijst."))


@router.post("/covenants/drafts/{uid}/steps", response=schemas.DraftOut, operation_id="draft_step")
@route("api:draft_step", shows=Shows.RULES)
def draft_step(request: HttpRequest, uid: UUID, body: schemas_in.StepIn) -> dict[str, Any]:
    """Take a step: to consultation and back, up for signature and back, or drop. 422 lists all that blocks it."""
    commands.take_step(_visit(request), uid, step=Step(body.step), reason=body.reason)
    return _whole(queries.draft_page(_visit(request), uid))
