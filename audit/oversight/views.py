"""The workbench of the privacy officer, and everybody's page of their own look-ups. Rules and entries: looking.py."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import ports
from audit.journal.reading import Officer, admit
from audit.journal.views import shown
from audit.oversight import looking, queries
from audit.oversight.asking import Asked, waiting_for
from audit.oversight.forms import StepForm, WordsForm
from audit.oversight.models import FindingState, Verdict
from audit.oversight.notable import RULES
from audit.oversight.timeline_views import url_of
from audit.oversight.words import REASONS, STATES, VERDICTS
from audit.ports import Sort
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route


def _officer(request: HttpRequest, name: str) -> Officer:
    return admit(getattr(request, "visit", None), route=name)


@route("oversight", shows=Shows.JOURNAL)
@require_safe
@never_cache
def bench(request: HttpRequest) -> HttpResponse:
    """What waits for a judgement: reads per reader, findings, and what other rooms have."""
    officer = _officer(request, "oversight")
    found = looking.bench(officer)
    names = ports.labels_of(
        [ref for group in found.groups for ref in (group.actor_ref, group.agency_ref)]
        + [ref for line in (*found.findings, *found.closed) for ref in (line.actor_ref, line.agency_ref)]
        + [ref for one in found.waiting for ref in (one.who, one.agency, one.case)]
    )
    mine = officer.visitor.actor_ref
    context = {
        "groups": [_group(group, names, mine=group.actor_ref == mine) for group in found.groups],
        "findings": [_finding(line, names) for line in found.findings],
        "closed": [_finding(line, names) for line in found.closed],
        "waiting": [{"what": one, "who": names.get(one.who, ""), "agency": names.get(one.agency, ""),
                     "case": names.get(one.case, "")} for one in found.waiting],
        "rules": [{"rule": rule, "precision": found.precision[code]} for code, rule in RULES.items()],
        "unexplained": found.unexplained,
        "integrity": found.integrity,
    }  # fmt: skip
    return render(request, "audit/oversight/bench.html", context)


def _group(group: queries.Group, names: dict[str, str], *, mine: bool) -> dict[str, Any]:
    return {
        "group": group,
        "actor": names.get(group.actor_ref, group.actor_ref),
        "agency": names.get(group.agency_ref, group.agency_ref),
        "hits": [{"hit": hit, "rule": RULES[hit.rule]} for hit in group.hits],
        "url": "" if mine else reverse("oversight_reader", args=[group.agency_ref, group.actor_ref]),
        "timeline_url": url_of(Sort.READER, group.actor_ref),
    }


def _finding(line: queries.FindingLine, names: dict[str, str]) -> dict[str, Any]:
    return {
        "line": line,
        "actor": names.get(line.actor_ref, line.actor_ref),
        "agency": names.get(line.agency_ref, line.agency_ref),
        "state": STATES[line.state],
        "url": reverse("oversight_finding", args=[line.uid]),
    }


@route("oversight_reader", shows=Shows.JOURNAL)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reader(request: HttpRequest, agency: str, actor: str) -> HttpResponse:
    """The reads to judge of one reader; a post takes them into a finding."""
    officer = _officer(request, "oversight_reader")
    if request.method == "POST":
        uid = looking.open_finding(officer, agency_ref=agency, actor_ref=actor)
        messages.success(request, _("De bevinding is geopend."))
        return HttpResponseRedirect(reverse("oversight_finding", args=[uid]))
    reads = looking.reader(officer, agency_ref=agency, actor_ref=actor)
    names = ports.labels_of([actor, agency])
    context = {
        "actor": names.get(actor, actor),
        "agency": names.get(agency, agency),
        "reads": reads_shown(reads),
        "timeline_url": url_of(Sort.READER, actor),
        "crumbs": [_crumb()],
    }
    return render(request, "audit/oversight/reader.html", context)


@route("oversight_finding", shows=Shows.JOURNAL)
@require_safe
@never_cache
def finding(request: HttpRequest, uid: str) -> HttpResponse:
    """One finding: its reads, its life, and the next step."""
    found = looking.finding(_officer(request, "oversight_finding"), uid)
    return _finding_page(request, found, StepForm(now=found.line.state), status=200)


@route("oversight_step", shows=Shows.JOURNAL)
@require_POST
@never_cache
def step(request: HttpRequest, uid: str) -> HttpResponse:
    """Take a step; the page again, with what was typed, when it does not fit."""
    officer = _officer(request, "oversight_step")
    found = looking.finding(officer, uid)
    form = StepForm(request.POST, now=found.line.state)
    if form.is_valid():
        given = form.cleaned_data
        try:
            looking.take_step(
                officer, uid, state=FindingState(given["state"]), verdict=Verdict(given["verdict"]),
                reason=given["reason"],
            )  # fmt: skip
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            messages.success(request, _("De stap is vastgelegd."))
            return HttpResponseRedirect(reverse("oversight_finding", args=[uid]))
    return _finding_page(request, found, form, status=422)


@route("oversight_ask", shows=Shows.JOURNAL)
@require_POST
@never_cache
def ask(request: HttpRequest, uid: str) -> HttpResponse:
    """Ask the reader to explain; the page again, with what was typed, when that cannot be."""
    officer = _officer(request, "oversight_ask")
    found = looking.finding(officer, uid)
    form = _ask_form(request.POST)
    if form.is_valid():
        try:
            looking.ask(officer, uid, text=form.cleaned_data["text"])
        except Invalid as problem:
            form.add_error("text", f"{problem.sentence} {problem.remedy}")
        else:
            messages.success(request, _("De vraag staat in de inbox van de lezer."))
            return HttpResponseRedirect(reverse("oversight_finding", args=[uid]))
    return _finding_page(request, found, StepForm(now=found.line.state), asking=form, status=422)


def _ask_form(data: Any = None) -> WordsForm:
    hint = _("De lezer ziet dit met de eigen inzages erbij. Noem geen personen en niets uit de casus.")
    return WordsForm(data, label=_("Wat wilt u weten?"), hint=hint)


def _finding_page(
    request: HttpRequest, found: queries.FindingOpened, form: StepForm, *, status: int, asking: WordsForm | None = None
) -> HttpResponse:
    line = found.line
    questions = looking.questions_of(found)
    refs = [step.by_ref for step in found.steps] + [asked.by_ref for asked in questions]
    names = ports.labels_of([line.actor_ref, line.agency_ref, *refs])
    is_open = line.state is not FindingState.CLOSED
    may_ask = is_open and all(asked.answered_at for asked in questions)
    context = {
        "finding": _finding(line, names),
        "reads": reads_shown(found.reads),
        "steps": [
            {"step": step, "state": STATES[step.state], "verdict": VERDICTS[step.verdict],
             "by": names.get(step.by_ref, step.by_ref)} for step in found.steps
        ],
        "form": form if is_open else None,
        "questions": [_question(asked, names) for asked in questions],
        "asking": (asking or _ask_form()) if may_ask or asking else None,
        "timeline_url": url_of(Sort.READER, line.actor_ref),
        "crumbs": [_crumb()],
    }  # fmt: skip
    return render(request, "audit/oversight/finding.html", context, status=status)


def _question(asked: Asked, names: dict[str, str]) -> dict[str, Any]:
    return {"asked": asked, "by": names.get(asked.by_ref, asked.by_ref)}


@route("own_lookups", shows=Shows.OWN_ACCOUNT)
@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """What I looked up myself, per day, and why that was my work."""
    visit: Any = getattr(request, "visit", None)
    reads = reads_shown(looking.own(visit, route="own_lookups"))
    days = groupby(reads, key=lambda row: row["read"].line.recorded_at.astimezone(clock.AMSTERDAM).date())
    context = {"days": [(day, list(rows)) for day, rows in days], "questions": waiting_for(visit)}
    return render(request, "audit/oversight/own.html", context)


def reads_shown(reads: Iterable[queries.Read]) -> list[dict[str, Any]]:
    """Reads as _reads.html takes them: with names for references, and reasons and rules in words."""
    reads = tuple(reads)
    lines = shown(read.line for read in reads)
    return [
        {
            "read": read,
            "shown": line,
            "reason": REASONS.get(read.reason, read.reason),
            "rules": [RULES[code] for code in read.rules if code in RULES],
        }
        for read, line in zip(reads, lines, strict=True)
    ]


def _crumb() -> dict[str, str]:
    return {"label": _("Toezicht"), "url": reverse("oversight")}
