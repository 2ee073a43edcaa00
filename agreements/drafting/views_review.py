"""Pages on which a draft is weighed: the findings with their answers, and the remarks of those who would sign."""

import json
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.drafting import commands, queries
from agreements.drafting.answers import FindingView, Option, RemarkView
from agreements.drafting.forms import AnswerForm, RemarkForm, ReplyForm
from agreements.drafting.pages import frame, put_error, visit_of
from foundation.errors import Invalid, NotFound
from foundation.routes import Shows, route


@route("draft_findings", shows=Shows.RULES)
@never_cache
@require_safe
def findings(request: HttpRequest, uid: Any) -> HttpResponse:
    """Errors and warnings by article: where, why, and the mend."""
    return _findings_page(request, uid)


@route("draft_finding_answer", shows=Shows.RULES)
@require_POST
def finding_answer(request: HttpRequest, uid: Any) -> HttpResponse:
    """Say why a warning is left as it is."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        code, article, message = form.cleaned_data["finding"]
        try:
            commands.answer_finding(
                visit_of(request), uid, code=code, article=article, message=message, text=form.cleaned_data["text"]
            )
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("Uw antwoord staat bij de waarschuwing."))
            return redirect("draft_findings", uid=uid)
    return _findings_page(request, uid, sent=form)


@route("draft_remarks", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def remarks(request: HttpRequest, uid: Any) -> HttpResponse:
    """The remarks by article, open ones first, and a new one."""
    visit = visit_of(request)
    initial = {"article": request.GET.get("artikel", "")}
    form = RemarkForm(request.POST or None, articles=_places(request, uid), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.add_remark(visit, uid, article=data["article"], text=data["text"])
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("Uw opmerking staat erbij."))
            return redirect("draft_remarks", uid=uid)
    return _remarks_page(request, uid, form=form)


@route("draft_remark_answer", shows=Shows.RULES)
@require_POST
def remark_answer(request: HttpRequest, uid: Any, remark: Any) -> HttpResponse:
    """Answer a remark: what was changed, or why not."""
    _check_here(request, uid, remark)
    form = ReplyForm(request.POST, auto_id=_reply_id(remark))
    if form.is_valid():
        try:
            commands.resolve_remark(visit_of(request), remark, answer=form.cleaned_data["answer"])
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("De opmerking is beantwoord."))
            return redirect("draft_remarks", uid=uid)
    return _remarks_page(request, uid, form=None, replies={str(remark): form})


@route("draft_remark_reopen", shows=Shows.RULES)
@require_POST
def remark_reopen(request: HttpRequest, uid: Any, remark: Any) -> HttpResponse:
    """Say that the answer does not settle it."""
    _check_here(request, uid, remark)
    try:
        commands.reopen_remark(visit_of(request), remark)
    except Invalid as problem:
        messages.error(request, f"{problem.sentence} {problem.remedy}".strip())
    else:
        messages.success(request, _("De opmerking staat weer open."))
    return redirect("draft_remarks", uid=uid)


def _check_here(request: HttpRequest, uid: Any, remark: Any) -> None:
    if str(remark) not in {item.uid for item in queries.remarks_of(visit_of(request), uid)}:
        raise NotFound(_("Deze opmerking staat niet bij dit concept."), remedy=_("Bekijk de lijst opnieuw."))


def _places(request: HttpRequest, uid: Any) -> list[Option]:
    words = _("artikel %(nr)s %(title)s")
    return [
        Option(code=item.code, label=(words % {"nr": item.code, "title": item.label}).strip())
        for item in queries.choices(visit_of(request), uid).articles
    ]


def _findings_page(request: HttpRequest, uid: Any, *, sent: AnswerForm | None = None) -> HttpResponse:
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    found = queries.findings_of(visit, uid)
    articles = queries.articles_of(visit, uid)
    order = {item.number: place for place, item in enumerate(articles, start=1)}
    rules = {rule.number for item in articles for rule in item.rules}
    titles = {item.number: item.title for item in articles}
    items = sorted(found.findings, key=lambda item: order.get(_article_of(item.article), 0))
    groups = []
    place = 0
    for number, group in groupby(items, key=lambda item: _known(_article_of(item.article), order)):
        rows = []
        for item in group:
            place += 1
            rows.append(_finding(uid, item, place, rules, order, sent))
        groups.append({"number": number, "title": titles.get(number, ""), "rows": rows})
    context = {**frame(page, active="findings"), "found": found, "groups": groups, "sent": sent}
    return render(request, "agreements/drafting/findings.html", context, status=422 if sent else 200)


def _finding(
    uid: Any, item: FindingView, place: int, rules: set[str], order: dict[str, int], sent: AnswerForm | None
) -> dict[str, Any]:
    """A finding with the ways to its place, and the form in which its warning is answered."""
    name = [item.code, item.article, item.message]
    form = AnswerForm(
        auto_id=f"id_{place}_%s", initial={"finding": json.dumps(name, ensure_ascii=False), "text": item.answer}
    )
    if sent is not None and sent.data.get("finding") == form["finding"].value():
        sent.auto_id, form = f"id_{place}_%s", sent
    mend = ""
    if item.article in rules:
        mend = reverse("draft_rule", args=[uid, item.article])
    elif item.article in order:
        mend = reverse("draft_article", args=[uid, item.article])
    elif item.code in _ABOUT_PARTIES:
        mend = f"{reverse('draft_course', args=[uid])}#partijen"
    line = f"{reverse('draft_yaml', args=[uid])}#regel-{item.line}" if item.line else ""
    return {"item": item, "form": form, "mend_url": mend, "line_url": line, "is_error": item.severity == "error"}


def _remarks_page(
    request: HttpRequest, uid: Any, *, form: RemarkForm | None, replies: dict[str, ReplyForm] | None = None
) -> HttpResponse:
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    rows = [_remark(item, (replies or {}).get(item.uid)) for item in queries.remarks_of(visit, uid)]
    context = {
        **frame(page, active="remarks"),
        "open": [row for row in rows if not row["item"].resolved],
        "settled": [row for row in rows if row["item"].resolved],
        "form": form or RemarkForm(articles=_places(request, uid)),
    }
    failed = (form and form.errors) or replies
    return render(request, "agreements/drafting/remarks.html", context, status=422 if failed else 200)


def _remark(item: RemarkView, sent: ReplyForm | None) -> dict[str, Any]:
    return {"item": item, "form": sent or ReplyForm(auto_id=_reply_id(item.uid), initial={"answer": item.answer})}


def _reply_id(uid: Any) -> str:
    return f"id_{uid}_%s"


_ABOUT_PARTIES = frozenset({"party_without_agency"})


def _article_of(number: str) -> str:
    return number.split(".", 1)[0]


def _known(number: str, order: dict[str, int]) -> str:
    """An article that is there, else "" for the whole."""
    return number if number in order else ""
