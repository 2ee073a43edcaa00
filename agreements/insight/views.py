"""Pages that look into a version or a draft: the matrix, what somebody would see, the difference. Rules only."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.covenants.labels import label
from agreements.insight import choices
from agreements.insight.diff_page import diff_page
from agreements.insight.frame import (
    article_url,
    base_of,
    compared_with,
    head_of,
    is_coming,
    name_of,
    other_keys,
    readable,
)
from agreements.insight.matrix_page import cell_before, matrix_page, open_cell
from agreements.insight.subjects import Member, Subject
from agreements.insight.try_page import try_page
from agreements.insight.words import LETTERS, PATTERNS
from agreements.parties.reader import Visit
from foundation.routes import Shows, route


@route("insight_matrix", shows=Shows.RULES)
@require_safe
def matrix(request: HttpRequest, key: str) -> HttpResponse:
    """Who may know what from whom, for one purpose and phase; ?cel= opens a cell beside it."""
    visit = _visit(request)
    subject = readable(visit, key)
    terms = choices.terms_of(subject, request.GET, roles=choices.roles_in(subject))
    cell = request.GET.get("cel", "")
    base = base_of(visit, subject) if is_coming(visit, subject) else None
    context: dict[str, Any] = {
        "subject": subject,
        "cell": _cell(subject, terms, cell, base) if cell else None,
        "base_name": name_of(visit, base) if base else "",
    }
    if cell and request.htmx:  # type: ignore[attr-defined]
        return render(request, "agreements/insight/_cell.html", context)
    everything = bool(request.GET.get("alles"))
    context |= head_of(visit, subject, active="matrix") | {
        "matrix": matrix_page(subject, terms, base=base, everything=everything),
        "columns": _columns(subject),
        "query": urlencode(terms.query | ({"alles": "1"} if everything else {})),
        "everything": everything,
        "legend": [(PATTERNS[letter], letter.value, words) for letter, words in LETTERS.items()],
        "chosen": cell,
        "filters": {
            "purposes": choices.purpose_options(subject, terms.purpose),
            "phases": choices.phase_options(terms.phase),
            "kinds": choices.kind_options(subject, terms.kind),
            "roles": choices.role_options(choices.roles_in(subject), terms.role, any_role=True),
        },
    }
    return render(request, "agreements/insight/matrix.html", context)


@route("insight_try", shows=Shows.RULES)
@require_safe
def trying(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody at a party, in a role, would see in a phase, with the article or the reason why not."""
    visit = _visit(request)
    subject = readable(visit, key)
    member = choices.member_of(subject, request.GET.get("org", ""), default=visit.agency.code)
    roles = choices.roles_for(member)
    asked_role = request.GET.get("rol", "")
    asked = request.GET if asked_role in roles else {**request.GET.dict(), "rol": roles[0]}
    terms = choices.terms_of(subject, asked, roles=roles)
    usual = choices.usual_conditions(member, terms.purpose)
    conditions = request.GET.getlist("voorwaarde") if "gevraagd" in request.GET else usual
    satisfied = choices.satisfied_of(conditions)
    coming = is_coming(visit, subject)
    found = try_page(subject, member, terms, satisfied=satisfied, compare=coming)
    context = head_of(visit, subject, active="try") | {
        "subject": subject,
        "member": member,
        "answer": found,
        "article_url": article_url(subject, ""),
        "role_label": label("role", terms.role),
        "phase_label": label("phase", terms.phase),
        "filters": _try_filters(subject, member, terms, conditions),
    }
    return render(request, "agreements/insight/try.html", context)


@route("insight_diff", shows=Shows.RULES)
@require_safe
def difference(request: HttpRequest, key: str) -> HttpResponse:
    """What a version or draft changes against another: text, rules in words, and what that means for whom."""
    visit = _visit(request)
    subject = readable(visit, key)
    base = compared_with(visit, subject, request.GET.get("met", ""))
    context = head_of(visit, subject, active="diff") | {
        "subject": subject,
        "name": name_of(visit, subject),
        "base": base,
        "base_name": name_of(visit, base) if base else "",
        "others": choices.options(other_keys(visit, subject), base.key if base else ""),
        "difference": diff_page(base, subject) if base else None,
    }
    return render(request, "agreements/insight/diff.html", context)


def _try_filters(
    subject: Subject, member: Member, terms: choices.Terms, conditions: list[str]
) -> dict[str, list[choices.Option]]:
    return {
        "members": choices.options(((item.code, item.name) for item in subject.members), member.code),
        "roles": choices.role_options(choices.roles_for(member), terms.role, any_role=False),
        "purposes": choices.purpose_options(subject, terms.purpose),
        "phases": choices.phase_options(terms.phase),
        "kinds": choices.kind_options(subject, terms.kind),
        "conditions": [
            choices.Option(value=code, label=label("condition", code), selected=code in conditions)
            for code in choices.conditions_in(subject)
        ],
    }


def _visit(request: HttpRequest) -> Visit:
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def _cell(subject: Subject, terms: choices.Terms, key: str, base: Subject | None) -> dict[str, Any]:
    found = open_cell(subject, terms, key)
    return {
        "open": found,
        "before": cell_before(base, terms, key) if base else None,
        "articles": [{"rule": rule, "url": article_url(subject, rule.number)} for rule in found.articles],
        "forbidden": [{"rule": rule, "url": article_url(subject, rule.number)} for rule in found.forbidden],
    }


def _columns(subject: Subject) -> list[dict[str, Any]]:
    """The recipients; two with one monogram get the end of their code under it."""
    monograms = [member.monogram for member in subject.members]
    return [
        {
            "member": member,
            "extra": member.code.partition("-")[2] if monograms.count(member.monogram) > 1 else "",
        }
        for member in subject.members
    ]
