"""What the pages of one case share: the reading, the purpose bar, tabs, preview choices."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.covenants.standing import covenant_lines
from cases.casework import pages, purpose
from cases.casework.queries import CaseRow, Opened
from cases.disclosure.answer import Answer
from cases.disclosure.emergency import may_act
from cases.disclosure.preview import live_readers
from cases.disclosure.reading import Reading


def reading_of(request: HttpRequest, *, route: str, event: str) -> Reading:
    """The reading of this request; the middleware has made sure that there is a visit."""
    return Reading.begin(request.visit, route=route, event=event)  # type: ignore[attr-defined]


def bar_for(reading: Reading, answer: Answer) -> dict[str, Any]:
    """The purpose bar of a case page."""
    return pages.purpose_bar(
        answer,
        purpose_label=labels.label("purpose", answer.purpose) if answer.purpose else "",
        covenant_lines=covenant_lines(
            reading.policy, codes=answer.head.covenants, purpose=answer.purpose, at=reading.at
        ),
        change_url=reverse("case_purpose", args=[answer.head.number]),
    )


def tabs(number: str, active: str, phase: str) -> list[dict[str, Any]]:
    """The parts of a case page in this phase."""
    found = [
        ("case", _("Gezamenlijk beeld")),
        ("case_triage", _("Triage")) if phase == "triage" else ("case_plan", _("Plan en acties")),
        ("case_pictures", _("Mensen en plaats")),
        ("case_requests", _("Vragen")),
        ("case_attachments", _("Bijlagen")),
        ("case_extracts", _("Verstrekkingen")),
        ("case_signals", _("Signalen")),
        ("case_timeline", _("Tijdlijn")),
        ("case_participants", _("Deelnemers")),
        ("case_informing", _("Informeren")),
        ("case_rules", _("Wat mag ik hier zien?")),
    ]
    return [
        {"label": label, "url": url, "active": name == active} for name, label in found if (url := _url(name, number))
    ]


def _url(name: str, number: str) -> str:
    # Rooms above this one bring their own pages; a room that has none yet brings no tab.
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


def case_context(reading: Reading, opened: Opened, *, active: str, preview: str = "") -> dict[str, Any]:
    """The context that case_frame.html takes. `preview` is the agency looked through, if any."""
    answer, number = opened.answer, opened.answer.head.number
    parts = tabs(number, active, answer.head.phase)
    head = pages.head_context(answer.head) | {"title": pages.case_title(answer), "tabs": parts}
    bar = bar_for(reading, answer)
    if active != "case":
        # Only the joint picture counts fields; elsewhere the number would be that of the title.
        bar["n_visible"] = None
    context: dict[str, Any] = {"case": head, "bar": bar, "worklist_url": reverse("worklist")}
    if active == "case":
        context["preview_options"] = _preview_options(reading, opened.case, preview)
        context["add_url"] = reverse("contribution_add", args=[number])
        if may_act(reading, opened.case) and not preview:
            context["emergency_url"] = _url("case_break_glass", number)
    if preview:
        context["preview"] = {"label": opened.lens_name, "stop_url": reverse("case", args=[number])}
    return context


def _preview_options(reading: Reading, case: CaseRow, chosen: str) -> list[dict[str, Any]]:
    own = reading.visit.agency.code
    options = [{"value": "", "label": _("uzelf"), "selected": not chosen}]
    options += [
        {"value": source.code, "label": source.name, "selected": source.code == chosen}
        for source in live_readers(reading, case)
        if source.code != own
    ]
    return options


def purpose_options(reading: Reading, case: CaseRow, chosen: str) -> list[dict[str, Any]]:
    """The purposes that this reader may declare for the case."""
    return [
        {
            "code": option.code,
            "label": str(option.label),
            "article": f"{option.covenant} {_('art. %(nr)s') % {'nr': option.article}}",
            "selected": option.code == chosen,
        }
        for option in purpose.options_for(reading, case)
    ]


def purpose_redirect(number: str) -> HttpResponse:
    """Nothing is shown without a purpose: first choose one."""
    return HttpResponseRedirect(reverse("case_purpose", args=[number]))


def fragment(request: HttpRequest, page: str, part: str) -> str:
    """The part for an htmx request, the whole page otherwise."""
    return part if request.htmx else page  # type: ignore[attr-defined]
