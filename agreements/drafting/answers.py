"""What the reads of drafts give: frozen values for pages and the API. How they are made is in queries.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agreements.covenants.wording import RuleInWords


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft in the list. based_on: the version that it would follow ("PGA-MD, versie 2"), or ""."""

    uid: str
    code: str
    title: str
    state: str
    state_label: str
    owner_code: str
    owner_name: str
    owner_monogram: str
    is_own: bool
    revision: int
    changed_at: datetime
    based_on: str
    n_parties: int
    n_open_remarks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPartyLine:
    """An agency that would sign. expected: the capacity that the text gives it, "" for none or unreadable."""

    code: str
    type: str
    name: str
    monogram: str
    capacity: str
    capacity_label: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step from the present state. reasons: everything that stands in its way; none means it may be taken now.

    by_role: this visit may take it. asks_reason: the step wants a reason in words.
    """

    code: str
    label: str
    next_state: str
    next_label: str
    by_role: bool
    asks_reason: bool
    reasons: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether it may be taken now, by this visit."""
        return self.by_role and not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """One saved text. number: 1 = first."""

    number: int
    note: str
    saved_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft whole, but for its articles and findings. text: as typed; readable: whether it loads as a covenant.

    number: the version number in the text, 0 when it says none. head: the parts of the text that are not
    articles, sets or purposes, as plain values for the form ({} when unreadable). version_number: what was put up.
    """

    uid: str
    code: str
    title: str
    number: int
    state: str
    state_label: str
    owner_code: str
    owner_name: str
    owner_monogram: str
    revision: int
    started_at: datetime
    changed_at: datetime
    changed_by: str
    template: str
    template_label: str
    based_on: str
    based_on_code: str
    based_on_number: int
    version_number: int
    readable: bool
    text: str
    head: Mapping[str, Any]
    purposes: Mapping[str, str]
    sets: Mapping[str, tuple[str, ...]]
    parties: tuple[DraftPartyLine, ...]
    may_write: bool
    may_remark: bool
    steps: tuple[StepView, ...]
    n_errors: int
    n_warnings: int
    n_unanswered: int
    n_remarks: int
    n_open_remarks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule of an article: as words (None while the text does not load), and as written, for the form.

    kind: grants, announcements, prohibitions or break_glass.
    """

    number: str
    kind: str
    words: RuleInWords | None
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article of a draft. terms: its other keys (retention, breach, …) as written. line: in the text, 1 = first."""

    number: str
    title: str
    text: str
    line: int
    basis: tuple[str, ...]
    case_kinds: tuple[str, ...]
    terms: Mapping[str, Any]
    rules: tuple[RuleView, ...]
    n_findings: int
    n_open_remarks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding of the linter. answer: why the authors leave a warning so; "" for none. Errors take no answer."""

    severity: str
    code: str
    article: str
    line: int
    message: str
    remedy: str
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of signing."""
        return self.severity == "error" or not self.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsView:
    """All findings of a draft, errors first, then by line."""

    findings: tuple[FindingView, ...]
    n_errors: int
    n_warnings: int
    n_unanswered: int
    readable: bool
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """A remark. outdated: the article's text or rules changed since. may_reopen, may_resolve: for this visit."""

    uid: str
    article: str
    article_title: str
    revision: int
    text: str
    agency_name: str
    agency_monogram: str
    author: str
    made_at: datetime
    resolved: bool
    answer: str
    resolved_at: datetime | None
    resolved_by: str
    outdated: bool
    may_resolve: bool
    may_reopen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a form. note: a second line, such as the class of a field or where a purpose stands."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """A section of the catalogue with its fields."""

    code: str
    label: str
    fields: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything a rule form offers. givers, receivers: the types and agencies of the draft; everybody is "*".

    purposes: by the number under which the text names them. articles: those a rule can stand in.
    """

    givers: tuple[Option, ...]
    receivers: tuple[Option, ...]
    agency_types: tuple[Option, ...]
    roles: tuple[Option, ...]
    sections: tuple[FieldGroup, ...]
    sets: tuple[Option, ...]
    purposes: tuple[Option, ...]
    known_purposes: tuple[Option, ...]
    phases: tuple[Option, ...]
    case_kinds: tuple[Option, ...]
    conditions: tuple[Option, ...]
    obligations: tuple[Option, ...]
    bases: tuple[Option, ...]
    deliveries: tuple[Option, ...]
    kinds: tuple[Option, ...]
    regimes: tuple[Option, ...]
    capacities: tuple[Option, ...]
    articles: tuple[Option, ...]
    agencies: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """A model to start from."""

    code: str
    label: str
    about: str
    regime_label: str
