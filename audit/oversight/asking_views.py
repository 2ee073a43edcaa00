"""The reader's page of a question about their own reads: what was asked, which reads, and the answer. See asking.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit import ports
from audit.oversight import asking
from audit.oversight.forms import WordsForm
from audit.oversight.views import reads_shown
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("own_question", shows=Shows.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def question(request: HttpRequest, uid: str) -> HttpResponse:
    """Read a question, and answer it once; what was typed stays when it does not fit."""
    visit: Any = getattr(request, "visit", None)
    found = asking.to_explain(visit, uid, route="own_question")
    hint = _("De privacy officer leest dit. Noem geen personen en niets uit de casus.")
    posted = request.method == "POST"
    form = WordsForm(request.POST if posted else None, label=_("Uw uitleg"), hint=hint)
    if posted and form.is_valid():
        try:
            asking.answer(visit, uid, text=form.cleaned_data["text"], route="own_question")
        except Invalid as problem:
            form.add_error("text", f"{problem.sentence} {problem.remedy}")
        else:
            messages.success(request, _("Uw uitleg is verstuurd."))
            return HttpResponseRedirect(reverse("own_question", args=[uid]))
    context = {
        "found": found,
        "by": ports.label_of(found.asked.by_ref),
        "reads": reads_shown(found.reads),
        "form": form if found.asked.answered_at is None and not found.closed else None,
        "crumbs": [{"label": _("Mijn inzages"), "url": reverse("own_lookups")}],
    }
    return render(request, "audit/oversight/question.html", context, status=422 if form.errors else 200)
