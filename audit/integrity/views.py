"""The page Integrity of the privacy officer. Every rule and every entry is made in looking.py and commands.py."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit import ports
from audit.integrity import commands, looking, words
from audit.integrity.bundles import VERIFIER, as_zip
from audit.integrity.forms import VerificationForm
from audit.integrity.models import Bundle, BundleState, Outcome
from audit.journal.reading import Officer, admit
from audit.pruning import commands as pruning
from audit.pruning.models import PruneRun
from audit.sealing.state import State, state
from foundation.errors import Invalid, Problem
from foundation.routes import Shows, route


def _officer(request: HttpRequest, name: str) -> Officer:
    return admit(getattr(request, "visit", None), route=name)


@route("integrity", shows=Shows.JOURNAL)
@require_safe
@never_cache
def integrity(request: HttpRequest) -> HttpResponse:
    """How the log stands, bundles, checks and pruning."""
    return _page(request, _officer(request, "integrity"), VerificationForm(), status=200)


@route("integrity_live", shows=Shows.JOURNAL)
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The log's state anew, for a page that is open: nothing of any entry, so it is no look of its own."""
    officer = _officer(request, "integrity_live")
    context = {**_standing(state()), **_bundles(looking.bundles_of(officer)), "oob": True}
    return render(request, "audit/integrity/_live.html", context)


@route("integrity_bundle_order", shows=Shows.JOURNAL)
@require_POST
@never_cache
def order(request: HttpRequest) -> HttpResponse:
    """Ask for a bundle."""
    commands.order_bundle(_officer(request, "integrity_bundle_order"))
    messages.success(request, _("De bundel wordt gemaakt. Ververs deze pagina over een paar seconden."))
    return HttpResponseRedirect(reverse("integrity") + "#bundel")


@route("integrity_bundle", shows=Shows.JOURNAL)
@require_safe
@never_cache
def bundle(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The zip file of a bundle."""
    officer = _officer(request, "integrity_bundle")
    ports.check_fresh(request)
    return as_zip(request, *commands.fetch_bundle(officer, uid))


@route("integrity_verifier", shows=Shows.JOURNAL)
@require_safe
@never_cache
def verifier(request: HttpRequest) -> HttpResponse:
    """The verifier, one file of Python."""
    _officer(request, "integrity_verifier")
    headers = {"Content-Disposition": 'attachment; filename="verifier.py"'}
    return HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8", headers=headers)


@route("integrity_verified", shows=Shows.JOURNAL)
@require_POST
@never_cache
def verified(request: HttpRequest) -> HttpResponse:
    """Report what the verifier said; the page again, with what was typed, when it does not fit."""
    officer = _officer(request, "integrity_verified")
    form = VerificationForm(request.POST)
    if form.is_valid():
        try:
            commands.record_verification(officer, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("De controle is vastgelegd."))
            return HttpResponseRedirect(reverse("integrity") + "#controles")
    return _page(request, officer, form, status=422)


@route("prune_propose", shows=Shows.JOURNAL)
@require_POST
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """Propose to prune what is past its term."""
    officer = _officer(request, "prune_propose")
    try:
        pruning.propose(officer)
    except Invalid as problem:
        return _page(request, officer, VerificationForm(), status=422, problem=problem)
    messages.success(request, _("Het voorstel staat klaar. Een andere privacy officer keurt het goed."))
    return HttpResponseRedirect(reverse("integrity") + "#opschonen")


@route("prune_approve", shows=Shows.JOURNAL)
@require_POST
@never_cache
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve what another officer proposed."""
    officer = _officer(request, "prune_approve")
    try:
        pruning.approve(officer, uid)
    except Invalid as problem:
        return _page(request, officer, VerificationForm(), status=422, problem=problem)
    messages.success(request, _("Goedgekeurd. De beheerder voert het uit met manage.py prune_journal --run."))
    return HttpResponseRedirect(reverse("integrity") + "#opschonen")


def _page(
    request: HttpRequest, officer: Officer, form: VerificationForm, *, status: int, problem: Problem | None = None
) -> HttpResponse:
    found = looking.integrity(officer)
    me = officer.visitor.actor_ref
    refs = [ref for one in found.verifications for ref in (one.recorded_by, one.agency_ref)]
    refs += [ref for run in found.runs for ref in (run.proposed_by, run.approved_by)]
    names = ports.labels_of(refs)
    context = {
        **_standing(found.state),
        **_bundles(found.bundles),
        "flaws": [
            {"flaw": flaw, "kind": words.FLAWS[flaw.kind], "url": _entry_url(flaw.entry_uid)}
            for flaw in found.state.newest_flaws
        ],
        "whole": officer.scope is None,
        "verifications": [
            {"one": one, "outcome": Outcome(one.outcome).label, "by": names.get(one.recorded_by, ""),
             "agency": names.get(one.agency_ref, ""), "fine": one.outcome == Outcome.VERIFIED and one.matches}
            for one in found.verifications
        ],
        "due": found.due,
        "runs": [_run(run, names, me) for run in found.runs],
        "may_propose": found.may_propose and all(run.done_at for run in found.runs),
        "form": form,
        "problem": problem,
    }  # fmt: skip
    return render(request, "audit/integrity/page.html", context, status=status)


def _standing(found: State) -> dict[str, Any]:
    return {
        "state": found,
        "lag": words.lag(found),
        "alarm_after": settings.SEAL_LAG_ALARM_SECONDS,
        "witnesses": words.witnesses(found),
        "checkpoint_age": words.age_of(found.checkpoint.sealed_at) if found.checkpoint else "",
        "root": found.root.hex(),
        "live": reverse("integrity_live"),
    }


def _bundles(found: Iterable[Bundle]) -> dict[str, Any]:
    shown = [
        {"bundle": one, "state": BundleState(one.state).label, "ready": one.state == BundleState.DONE} for one in found
    ]
    return {"bundles": shown, "hours": settings.BUNDLE_HOURS}


def _run(run: PruneRun, names: dict[str, str], me: str) -> dict[str, Any]:
    batches = list(run.batches.all())
    return {
        "run": run,
        "proposed_by": names.get(run.proposed_by, ""),
        "approved_by": names.get(run.approved_by, ""),
        "entries": sum(one.entries for one in batches),
        "approve": "" if run.approved_at or run.proposed_by == me else reverse("prune_approve", args=[run.uid]),
    }


def _entry_url(uid: UUID | None) -> str:
    return reverse("journal_entry", args=[uid.hex]) if uid else ""
