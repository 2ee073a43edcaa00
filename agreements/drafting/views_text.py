"""Pages of the text as a whole: the YAML with its findings, and what changed from one saved text to the next."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agreements.drafting import commands, queries
from agreements.drafting.errors import EditConflict
from agreements.drafting.forms import TextForm
from agreements.drafting.merging import line_changes
from agreements.drafting.pages import conflict, diff_rows, frame, put_error, visit_of, writable
from foundation.errors import Invalid, NotFound
from foundation.routes import Shows, route


@route("draft_yaml", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def as_yaml(request: HttpRequest, uid: Any) -> HttpResponse:
    """The whole text, to read or to change. It is kept as typed; what is wrong in it is listed with its line."""
    visit = visit_of(request)
    page = writable(request, uid) if request.method == "POST" else queries.draft_page(visit, uid)
    form = TextForm(request.POST or None, initial={"base_revision": page.revision, "text": page.text})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = commands.save_text(
                visit, uid, text=data["text"], base_revision=data["base_revision"], note=data["note"]
            )
        except EditConflict as problem:
            return conflict(request, uid, problem, base=data["base_revision"])
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("Bewaard als tekst %(n)d.") % {"n": saved.revision})
            return redirect("draft_yaml", uid=uid)
    text = str(form["text"].value() or "")
    context = {
        **frame(page, active="text", here=_("Als YAML")),
        "form": form,
        "text": text,
        "lines": range(1, text.count("\n") + 2),
        "found": queries.findings_of(visit, uid),
    }
    return render(request, "agreements/drafting/yaml.html", context, status=422 if form.errors else 200)


@route("draft_revision", shows=Shows.RULES)
@never_cache
@require_safe
def revision(request: HttpRequest, uid: Any, number: int) -> HttpResponse:
    """What one saved text changed, by line, beside the one before it."""
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    if not 1 <= number <= page.revision:
        raise NotFound(_("Deze bewaarde tekst bestaat niet."), remedy=_("Kies er een uit de lijst."))
    text = queries.revision_text(visit, uid, number)
    before = queries.revision_text(visit, uid, number - 1) if number > 1 else ""
    lines = queries.revisions_of(visit, uid)
    title = _("Tekst %(n)d") % {"n": number}
    context = {
        **frame(page, active="course", here=title),
        "title": title,
        "line": next(item for item in lines if item.number == number),
        "rows": diff_rows(line_changes(before, text)),
        "before": number - 1,
        "earlier_url": reverse("draft_revision", args=[uid, number - 1]) if number > 1 else "",
        "later_url": reverse("draft_revision", args=[uid, number + 1]) if number < page.revision else "",
    }
    return render(request, "agreements/drafting/revision.html", context)
