"""What the API of drafts gives; the values come from answers.py. What it takes is in schemas_in.py."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from agreements.covenants.api import RuleOut


class DraftLineOut(Schema):
    """state: draft, consultation, for_signature, adopted or dropped. is_own: the reader's agency holds the pen."""

    uid: UUID
    code: str
    title: str
    state: str
    state_label: str
    owner_code: str
    owner_name: str
    is_own: bool
    revision: int
    changed_at: datetime
    based_on: str
    n_parties: int
    n_open_remarks: int


class DraftPartyOut(Schema):
    """expected: the capacity that the text gives this agency; "" for none, or while the text does not load."""

    code: str
    type: str
    name: str
    capacity: str
    capacity_label: str
    expected: str


class StepOut(Schema):
    """A step from the present state. by_role: this reader may take it; reasons: all that stands in its way."""

    code: str
    label: str
    next_state: str
    by_role: bool
    asks_reason: bool
    allowed: bool
    reasons: list[str]


class DraftOut(Schema):
    """A draft. text: YAML or JSON as typed. readable: it loads as a covenant. version_number: what was put up, or 0."""

    uid: UUID
    code: str
    title: str
    number: int
    state: str
    state_label: str
    owner_code: str
    owner_name: str
    revision: int
    started_at: datetime
    changed_at: datetime
    changed_by: str
    template: str
    based_on_code: str
    based_on_number: int
    version_number: int
    readable: bool
    text: str
    parties: list[DraftPartyOut]
    may_write: bool
    may_remark: bool
    steps: list[StepOut]
    n_errors: int
    n_warnings: int
    n_unanswered: int
    n_remarks: int
    n_open_remarks: int


class DraftRuleOut(Schema):
    """A rule as written, and in words once the text loads. kind: grants, announcements, prohibitions, break_glass."""

    number: str
    kind: str
    words: RuleOut | None
    rule: dict[str, Any]


class DraftArticleOut(Schema):
    """line: in the text, 1 = first. terms: retention, breach, withdrawal, accession and the like, as written."""

    number: str
    title: str
    text: str
    line: int
    basis: list[str]
    case_kinds: list[str]
    terms: dict[str, Any]
    rules: list[DraftRuleOut]
    n_findings: int
    n_open_remarks: int


class FindingOut(Schema):
    """severity: error (blocks signing) or warning (blocks until answered). line: 1 = first, 0 = not known."""

    severity: str
    code: str
    article: str
    line: int
    message: str
    remedy: str
    answer: str
    answered_by: str
    answered_at: datetime | None


class FindingsOut(Schema):
    findings: list[FindingOut]
    n_errors: int
    n_warnings: int
    n_unanswered: int
    readable: bool


class RemarkOut(Schema):
    """outdated: what it is about changed since. article "": the whole text."""

    uid: UUID
    article: str
    revision: int
    text: str
    agency_name: str
    author: str
    made_at: datetime
    resolved: bool
    answer: str
    resolved_at: datetime | None
    resolved_by: str
    outdated: bool


class RevisionOut(Schema):
    number: int
    note: str
    saved_at: datetime
    by: str


class RevisionTextOut(Schema):
    number: int
    text: str


class OptionOut(Schema):
    code: str
    label: str
    note: str


class FieldGroupOut(Schema):
    code: str
    label: str
    fields: list[OptionOut]


class ChoicesOut(Schema):
    """What a rule of this draft can be composed of; "*" among givers and receivers is everybody."""

    givers: list[OptionOut]
    receivers: list[OptionOut]
    roles: list[OptionOut]
    sections: list[FieldGroupOut]
    sets: list[OptionOut]
    purposes: list[OptionOut]
    phases: list[OptionOut]
    case_kinds: list[OptionOut]
    conditions: list[OptionOut]
    obligations: list[OptionOut]
    bases: list[OptionOut]
    deliveries: list[OptionOut]
    kinds: list[OptionOut]
    articles: list[OptionOut]
    agencies: list[OptionOut]


class TemplateOut(Schema):
    code: str
    label: str
    about: str
    regime_label: str


class EditedOut(Schema):
    """What was saved: the newest revision, and what changed in words."""

    revision: int
    note: str
