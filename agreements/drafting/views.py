"""Pages of drafts: the list, the beginning, and the editor that shows articles with their rules."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agreements.covenants.labels import CAPACITIES, label
from agreements.covenants.queries import covenant_list
from agreements.drafting import commands, preview, queries
from agreements.drafting.answers import ArticleView, DraftPage, Option, RuleView
from agreements.drafting.commands.starting import check_may_start
from agreements.drafting.forms_start import StartForm
from agreements.drafting.pages import badge, frame, put_error, visit_of
from agreements.parties.models import Agency
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("draft_list", shows=Shows.RULES)
@never_cache
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """The drafts that exist for the visitor."""
    visit = visit_of(request)
    lines = [
        {"line": line, "badge": badge(line.state, line.state_label), "url": reverse("draft", args=[line.uid])}
        for line in queries.draft_list(visit)
    ]
    context = {"drafts": lines, "may_start": "legal_counsel" in visit.roles}
    return render(request, "agreements/drafting/list.html", context)


@route("draft_new", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft from a model, from a version that is there, or from a file."""
    visit = visit_of(request)
    check_may_start(visit)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StartForm(*sent, templates=_models(), versions=_versions(visit.agency.id), **_agencies())
    if request.method == "POST" and form.is_valid():
        try:
            draft = commands.start_draft(visit, **form.beginning())
        except Invalid as problem:
            put_error(form, problem, places={"template": "start", "text": "file"})
        else:
            return redirect("draft", uid=draft.uid)
    context = {
        "form": form,
        "models": [{"start": f"model:{model.code}", "model": model} for model in queries.templates()],
        "parties": [form[name] for name in form.fields if name.startswith("partij_")],
        "crumbs": [
            {"label": _("Convenanten"), "url": reverse("covenant_list")},
            {"label": _("Concepten"), "url": reverse("draft_list")},
        ],
    }
    return render(request, "agreements/drafting/new.html", context, status=422 if form.errors else 200)


@route("draft", shows=Shows.RULES)
@never_cache
@require_safe
def draft(request: HttpRequest, uid: Any) -> HttpResponse:
    """The editor: each article, text and rules side by side with the same numbers."""
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    articles = [_article(page, item) for item in queries.articles_of(visit, uid)]
    context = {
        **frame(page, active="text"),
        "articles": articles,
        "purposes": [(number, label("purpose", code)) for number, code in page.purposes.items()],
        "sets": queries.choices(visit, uid).sets,
        "head": _head(page),
    }
    return render(request, "agreements/drafting/draft.html", context)


def _models() -> list[Option]:
    return [Option(code=model.code, label=model.label, note=model.about) for model in queries.templates()]


def _versions(agency_id: int) -> list[Option]:
    lines = covenant_list(agency_id=agency_id)
    words = _("%(title)s, versie %(n)d")
    return [
        Option(code=f"{line.code}/{line.version.number}", label=words % {"title": line.title, "n": line.version.number})
        for line in lines
    ]


def _agencies() -> dict[str, list[Option]]:
    return {
        "agencies": [Option(code=row.code, label=row.name) for row in Agency.objects.order_by("name")],
        "capacities": [Option(code=code, label=str(text)) for code, text in CAPACITIES.items()],
    }


def _article(page: DraftPage, item: ArticleView) -> dict[str, Any]:
    return {"article": item, "rules": [_rule(page, item, rule) for rule in item.rules], "terms": _terms(item)}


def _rule(page: DraftPage, item: ArticleView, rule: RuleView) -> dict[str, Any]:
    """A rule with its sentence; while the text as a whole does not load, as far as the rule itself can be read."""
    words = rule.words or preview.in_words(
        rule.kind, rule.rule, article=item.number, purposes=page.purposes, sets=page.sets, case_kinds=item.case_kinds
    )
    return {"rule": rule, "words": words}


def _terms(item: ArticleView) -> list[tuple[str, str]]:
    """The other keys of an article, as written; they are changed in the YAML."""
    return [(str(_TERMS.get(key, key)), _plain(value)) for key, value in item.terms.items()]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return str(value)


_TERMS = {
    "retention": _lazy("Bewaren"),
    "breach": _lazy("Incidenten"),
    "withdrawal": _lazy("Opzegging"),
    "accession": _lazy("Toetreding"),
    "absent_by_design": _lazy("Bestaat bewust niet"),
}


def _head(page: DraftPage) -> list[tuple[str, str]]:
    """The head in a few words, as far as it can be read."""
    head = page.head
    term, dpia, bureau = (part if isinstance(part, dict) else {} for part in map(head.get, ("term", "dpia", "bureau")))
    last = term.get("until")
    span = _("%(first)s tot en met %(last)s") if last else _("vanaf %(first)s")
    code = str(head.get("contact_point") or "")
    lines = [
        (_("Versie"), str(page.number or "")),
        (_("Wettelijk kader"), label("regime", str(head.get("regime") or ""))),
        (_("Looptijd"), span % {"first": _day(term.get("from")), "last": _day(last)} if term.get("from") else ""),
        (_("DPIA"), " · ".join(_day(part) for part in (dpia.get("ref"), dpia.get("review")) if part)),
        (_("Contactpunt"), label("agency_type", code) if code else ""),
        (_("Bureau"), label("agency_type", str(bureau["code"])) if bureau.get("code") else ""),
    ]
    return [(name, text) for name, text in lines if text]


def _day(value: Any) -> str:
    """A day as people write it; anything else as it was typed."""
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)
