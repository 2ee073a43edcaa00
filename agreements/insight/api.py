"""The API of looking into covenants and drafts: the same queries as the pages. Rules only, no case data."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from agreements.insight import choices
from agreements.insight.diff_page import diff_page
from agreements.insight.frame import base_of, compared_with, is_coming, readable
from agreements.insight.matrix_page import matrix_page, open_cell
from agreements.insight.subjects import Member, Subject
from agreements.insight.try_page import try_page
from agreements.parties.api import bearer
from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.difference import difference
from foundation.errors import NotFound
from foundation.routes import Shows, route

router = Router(tags=["covenants"], auth=bearer)
_SUBJECT = "/covenants/subjects/{key}"


class TermsIn(Schema):
    """For which purpose, phase and kind of case; role "" is the best of all roles. Left out: as on the page."""

    purpose: str = ""
    phase: str = ""
    case_kind: str = ""
    role: str = ""

    def asked(self) -> dict[str, str]:
        """The same as an address of the page says it."""
        return {"doel": self.purpose, "fase": self.phase, "soort": self.case_kind, "rol": self.role}


class MemberOut(Schema):
    code: str
    type: str
    name: str
    capacity: str


class SubjectOut(Schema):
    """What was looked at. sha256: of the canonical document (RFC 8785)."""

    key: str
    code: str
    version: int
    title: str
    sha256: str


class CellOut(Schema):
    """letter: V all, S some, B announced, T under a condition, – forbidden, ∅ silent, E own. was: "" or the former."""

    recipient: str
    letter: str
    was: str


class MatrixRowOut(Schema):
    section: str
    section_label: str
    source: str
    cells: list[CellOut]


class MatrixOut(Schema):
    """n_given: cells in which something is given. base: the version that cells are compared with; "" for none."""

    subject: SubjectOut
    purpose: str
    phase: str
    case_kind: str
    role: str
    base: str
    recipients: list[MemberOut]
    rows: list[MatrixRowOut]
    n_given: int
    n_conditional: int
    cell: dict[str, Any] | None


class RightOut(Schema):
    """grade: visible, extract, break_glass or announced. change: gained, lost or "" against what rules now."""

    field: str
    label: str
    source: str
    grade: str
    article: str
    change: str


class SilentOut(Schema):
    field: str
    label: str
    article: str
    why: str


class RightsOut(Schema):
    """What somebody at `agency` would see. compared: with what rules now."""

    subject: SubjectOut
    agency: str
    role: str
    purpose: str
    phase: str
    case_kind: str
    conditions: list[str]
    compared: bool
    rights: list[RightOut]
    silent: list[SilentOut]


class DifferenceOut(Schema):
    """data: every change as plain values. sentences: what changes for each party, in words."""

    subject: SubjectOut
    base: SubjectOut
    data: dict[str, Any]
    sentences: dict[str, dict[str, list[str]]]


@router.get(f"{_SUBJECT}/matrix", response=MatrixOut, operation_id="insight_matrix")
@route("api:insight_matrix", shows=Shows.RULES)
def matrix(request: HttpRequest, key: str, terms: Query[TermsIn], cell: str = "") -> dict[str, Any]:
    """Source and section by recipient, for one purpose and phase; `cell` ("education.GEM-MD.POL-MD") opens one."""
    visit = _visit(request)
    subject = readable(visit, key)
    chosen = choices.terms_of(subject, terms.asked(), roles=choices.roles_in(subject))
    base = base_of(visit, subject) if is_coming(visit, subject) else None
    found = matrix_page(subject, chosen, base=base, everything=True)
    return {
        "subject": _subject(subject),
        "purpose": chosen.purpose,
        "phase": chosen.phase,
        "case_kind": chosen.kind,
        "role": chosen.role,
        "base": base.key if base else "",
        "recipients": [_member(member) for member in found.recipients],
        "rows": [asdict(row) | {"source": row.source.code} for row in found.rows],
        "n_given": found.n_given,
        "n_conditional": found.n_conditional,
        "cell": asdict(open_cell(subject, chosen, cell)) if cell else None,
    }


@router.get(f"{_SUBJECT}/rights", response=RightsOut, operation_id="insight_rights")
@route("api:insight_rights", shows=Shows.RULES)
def rights(
    request: HttpRequest,
    key: str,
    terms: Query[TermsIn],
    agency: str = "",
    condition: list[str] = Query([]),  # noqa: B008 - how ninja is told that it may come more than once
) -> dict[str, Any]:
    """What somebody at a party would see: every field with its grade and article, or why not."""
    visit = _visit(request)
    subject = readable(visit, key)
    member = choices.member_of(subject, agency, default=visit.agency.code)
    roles = choices.roles_for(member)
    chosen = choices.terms_of(subject, terms.asked(), roles=roles, role=roles[0])
    satisfied = choices.satisfied_of(condition)
    found = try_page(subject, member, chosen, satisfied=satisfied, compare=is_coming(visit, subject))
    return {
        "subject": _subject(subject),
        "agency": member.code,
        "role": chosen.role,
        "purpose": chosen.purpose,
        "phase": chosen.phase,
        "case_kind": chosen.kind,
        "conditions": condition,
        "compared": found.compared,
        "rights": [asdict(r) | {"source": r.source.code} for section in found.sections for r in section.rights],
        "silent": [asdict(item) for section in found.sections for item in section.silent],
    }


@router.get(f"{_SUBJECT}/difference", response=DifferenceOut, operation_id="insight_difference")
@route("api:insight_difference", shows=Shows.RULES)
def difference_of(request: HttpRequest, key: str, base: str = "") -> dict[str, Any]:
    """What changes against `base` (a key; left out: the version that rules, or the one before)."""
    visit = _visit(request)
    subject = readable(visit, key)
    other = compared_with(visit, subject, base)
    if other is None:
        raise NotFound(_("Er is nog niets om mee te vergelijken."), remedy=_("Noem een versie met base."))
    page = diff_page(other, subject)
    return {
        "subject": _subject(subject),
        "base": _subject(other),
        "data": difference(other.document, subject.document, load_catalogue()).data(),
        "sentences": {
            item.code: {
                "gained": [one.sentence for one in item.gained],
                "lost": [one.sentence for one in item.lost],
            }
            for item in page.recipients
        },
    }


def _visit(request: HttpRequest) -> Visit:
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "key": subject.key,
        "code": subject.code,
        "version": subject.number,
        "title": subject.title,
        "sha256": subject.sha256,
    }


def _member(member: Member) -> dict[str, str]:
    return {"code": member.code, "type": member.type, "name": member.name, "capacity": member.capacity}
