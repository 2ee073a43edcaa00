"""Reads of drafts for pages and the API: frozen values (answers.py). More: findings.py, remarks.py, choices.py."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.drafting.answers import (
    ArticleView,
    DraftLine,
    DraftPage,
    DraftPartyLine,
    RevisionLine,
    RuleView,
    StepView,
    TemplateLine,
)
from agreements.drafting.choices import choices
from agreements.drafting.findings import findings_about, findings_of, with_answers
from agreements.drafting.models import Draft, DraftParty, DraftState
from agreements.drafting.models_nl import MODELS
from agreements.drafting.obstacles import obstacles, state_of
from agreements.drafting.remarks import remarks_of
from agreements.drafting.rights import draft_for, may_remark, may_write, readable
from agreements.drafting.steps import moves_from
from agreements.drafting.texts import Outline, article_of, head_of, number_of, outline, rules_of, terms_of
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import CovenantDocument
from foundation.errors import NotFound

__all__ = [
    "articles_of",
    "choices",
    "draft_list",
    "draft_page",
    "findings_of",
    "remarks_of",
    "revision_text",
    "revisions_of",
    "templates",
]


def draft_list(visit: Visit) -> tuple[DraftLine, ...]:
    """The drafts that exist for this visit, last changed first."""
    ids = readable(visit).values("pk")
    rows = Draft.objects.filter(pk__in=ids).select_related("owner", "based_on__covenant", "version")
    rows = rows.annotate(
        n_parties=Count("parties", distinct=True),
        n_open=Count("remarks", filter=Q(remarks__resolved_at=None), distinct=True),
    )
    return tuple(_line(visit, row) for row in rows.order_by("-changed_at", "pk"))


def draft_page(visit: Visit, uid: Any) -> DraftPage:
    """One draft with its text, parties, steps and counts; articles_of and findings_of have the rest.

    Raises NotFound: no such draft for this visit.
    """
    draft = draft_for(visit, uid)
    seen, state = outline(draft.text), state_of(draft)
    newest = draft.revisions.select_related("by").order_by("-number").first()
    findings = with_answers(draft, findings_about(draft))
    errors = sum(item.severity == "error" for item in findings)
    model = MODELS.get(draft.template)
    based = draft.based_on
    return DraftPage(
        uid=str(draft.uid),
        code=draft.code,
        title=draft.title,
        number=number_of(draft.text),
        state=state.value,
        state_label=str(state.label),
        owner_code=draft.owner.code,
        owner_name=_name(draft.owner),
        owner_monogram=draft.owner.monogram,
        revision=draft.revision,
        started_at=draft.started_at,
        changed_at=draft.changed_at,
        changed_by=newest.by.name if newest else "",
        template=draft.template,
        template_label=str(model.label) if model else "",
        based_on=_based_on(draft),
        based_on_code=based.covenant.code if based else "",
        based_on_number=based.number if based else 0,
        version_number=draft.version.number if draft.version else 0,
        readable=seen.document is not None,
        text=draft.text,
        head=head_of(draft.text),
        purposes=_words_of(seen, "purposes"),
        sets={name: tuple(map(str, codes)) for name, codes in _part(seen, "sets").items() if isinstance(codes, list)},
        parties=_parties(draft, seen.document),
        may_write=may_write(visit, draft),
        may_remark=may_remark(visit, draft),
        steps=_steps(visit, draft, state),
        n_errors=errors,
        n_warnings=len(findings) - errors,
        n_unanswered=sum(item.severity != "error" and item.blocks for item in findings),
        n_remarks=draft.remarks.count(),
        n_open_remarks=draft.remarks.filter(resolved_at=None).count(),
    )


def articles_of(visit: Visit, uid: Any) -> tuple[ArticleView, ...]:
    """The articles of a draft in order, each with its rules as written, and in words once the text loads.

    A text that is not even YAML has none. Raises NotFound: no such draft for this visit.
    """
    draft = draft_for(visit, uid)
    seen = outline(draft.text)
    words = _in_words(seen.document)
    findings = Counter(article_of(item.article) for item in findings_about(draft))
    open_ones = Counter(article_of(row.article) for row in draft.remarks.filter(resolved_at=None))
    return tuple(
        _article(item, seen.line("articles", place), words, findings, open_ones) for place, item in seen.articles
    )


def revisions_of(visit: Visit, uid: Any) -> tuple[RevisionLine, ...]:
    """What was saved, newest first: for those who may read the draft now. Raises NotFound."""
    rows = draft_for(visit, uid).revisions.select_related("by").order_by("-number")
    return tuple(RevisionLine(number=r.number, note=r.note, saved_at=r.saved_at, by=r.by.name) for r in rows)


def revision_text(visit: Visit, uid: Any, number: int) -> str:
    """The text of one revision. Raises NotFound."""
    found = draft_for(visit, uid).revisions.filter(number=number).values_list("text", flat=True).first()
    if found is None:
        raise NotFound(_("Deze bewaarde tekst bestaat niet."), remedy=_("Kies er een uit de lijst."))
    return found


def templates() -> tuple[TemplateLine, ...]:
    """The models to start a covenant from."""
    return tuple(
        TemplateLine(
            code=model.code,
            label=str(model.label),
            about=str(model.about),
            regime_label=label("regime", model.regime),
        )
        for model in MODELS.values()
    )


def _line(visit: Visit, row: Any) -> DraftLine:
    state = state_of(row)
    return DraftLine(
        uid=str(row.uid),
        code=row.code,
        title=row.title,
        state=state.value,
        state_label=str(state.label),
        owner_code=row.owner.code,
        owner_name=_name(row.owner),
        owner_monogram=row.owner.monogram,
        is_own=row.owner_id == visit.agency.id,
        revision=row.revision,
        changed_at=row.changed_at,
        based_on=_based_on(row),
        n_parties=row.n_parties,
        n_open_remarks=row.n_open,
    )


def _based_on(draft: Draft) -> str:
    version = draft.based_on
    if version is None:
        return ""
    return _("%(code)s, versie %(n)d") % {"code": version.covenant.code, "n": version.number}


def _parties(draft: Draft, document: CovenantDocument | None) -> tuple[DraftPartyLine, ...]:
    order = ("controller", "participant", "third_party", "bureau")
    lines = [_party(row, document) for row in draft.parties.select_related("agency")]
    return tuple(sorted(lines, key=lambda item: (order.index(item.capacity), item.name)))


def _party(row: DraftParty, document: CovenantDocument | None) -> DraftPartyLine:
    agency = row.agency
    return DraftPartyLine(
        code=agency.code,
        type=agency.type,
        name=_name(agency),
        monogram=agency.monogram,
        capacity=row.capacity,
        capacity_label=label("capacity", row.capacity),
        expected=document.capacity_of(agency.code, agency.type) if document else "",
    )


def _steps(visit: Visit, draft: Draft, state: DraftState) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            code=step.value,
            label=str(step.label),
            next_state=move.to.value,
            next_label=str(move.to.label),
            by_role=draft.owner_id == visit.agency.id and bool(visit.roles & move.roles),
            asks_reason=move.asks_reason,
            reasons=tuple(sentence for _place, sentence in obstacles(draft, step)),
        )
        for step, move in moves_from(state).items()
    )


def _in_words(document: CovenantDocument | None) -> Mapping[str, RuleInWords]:
    if document is None:
        return {}
    catalogue = load_catalogue()
    return {
        rule.id: rule_in_words(document, kind, article, rule, catalogue=catalogue)
        for kind, _path, article, rule in document.placed_rules()
    }


def _article(
    item: Mapping[str, Any],
    line: int,
    words: Mapping[str, RuleInWords],
    findings: Mapping[str, int],
    open_ones: Mapping[str, int],
) -> ArticleView:
    number = str(item.get("article", ""))
    rules = [
        RuleView(number=str(rule.get("id", "")), kind=kind, words=words.get(str(rule.get("id", ""))), rule=rule)
        for kind, rule in rules_of(item)
    ]
    return ArticleView(
        number=number,
        title=str(item.get("title") or ""),
        text=str(item.get("text") or ""),
        line=line,
        basis=_strings(item.get("basis")),
        case_kinds=_strings(item.get("case_kinds")),
        terms=terms_of(item),
        rules=tuple(rules),
        n_findings=findings.get(number, 0),
        n_open_remarks=open_ones.get(number, 0),
    )


def _part(seen: Outline, key: str) -> Mapping[str, Any]:
    found = seen.content.get(key)
    return found if isinstance(found, dict) else {}


def _words_of(seen: Outline, key: str) -> dict[str, str]:
    return {str(name): str(value) for name, value in _part(seen, key).items()}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()


def _name(agency: Agency) -> str:
    return agency.name_in(get_language() or "nl")
