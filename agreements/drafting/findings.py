"""What is wrong with the text of a draft: the linter's findings and this room's own, with the answers to warnings."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import State
from agreements.drafting.answers import FindingsView, FindingView
from agreements.drafting.models import Draft, FindingAnswer
from agreements.drafting.models_nl import PLACEHOLDER
from agreements.drafting.rights import draft_for, may_write
from agreements.drafting.texts import outline
from agreements.parties.reader import Visit
from agreements.parties.rules import HOLDERS
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import CovenantDocument, Finding
from agreements.policy.errors import Severity
from agreements.policy.lint import lint_text
from foundation import clock
from foundation.errors import Invalid

_ARTICLE = 20
"""So many characters of an article number are kept with an answer."""


def findings_of(visit: Visit, uid: Any) -> FindingsView:
    """All findings about a draft, errors first, then by line; with why the authors leave a warning as it is.

    Raises NotFound: no such draft for this visit.
    """
    draft = draft_for(visit, uid)
    views = with_answers(draft, findings_about(draft))
    errors = sum(item.severity == "error" for item in views)
    return FindingsView(
        findings=views,
        n_errors=errors,
        n_warnings=len(views) - errors,
        n_unanswered=sum(item.severity != "error" and item.blocks for item in views),
        readable=outline(draft.text).document is not None,
        may_answer=may_write(visit, draft),
    )


def findings_about(draft: Draft) -> tuple[Finding, ...]:
    """Every finding about the text as it stands, in order of line; never raises, whatever was typed."""
    linted = lint_text(
        draft.text, catalogue=load_catalogue(), others=_others(draft.code), holders=HOLDERS, today=clock.today()
    )
    found = [*linted.findings, *_places_to_fill(draft.text)]
    if linted.document is not None:
        found += _about_parties(draft, linted.document)
    return tuple(sorted(found, key=lambda item: (item.severity != "error", item.line)))


def with_answers(draft: Draft, findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """The findings, each with the answer that was given to that very sentence."""
    answers = {(row.code, row.article, row.message): row for row in draft.finding_answers.select_related("by")}
    return tuple(_view(item, answers.get(_key(item))) for item in findings)


def warning_named(draft: Draft, *, code: str, article: str, message: str) -> Finding:
    """The warning with this sentence, as it is kept with its answer. Raises Invalid: there is none, or an error."""
    for item in findings_about(draft):
        if _key(item) == (code, article[:_ARTICLE], message):
            if item.severity == "error":
                raise Invalid(
                    _("Een fout wordt niet beantwoord maar hersteld."), remedy=item.remedy, field="code",
                    article=item.article,
                )  # fmt: skip
            return Finding(
                severity=item.severity, code=item.code[:40], article=item.article[:_ARTICLE], line=item.line,
                message=item.message, remedy=item.remedy,
            )  # fmt: skip
    raise Invalid(
        _("Deze bevinding is er niet (meer): de tekst is veranderd."),
        remedy=_("Bekijk de bevindingen opnieuw."),
        field="message",
    )


def _view(item: Finding, answer: FindingAnswer | None) -> FindingView:
    given = answer if item.severity != "error" else None
    return FindingView(
        severity=item.severity,
        code=item.code,
        article=item.article,
        line=item.line,
        message=item.message,
        remedy=item.remedy,
        answer=given.text if given else "",
        answered_by=given.by.name if given else "",
        answered_at=given.answered_at if given else None,
    )


def _key(item: Finding) -> tuple[str, str, str]:
    return item.code[:40], item.article[:_ARTICLE], item.message


def _others(code: str) -> tuple[CovenantDocument, ...]:
    """The covenants in force beside this one: its prohibitions and theirs may meet in one case."""
    now = clock.now()
    rows = CovenantVersion.objects.filter(Q(ends=None) | Q(ends__gt=now), state=State.AGREED, starts__lte=now)
    return tuple(document_of(row) for row in rows.exclude(covenant__code=code).order_by("covenant__code"))


def _places_to_fill(text: str) -> Iterator[Finding]:
    """What a model leaves to people, and nobody has written yet."""
    for number, line in enumerate(text.splitlines(), start=1):
        start = line.find(PLACEHOLDER)
        if start >= 0:
            place = line[start : line.find("]", start) + 1 or start + 60]
            yield _finding("error", "place_to_fill", number, f"Hier staat nog '{place}'.", "Vul in wat hier hoort.")


def _about_parties(draft: Draft, document: CovenantDocument) -> Iterator[Finding]:
    """Parties of the text for which no agency would sign: what it grants them reaches nobody."""
    rows = draft.parties.select_related("agency")
    present = {word for row in rows for word in (row.agency.code, row.agency.type)}
    for token, capacity in document.capacities.items():
        if token not in present and present:
            place = ("bureau", "code") if capacity == "bureau" else ("parties", capacity)
            message = f"Voor partij {token} is geen organisatie gekozen; zij doet niet mee."
            remedy = "Kies de organisatie bij Partijen, of schrap de partij uit de tekst."
            yield _finding("warning", "party_without_agency", document.line(place), message, remedy)


def _finding(severity: Severity, code: str, line: int, message: str, remedy: str) -> Finding:
    return Finding(severity=severity, code=code, article="", line=line, message=message, remedy=remedy)
