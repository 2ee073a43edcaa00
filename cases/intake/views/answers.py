"""The message to who reported a signal, after triage."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.casework.views.frame import reading_of
from cases.intake import answering, pages
from foundation.routes import Shows, route


@route("signal_answer", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """That the signal was judged, for its reporter alone; POST: they have read it, and it leaves the inbox."""
    reading = reading_of(request, route="signal_answer", event="signal.answer")
    if request.method == "POST":
        answering.note_heard(reading, number)
        return redirect("inbox")
    found = answering.judged(reading, number)
    context = {
        "number": found.number,
        "kind_label": pages.kind_label(reading.policy.catalogue, found.kind),
        "received_at": found.received_at,
        "judged_at": found.judged_at,
        "heard": found.heard,
        "case": {"number": found.case, "url": reverse("case", args=[found.case])} if found.case else None,
    }
    return render(request, "cases/intake/answer.html", context)
