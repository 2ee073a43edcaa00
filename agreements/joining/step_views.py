"""The pages of steps on a covenant as a whole: what it brings about, the form, a confirmation, and the step itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.joining import commands, consequences, forms
from agreements.joining.commands.shared import look_at
from agreements.joining.consequences import Consequence
from agreements.joining.notice import earliest_last_day
from agreements.joining.sealing import seal_here
from agreements.joining.situation import Situation
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from agreements.parties.signin import check_strong_and_fresh
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route

Given = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One step as a page. title and button say what happens; told: the consequences of what was filled in."""

    step: Step
    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[[Situation, QueryDict | None], Form]
    told: Callable[[Situation, Visit, Given], tuple[Consequence, ...]]
    act: Callable[[Visit, str, Given], object]


def _earliest(situation: Situation) -> date:
    return earliest_last_day(situation.ruling()[1], today=clock.today())


_WITHDRAW = Flow(
    step=Step.WITHDRAW,
    title=_("Zeg het convenant op"),
    lead=_("Uw organisatie verlaat dit convenant. Tot de laatste dag verandert er niets, en kunt u terugkomen."),
    button=_("Zeg op"),
    done=_("De opzegging staat vast. U kunt haar intrekken tot zij ingaat."),
    form=lambda situation, data: forms.WithdrawalForm(data, earliest=_earliest(situation)),
    told=lambda situation, visit, given: consequences.of_withdrawal(
        situation, visit.agency, given.get("last_day") or _earliest(situation)
    ),
    act=lambda visit, code, given: commands.withdraw(visit, code, reason=given["reason"], last_day=given["last_day"]),
)
_REVOKE = Flow(
    step=Step.REVOKE,
    title=_("Trek de opzegging in"),
    lead=_("Uw organisatie blijft partij bij dit convenant."),
    button=_("Trek de opzegging in"),
    done=_("De opzegging is ingetrokken. Uw organisatie blijft partij."),
    form=lambda situation, data: forms.ReasonForm(data),
    told=lambda situation, visit, given: consequences.of_staying(visit.agency),
    act=lambda visit, code, given: commands.revoke(visit, code, reason=given["reason"]),
)
_SUSPEND = Flow(
    step=Step.SUSPEND,
    title=_("Schort het convenant op"),
    lead=_("Een noodrem: zolang het convenant is opgeschort, leest niemand er iets onder."),
    button=_("Schort op"),
    done=_("Het convenant wordt opgeschort."),
    form=lambda situation, data: forms.SuspensionForm(data),
    told=lambda situation, visit, given: consequences.of_suspension(
        situation, starts=given.get("starts"), ends=given.get("ends")
    ),
    act=lambda visit, code, given: commands.suspend(
        visit, code, reason=given["reason"], starts=given["starts"], ends=given["ends"]
    ),
)
_RESUME = Flow(
    step=Step.RESUME,
    title=_("Hervat het convenant"),
    lead=_("De opschorting eindigt. Wie iets mag lezen, leest het weer."),
    button=_("Hervat"),
    done=_("Het convenant geldt weer."),
    form=lambda situation, data: forms.ReasonForm(data),
    told=lambda situation, visit, given: consequences.of_resumption(situation),
    act=lambda visit, code, given: commands.resume(visit, code, reason=given["reason"]),
)
_END = Flow(
    step=Step.END,
    title=_("Stel voor om het convenant te beëindigen"),
    lead=_(
        "Vóór het einde van de looptijd eindigt een convenant alleen als de verwerkingsverantwoordelijken instemmen."
    ),
    button=_("Stel beëindiging voor"),
    done=_("Het voorstel ligt bij de partijen. Met de laatste instemming staat het einde vast."),
    form=lambda situation, data: forms.EndingForm(data),
    told=lambda situation, visit, given: consequences.of_ending(
        situation, last_day=given.get("last_day"), by_id=visit.agency.id
    ),
    act=lambda visit, code, given: commands.propose_ending(
        visit, code, reason=given["reason"], last_day=given["last_day"]
    ),
)
_ACCEDE = Flow(
    step=Step.ACCEDE,
    title=_("Vraag toetreding"),
    lead=_("U tekent de versie die nu geldt. Uw handtekening telt zodra de partijen instemmen."),
    button=_("Teken en vraag toetreding"),
    done=_("De vraag om toetreding is getekend en ligt bij de partijen."),
    form=lambda situation, data: forms.AccessionForm(data, needs_advice=situation.ruling()[1].joining.rac_advice),
    told=lambda situation, visit, given: consequences.of_accession(
        situation, visit.agency, first_day=given.get("first_day")
    ),
    act=lambda visit, code, given: commands.ask_accession(
        visit,
        code,
        asked=commands.Asked(
            mandate=given["mandate"],
            reason=given["reason"],
            advice=given.get("advice", ""),
            first_day=given["first_day"],
        ),
        seal=seal_here,
    ),
)


@route("joining_withdraw", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Give notice for one's own agency."""
    return _step(request, code, _WITHDRAW)


@route("joining_revoke", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Take back the notice of one's own agency."""
    return _step(request, code, _REVOKE)


@route("joining_suspend", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, code: str) -> HttpResponse:
    """Suspend the covenant as a whole."""
    return _step(request, code, _SUSPEND)


@route("joining_resume", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Resume a suspended covenant."""
    return _step(request, code, _RESUME)


@route("joining_end", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def propose_ending(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to end the covenant before its term."""
    return _step(request, code, _END)


@route("joining_accede", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def accede(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that one's own agency becomes a party."""
    return _step(request, code, _ACCEDE)


def _step(request: HttpRequest, code: str, flow: Flow) -> HttpResponse:
    """The form; what was filled in with its consequences, to confirm; or the step itself."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    situation, _motion = look_at(visit, code, step=flow.step)
    check_strong_and_fresh(request)
    form = flow.form(situation, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, flow, situation, form, {})
    if not form.is_valid():
        return _page(request, flow, situation, form, {}, status=422)
    given = form.cleaned_data
    if "bevestigd" not in request.POST:
        back = "wijzig" in request.POST
        return _page(request, flow, situation, form, given, confirms=not back)
    try:
        flow.act(visit, code, given)
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else None, f"{problem.sentence} {problem.remedy}")
        return _page(request, flow, situation, form, given, status=problem.status)
    messages.success(request, str(flow.done))
    return redirect("joining", code)


def _page(
    request: HttpRequest,
    flow: Flow,
    situation: Situation,
    form: Form,
    given: Given,
    *,
    confirms: bool = False,
    status: int = 200,
) -> HttpResponse:
    visit: Visit = request.visit  # type: ignore[attr-defined]
    context = {
        "flow": flow,
        "form": form,
        "confirms": confirms,
        "shown": [(field.label, _said(given.get(field.name))) for field in form] if confirms else [],
        "told": flow.told(situation, visit, given),
        "situation": situation,
        "signs": flow.step is Step.ACCEDE,
        "crumbs": _crumbs(situation, visit),
        "back": _back(situation, visit),
    }
    return render(request, "agreements/joining/step.html", context, status=status)


def _said(value: object) -> str:
    """What was filled in, as people read it."""
    if isinstance(value, datetime):
        return date_format(value.astimezone(clock.AMSTERDAM), "DATETIME_FORMAT")
    return date_format(value) if isinstance(value, date) else str(value or "")


def _crumbs(situation: Situation, visit: Visit) -> list[dict[str, str]]:
    crumbs = [{"label": _now("Convenanten"), "url": reverse("covenant_list")}]
    if situation.party(visit.agency.id):
        crumbs.append({"label": situation.covenant.code, "url": _back(situation, visit)})
    return crumbs


def _back(situation: Situation, visit: Visit) -> str:
    if situation.party(visit.agency.id):
        return reverse("joining", args=[situation.covenant.code])
    return reverse("covenant_list")
