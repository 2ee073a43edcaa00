"""Pages on which an article and its rules are changed. Sets, purposes and the head are in views_words.py."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.drafting import editing, preview, queries
from agreements.drafting.answers import ArticleView, DraftPage
from agreements.drafting.forms import ArticleForm, BasedForm
from agreements.drafting.forms_rule import KINDS, RuleForm
from agreements.drafting.pages import article_named, article_then, frame, rule_named, try_edit, visit_of, writable
from agreements.drafting.rule_writing import GRANTS, initial_of, new_rule
from foundation.errors import NotFound
from foundation.routes import Shows, route

_PLACES = {"id": "number", "article": "number", "rule": "kind"}


@route("draft_rule", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """Change a rule, composed from choices, with the sentence as it would read."""
    page = writable(request, uid)
    try:
        article, found = rule_named(request, uid, number)
    except NotFound:
        if request.method != "POST":
            raise
        gone = article_then(number.rpartition(".")[0])
        return _rule_page(request, page, gone, kind=GRANTS, written={}, replaces=number)
    return _rule_page(request, page, article, kind=found.kind, written=dict(found.rule), replaces=number)


@route("draft_rule_add", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def rule_add(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """A new rule in an article; ?soort= says which kind it begins as."""
    page = writable(request, uid)
    article = _article_or_gone(request, uid, number)
    asked = request.GET.get("soort", "")
    kind = asked if asked in dict(KINDS) else GRANTS
    return _rule_page(request, page, article, kind=kind, written={}, replaces="")


@route("draft_rule_remove", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def rule_remove(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """Take out a rule, after a yes."""
    page = writable(request, uid)
    article, found = rule_named(request, uid, number)
    return remove_page(
        request,
        page,
        operation=partial(editing.remove_rule, number=number),
        title=_("Regel %(nr)s verwijderen") % {"nr": number},
        intro=found.words.sentence if found.words else "",
        label=_("Verwijder regel %(nr)s") % {"nr": number},
        back=f"{reverse('draft', args=[uid])}#art-{article.number}",
    )


@route("draft_article", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """Change the title and text of an article."""
    page = writable(request, uid)
    found = _article_or_gone(request, uid, number)
    initial = {
        "base_revision": page.revision,
        "title": found.title,
        "body": found.text,
        "basis": ", ".join(found.basis),
        "case_kinds": list(found.case_kinds),
    }
    choices = queries.choices(visit_of(request), uid)
    form = ArticleForm(request.POST or None, choices=choices, is_new=False, initial=initial)
    back = f"{reverse('draft', args=[uid])}#art-{number}"
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        operation = partial(
            editing.set_article, number=number, title=data["title"], body=data["body"], more=form.more()
        )
        answer = try_edit(request, uid, operation, form=form, done=back)
        if answer is not None:
            return answer
    title = _("Artikel %(nr)s wijzigen") % {"nr": number}
    context = {
        **frame(page, active="text", here=title),
        "form": form,
        "title": title,
        "back": back,
        "remove_url": reverse("draft_article_remove", args=[uid, number]),
        "remove_label": _("Verwijder artikel %(nr)s met zijn regels") % {"nr": number},
    }
    return render(request, "agreements/drafting/form.html", context, status=422 if form.errors else 200)


@route("draft_article_add", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def article_add(request: HttpRequest, uid: Any) -> HttpResponse:
    """A new article."""
    page = writable(request, uid)
    choices = queries.choices(visit_of(request), uid)
    initial = {"base_revision": page.revision}
    form = ArticleForm(request.POST or None, choices=choices, is_new=True, initial=initial)
    back = reverse("draft", args=[uid])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        operation = partial(
            editing.add_article, number=data["number"], title=data["title"], body=data["body"], after=data["after"]
        )
        done = f"{back}#art-{data['number']}" if data["number"] else f"{back}#artikelen-eind"
        answer = try_edit(request, uid, operation, form=form, done=done)
        if answer is not None:
            return answer
    title = _("Nieuw artikel")
    context = {**frame(page, active="text", here=title), "form": form, "title": title, "back": back}
    return render(request, "agreements/drafting/form.html", context, status=422 if form.errors else 200)


@route("draft_article_remove", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def article_remove(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """Take out an article with its rules, after a yes."""
    page = writable(request, uid)
    found = article_named(request, uid, number)
    n = len(found.rules)
    intro = _("Artikel %(nr)s, “%(title)s”, verdwijnt uit het concept, met %(n)d regels.")
    return remove_page(
        request,
        page,
        operation=partial(editing.remove_article, number=number),
        title=_("Artikel %(nr)s verwijderen") % {"nr": number},
        intro=intro % {"nr": number, "title": found.title, "n": n},
        label=_("Verwijder artikel %(nr)s") % {"nr": number},
        back=reverse("draft", args=[uid]),
    )


def remove_page(
    request: HttpRequest, page: DraftPage, *, operation: Any, title: str, intro: str, label: str, back: str
) -> HttpResponse:
    """Ask, and take something out of the text. What is saved before stays among the revisions."""
    form = BasedForm(request.POST or None, initial={"base_revision": page.revision})
    if request.method == "POST" and form.is_valid():
        answer = try_edit(request, page.uid, operation, form=form, done=reverse("draft", args=[page.uid]))
        if answer is not None:
            return answer
    context = {
        **frame(page, active="text", here=title),
        "form": form,
        "title": title,
        "intro": intro,
        "label": label,
        "back": back,
    }
    return render(request, "agreements/drafting/remove.html", context, status=422 if form.errors else 200)


def _article_or_gone(request: HttpRequest, uid: Any, number: str) -> ArticleView:
    """The article; when something was typed for one that has just gone, still the place where it was."""
    try:
        return article_named(request, uid, number)
    except NotFound:
        if request.method != "POST":
            raise
        return article_then(number)


def _rule_page(
    request: HttpRequest, page: DraftPage, article: ArticleView, *, kind: str, written: dict[str, Any], replaces: str
) -> HttpResponse:
    begun = initial_of(kind, written or new_rule(kind), purposes=page.purposes)
    form = RuleForm(
        request.POST or None,
        choices=queries.choices(visit_of(request), page.uid),
        article=article.number,
        written=written,
        initial={**begun, "base_revision": page.revision},
    )
    back = f"{reverse('draft', args=[page.uid])}#art-{replaces or article.number}"
    asks_only = "toon" in request.POST
    valid = form.is_bound and form.is_valid()
    if valid and not asks_only:
        operation = partial(
            editing.put_rule,
            article=article.number,
            kind=form.cleaned_data["kind"],
            rule=form.rule(),
            replaces=replaces,
        )
        answer = try_edit(request, page.uid, operation, form=form, done=back, places=_PLACES)
        if answer is not None:
            return answer
    sentence = _sentence(page, article, form, kind, written)
    if asks_only and request.headers.get("HX-Request"):
        return render(request, "agreements/drafting/_sentence.html", {"words": sentence})
    title = _("Regel %(nr)s wijzigen") % {"nr": replaces} if replaces else _("Nieuwe regel bij artikel %(nr)s") % {
        "nr": article.number
    }  # fmt: skip
    context = {
        **frame(page, active="text", here=title),
        "form": form,
        "title": title,
        "article": article,
        "words": sentence,
        "back": back,
        "remove_url": reverse("draft_rule_remove", args=[page.uid, replaces]) if replaces else "",
        "purposes_url": reverse("draft_purpose_add", args=[page.uid]),
    }
    status = 422 if form.errors and not asks_only else 200
    return render(request, "agreements/drafting/rule.html", context, status=status)


def _sentence(page: DraftPage, article: ArticleView, form: RuleForm, kind: str, written: dict[str, Any]) -> Any:
    """The rule as it would read: what stands in the form now, or the rule as it is."""
    rule = form.rule() if form.is_bound else written
    place = form.cleaned_data.get("kind", kind) if form.is_bound else kind
    return preview.in_words(
        place, rule, article=article.number, purposes=page.purposes, sets=page.sets, case_kinds=article.case_kinds
    )
