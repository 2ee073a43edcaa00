"""HTML faces of this room: parse, one command or query, answer. Bytes leave only through `_bytes`."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.attachments import commands, events, kinds, pages, queries
from cases.attachments.forms import AttachmentForm, shown_audience
from cases.casework.forms import ReasonForm, new_submission
from cases.casework.rules import fields_of
from cases.casework.views.frame import bar_for, case_context, purpose_redirect, reading_of
from cases.casework.views.outcome import as_uuid, attempt, status_of
from foundation.errors import Problem, Unavailable
from foundation.routes import Shows, route


@route("case_attachments", shows=Shows.CASE_DATA)
@require_safe
def case_attachments(request: HttpRequest, number: str) -> HttpResponse:
    """The files of a case, as far as this reader may know of them."""
    reading = reading_of(request, route="case_attachments", event=events.READ)
    shown = queries.case_attachments(reading, number, request.session)
    if not shown.opened.answer.purpose:
        return purpose_redirect(number)
    catalogue = reading.policy.catalogue
    add_url = reverse("attachment_add", args=[number])
    context = case_context(reading, shown.opened, active="case_attachments") | {
        "lines": [pages.line(held, catalogue, number=number, people=shown.people) for held in shown.held],
        "attachment_url": add_url,
        "photo_url": f"{add_url}?foto=1",
    }
    return render(request, "cases/attachments/attachments.html", context)


@route("attachment_add", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def attachment_add(request: HttpRequest, number: str) -> HttpResponse:
    """Give a file; the page says beforehand who would see it. What was typed is kept whatever goes wrong."""
    reading = reading_of(request, route="attachment_add", event=events.FORM)
    found, problem = _where(request, reading, number)
    able = fields_of(
        reading.policy.catalogue, agency_type=reading.visit.agency.type, area=found.place.case.kind == "area"
    )
    photo, here = request.GET.get("foto") == "1", reverse("attachment_add", args=[number])
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AttachmentForm(
        *sent, catalogue=reading.policy.catalogue, fields=able, people=found.place.people, photo=photo, ask_url=here,
        initial={"field": request.GET.get("field", "")},
    )  # fmt: skip
    submission = request.POST.get("submission") or new_submission()
    back = reverse("case_attachments", args=[number])
    if request.method == "POST" and problem is None and form.is_valid():
        problem = attempt(form, lambda: commands.add_attachment(reading, number, _giving(form, submission)))
        if problem is None and form.is_valid():
            messages.success(request, _("De bijlage is opgeslagen en versleuteld."))
            return HttpResponseRedirect(back)
    chosen = str(form["field"].value() or "")
    context = {
        "case": {"title": number, "number": number},
        "form": form,
        "fields": form.in_order(),
        "audience": pages.audience_rows(shown_audience(able, found.seen_by, chosen=chosen)),
        "chosen": chosen,
        "photo": photo,
        "problem": problem,
        "submission": submission,
        "cancel_url": back,
        "most": settings.ATTACHMENT_MAX_BYTES,
        "too_large": kinds.too_large(settings.ATTACHMENT_MAX_BYTES).sentence,
    }
    return render(request, "cases/attachments/add.html", context, status=status_of(form, problem))


@route("attachment", shows=Shows.CASE_DATA)
@require_safe
def attachment(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """One file inside the site: its pages as pictures, or its text. No program in it runs anywhere."""
    reading = reading_of(request, route="attachment", event=events.OPENED)
    if not queries.purpose_of(reading, number, request.session):
        return purpose_redirect(number)
    file, text = queries.to_show(reading, number, uid, request.session)
    context = {
        "number": number,
        "file": pages.preview(file, reading.policy.catalogue, number=number, text=text),
        "bar": bar_for(reading, file.answer) | {"n_visible": None},
        "case_url": reverse("case", args=[number]),
        "back_url": reverse("case_attachments", args=[number]),
    }
    return render(request, "cases/attachments/attachment.html", context)


@route("attachment_page", shows=Shows.CASE_DATA)
@require_safe
def attachment_page(request: HttpRequest, number: str, uid: UUID, page: int) -> HttpResponse:
    """One page of a file as a picture."""
    reading = reading_of(request, route="attachment_page", event=events.SHOWN)
    return as_bytes(queries.sheet(reading, number, uid, page, request.session))


@route("attachment_download", shows=Shows.CASE_DATA)
@require_safe
def attachment_download(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The file itself, to save."""
    reading = reading_of(request, route="attachment_download", event=events.DOWNLOADED)
    return as_bytes(queries.content(reading, number, uid, request.session)[1], save=True)


@route("attachment_withdraw", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def attachment_withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Take a file of the own agency back, with a reason."""
    reading = reading_of(request, route="attachment_withdraw", event=events.WITHDRAWAL)
    commands.own_attachment(reading, number, uid)
    form, problem = ReasonForm(request.POST or None), None
    back = reverse("case_attachments", args=[number])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        problem = attempt(form, lambda: commands.withdraw_attachment(reading, number, uid, reason=reason))
        if problem is None and form.is_valid():
            messages.success(request, _("De bijlage is ingetrokken. Het bestand is gewist."))
            return HttpResponseRedirect(back)
    context = {
        "title": _("Bijlage intrekken"),
        "intro": _("Vanaf nu ziet niemand deze bijlage meer. Het bestand wordt meteen gewist; terughalen kan niet."),
        "form": form,
        "problem": problem,
        "save_label": _("Trek in en wis"),
        "cancel_url": back,
        "case": {"title": number},
    }
    return render(request, "cases/casework/confirm.html", context, status=status_of(form, problem))


def as_bytes(content: queries.Content, *, save: bool = False) -> HttpResponse:
    """Bytes as an answer that nothing keeps and in which nothing runs. A text is only ever saved, never shown raw."""
    response = HttpResponse(content.data, content_type=content.type)
    if content.type == kinds.TEXT:
        response["Content-Type"] = "text/plain; charset=utf-8"
        save = True
    response["Content-Disposition"] = str(content_disposition_header(save, content.name))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _where(request: HttpRequest, reading: Any, number: str) -> tuple[queries.Giveable, Problem | None]:
    """The case with the names of its persons; for a form that was sent, without them when nothing can be
    journalled now: then nobody is named, and what was typed stays on the screen."""
    try:
        return queries.where_to_give(reading, number, request.session), None
    except Unavailable as away:
        if request.method != "POST":
            raise
        return queries.where_to_give(reading, number, None, named=False), away


def _giving(form: AttachmentForm, submission: str) -> commands.Giving:
    given = form.cleaned_data
    upload, person = given["file"], given.get("person") or ""
    return commands.Giving(
        name=upload.name, data=upload.read(), size=upload.size, field=given["field"], caption=given["caption"],
        person=as_uuid(person), submission=as_uuid(submission),
    )  # fmt: skip
