"""What the pages about one draft share: its head, its tabs, the way an edit is tried, and the page of a conflict."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.covenants.tabs import draft_tabs
from agreements.drafting import commands, queries
from agreements.drafting.answers import ArticleView, DraftPage, RuleView
from agreements.drafting.editing import Edited
from agreements.drafting.errors import EditConflict
from agreements.drafting.merging import line_changes
from agreements.drafting.models import DraftState
from agreements.drafting.rights import check_may_write, draft_for
from agreements.parties.reader import Visit
from foundation.errors import Invalid, NotFound

TONES = {
    DraftState.DRAFT: "info",
    DraftState.CONSULTATION: "new",
    DraftState.FOR_SIGNATURE: "warn",
    DraftState.ADOPTED: "ok",
    DraftState.DROPPED: "",
}
ICONS = {
    DraftState.DRAFT: "pencil",
    DraftState.CONSULTATION: "message-question",
    DraftState.FOR_SIGNATURE: "signature",
    DraftState.ADOPTED: "circle-check",
    DraftState.DROPPED: "ban",
}


def visit_of(request: HttpRequest) -> Visit:
    """Who is here; the middleware has led away who is not."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit


def badge(state: str, label: str) -> dict[str, str]:
    """A state as a badge."""
    known = DraftState(state)
    return {"label": label, "tone": TONES[known], "icon": ICONS[known]}


def frame(page: DraftPage, *, active: str, here: str = "") -> dict[str, Any]:
    """What _frame.html needs. active: the tab; here: what a page below that tab is called."""
    uid = page.uid
    crumbs = [
        {"label": _("Convenanten"), "url": reverse("covenant_list")},
        {"label": _("Concepten"), "url": reverse("draft_list")},
    ]
    if here:
        crumbs.append({"label": page.title, "url": reverse("draft", args=[uid])})
    return {
        "page": page,
        "badge": badge(page.state, page.state_label),
        "crumbs": crumbs,
        "here": here,
        "tabs": draft_tabs(uid, active=active),
    }


def writable(request: HttpRequest, uid: Any) -> DraftPage:
    """The draft, for whoever holds its pen. Raises NotFound, or Refused with who may."""
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    if not page.may_write:
        check_may_write(visit, draft_for(visit, uid))
    return page


def article_named(request: HttpRequest, uid: Any, number: str) -> ArticleView:
    """An article of the draft by its number. Raises NotFound."""
    found = next((item for item in queries.articles_of(visit_of(request), uid) if item.number == number), None)
    if found is None:
        raise NotFound(
            _("Artikel %(nr)s staat niet in dit concept.") % {"nr": number[:20]},
            remedy=_("Misschien is het zojuist verwijderd. Bekijk de lijst van artikelen."),
        )
    return found


def rule_named(request: HttpRequest, uid: Any, number: str) -> tuple[ArticleView, RuleView]:
    """A rule of the draft by its number, with its article. Raises NotFound."""
    for article in queries.articles_of(visit_of(request), uid):
        for rule in article.rules:
            if rule.number == number:
                return article, rule
    raise NotFound(
        _("Regel %(nr)s staat niet in dit concept.") % {"nr": number[:20]},
        remedy=_("Misschien is zij zojuist verwijderd. Bekijk de lijst van artikelen."),
    )


def article_then(number: str) -> ArticleView:
    """An article that somebody took out while another was changing it: only its number is known.

    What that other typed is about the text as they opened it; the page of the conflict shows both.
    """
    return ArticleView(
        number=number, title="", text="", line=0, basis=(), case_kinds=(), terms={}, rules=(), n_findings=0,
        n_open_remarks=0,
    )  # fmt: skip


def try_edit(
    request: HttpRequest,
    uid: Any,
    operation: Callable[[str], Edited],
    *,
    form: forms.Form,
    done: str,
    places: dict[str, str] | None = None,
) -> HttpResponse | None:
    """Do an edit of a valid form: the way on (to `done`) or the page of a conflict; None: an error stands in the form.

    places: the field of the form for a field of the operation, where they differ.
    """
    try:
        draft = commands.edit(
            visit_of(request), uid, operation=operation, base_revision=form.cleaned_data["base_revision"]
        )
    except EditConflict as problem:
        return conflict(request, uid, problem, base=form.cleaned_data["base_revision"])
    except Invalid as problem:
        put_error(form, problem, places=places)
        return None
    messages.success(request, _("Bewaard als tekst %(n)d.") % {"n": draft.revision})
    return redirect(done)


def put_error(form: forms.Form, problem: Invalid, *, places: dict[str, str] | None = None) -> None:
    """The refusal of a command at the field it is about, or above the form."""
    name = (places or {}).get(problem.field, problem.field)
    place = name if name in form.fields and not form.fields[name].widget.is_hidden else None
    form.add_error(place, f"{problem.sentence} {problem.remedy}".strip())


def conflict(request: HttpRequest, uid: Any, problem: EditConflict, *, base: int) -> HttpResponse:
    """Somebody else saved first: their change, what was typed here, and both together. Nothing is overwritten."""
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    opened = queries.revision_text(visit, uid, base)
    context = {
        **frame(page, active="text", here=_("Twee wijzigingen")),
        "problem": problem,
        "theirs": diff_rows(problem.their_changes),
        "mine": diff_rows(line_changes(opened, problem.mine)),
        "save_url": reverse("draft_yaml", args=[page.uid]),
    }
    return render(request, "agreements/drafting/conflict.html", context, status=problem.status)


def diff_rows(changes: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Lines of a difference with the words that say what a sign says."""
    words = {"+": _("erbij"), "-": _("weg"), "…": _("ongewijzigde regels overgeslagen")}
    kinds = {"+": "plus", "-": "min", "…": "gap"}
    shown = {"-": "−"}
    return [
        {"sign": shown.get(sign, sign), "kind": kinds.get(sign, ""), "word": words.get(sign, ""), "line": line}
        for sign, line in changes
    ]
