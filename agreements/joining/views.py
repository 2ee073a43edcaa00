"""The page of parties and term of a covenant, the page of one motion, and what is done there by one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.covenants.badges import badges_of, term_words
from agreements.covenants.tabs import version_tabs
from agreements.joining import commands, consequences, queries, reminders
from agreements.joining.answers import MotionLine, PartiesPage
from agreements.joining.commands.shared import own
from agreements.joining.situation import motion_named
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from agreements.parties.signin import check_strong_and_fresh
from foundation.errors import Invalid
from foundation.routes import Shows, route

_ADDRESSES = {
    Step.WITHDRAW: "joining_withdraw",
    Step.REVOKE: "joining_revoke",
    Step.SUSPEND: "joining_suspend",
    Step.RESUME: "joining_resume",
    Step.END: "joining_end",
}


@route("joining", shows=Shows.RULES)
@never_cache
@require_safe
def parties(request: HttpRequest, code: str) -> HttpResponse:
    """Who is party, for how long, what lies before the parties, and what this visit can do."""
    visit = _visit(request)
    page = queries.parties_page(visit, code)
    context = {
        "page": page,
        "may": [
            {"line": line, "url": reverse(_ADDRESSES[Step(line.step)], args=[code])} for line in page.steps if line.may
        ],
        "may_not": [line for line in page.steps if not line.may],
        **_heading(page, visit.roles),
    }
    return render(request, "agreements/joining/parties.html", context)


@route("joining_motion", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def motion(request: HttpRequest, code: str, uid: Any) -> HttpResponse:
    """A question to the parties: what it brings about, who answered, and one's own answer."""
    visit = _visit(request)
    if request.method != "POST":
        return _motion_page(request, code, uid)
    check_strong_and_fresh(request)
    agrees = request.POST.get("antwoord") == "ja"
    try:
        answered = commands.answer(visit, code, uid=uid, agrees=agrees, reason=request.POST.get("reason", ""))
    except Invalid as problem:
        return _motion_page(request, code, uid, problem=problem)
    if answered.carried_at:
        said = _("U stemde als laatste in. De vraag is aangenomen en uitgevoerd.")
    else:
        said = _("Uw antwoord is vastgelegd.")
    messages.success(request, said)
    return redirect("joining", code)


@route("joining_take_back", shows=Shows.RULES)
@require_POST
def take_back(request: HttpRequest, code: str, uid: Any) -> HttpResponse:
    """Take back one's own question."""
    check_strong_and_fresh(request)
    try:
        commands.take_back(_visit(request), code, uid=uid, reason=request.POST.get("reason", ""))
    except Invalid as problem:
        return _motion_page(request, code, uid, problem=problem)
    messages.success(request, _("De vraag is ingetrokken."))
    # Who asked to accede is nothing to the covenant any more, and has no page of it.
    return redirect("covenant_list")


@route("joining_carry_out", shows=Shows.RULES)
@require_POST
def carry_out(request: HttpRequest, code: str, uid: Any) -> HttpResponse:
    """Carry out a question to which everybody agreed who is still asked."""
    check_strong_and_fresh(request)
    try:
        commands.carry_out(_visit(request), code, uid=uid)
    except Invalid as problem:
        return _motion_page(request, code, uid, problem=problem)
    messages.success(request, _("De vraag is uitgevoerd."))
    return redirect("joining", code)


@route("joining_remind_motion", shows=Shows.RULES)
@require_POST
def remind_motion(request: HttpRequest, code: str, uid: Any) -> HttpResponse:
    """Remind everybody who has yet to answer a question."""
    return _reminded(
        request, redirect("joining_motion", code, uid), lambda visit: reminders.remind_motion(visit, code, uid=uid)
    )


@route("joining_remind_version", shows=Shows.RULES)
@require_POST
def remind_signers(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Remind everybody who has yet to sign a version."""
    return _reminded(
        request,
        redirect("signatures", code, number),
        lambda visit: reminders.remind_signers(visit, code, number=number),
    )


def _reminded(request: HttpRequest, back: HttpResponse, remind: Any) -> HttpResponse:
    try:
        told = remind(_visit(request))
    except Invalid as problem:
        messages.warning(request, f"{problem.sentence} {problem.remedy}")
        return back
    n = len(told)
    messages.success(request, ngettext("%(n)d partij is herinnerd.", "%(n)d partijen zijn herinnerd.", n) % {"n": n})
    return back


def _motion_page(request: HttpRequest, code: str, uid: Any, *, problem: Invalid | None = None) -> HttpResponse:
    visit = _visit(request)
    line = queries.motion_page(visit, code, uid)
    situation = own(visit, code)
    context = {
        "code": code,
        "motion": line,
        "may": {step.step: step for step in line.steps if step.may},
        "may_not": _why_no_answer(line),
        "told": consequences.of_motion(motion_named(situation.covenant, uid), situation)
        if line.state == "open"
        else (),
        "problem": problem,
        "typed": request.POST.get("reason", ""),
        "crumbs": [
            {"label": _("Convenanten"), "url": reverse("covenant_list")},
            {"label": code, "url": reverse("joining", args=[code])},
        ],
    }
    return render(request, "agreements/joining/motion.html", context, status=problem.status if problem else 200)


def _why_no_answer(line: MotionLine) -> Any:
    """Why this visit cannot answer; None when it can."""
    return next((step for step in line.steps if step.step == Step.AGREE and not step.may), None)


def _heading(page: PartiesPage, roles: frozenset[str]) -> dict[str, Any]:
    line = page.covenant
    return {
        "crumbs": [{"label": _("Convenanten"), "url": reverse("covenant_list")}],
        "here": line.code,
        "title": line.title,
        "badges": badges_of(line),
        "facts": [term_words(line.version), line.regime_label],
        "tabs": version_tabs(line.code, line.version.number, active="parties", roles=roles),
        "tabs_label": _("Onderdelen van het convenant"),
    }


def _visit(request: HttpRequest) -> Visit:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit
