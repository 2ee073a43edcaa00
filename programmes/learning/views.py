"""The pages of cards: published ones for everybody, writing for who leads an agency."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.errors import NotFound
from foundation.routes import Shows, route
from programmes.learning import commands, events, queries
from programmes.learning.forms import ImportForm, LessonForm
from programmes.learning.models import Evidence, LessonState
from programmes.learning.signed import FIELDS, sealed
from programmes.plans.acting import LEADING, speaks_for
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor
from programmes.plans.models import Outcome, PillarKind

both = require_http_methods(["GET", "POST"])


@route("lessons", shows=Shows.NOTHING, public=True)
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """The published cards, searched and filtered."""
    visit = visitor(request)
    asked = {name: request.GET.get(name, "") for name in ("q", "pillar", "evidence", "outcome")}
    filters = [
        {"name": name, "label": label, "choices": choices.choices, "chosen": asked[name]}
        for name, label, choices in (
            ("pillar", _("Pijler"), PillarKind), ("outcome", _("Werkte het?"), Outcome),
            ("evidence", _("Bewijs"), Evidence),
        )
    ]  # fmt: skip
    context = {
        "lessons": queries.published(**asked), "at_work": queries.at_work(visit), "asked": asked, "filters": filters,
        "writes": visit is not None and bool(visit.roles & LEADING), "tab": "lessons",
    }  # fmt: skip
    return render(request, "programmes/learning/list.html", context)


@route("lesson", shows=Shows.NOTHING, public=True)
@require_safe
def lesson(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One card."""
    visit = visitor(request)
    found = queries.lesson_for(visit, uid)
    own, leads = speaks_for(visit, found.agency_id), visit is not None and bool(visit.roles & LEADING)
    context = {
        "lesson": found, "tab": "lessons", "edits": own and found.state == LessonState.DRAFT,
        "reviews": leads and not own and found.state == LessonState.DRAFT,
        "publishes": own and found.state == LessonState.REVIEWED,
        "copies": leads and found.state == LessonState.PUBLISHED,
        "is_out": found.state in (LessonState.PUBLISHED, LessonState.SUPERSEDED),
    }  # fmt: skip
    return render(request, "programmes/learning/lesson.html", context)


@route("lesson_new", shows=Shows.NOTHING)
@both
def lesson_new(request: HttpRequest) -> HttpResponse:
    """A new card."""
    visit = visit_of(request)
    commands.check_writes(visit, event=events.WRITTEN)
    form = LessonForm(request.POST or None)
    return _card_page(request, form, lambda given: commands.write_lesson(visit, **given), back=reverse("lessons"))


@route("lesson_edit", shows=Shows.NOTHING)
@both
def lesson_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a draft."""
    visit = visit_of(request)
    commands.check_writes(visit, event=events.WRITTEN)
    found = queries.lesson_for(visit, uid)
    form = LessonForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    back = reverse("lesson", args=[uid])
    return _card_page(request, form, lambda given: commands.write_lesson(visit, uid=uid, **given), back=back)


def _card_page(request: HttpRequest, form: LessonForm, act: Any, *, back: str) -> HttpResponse:
    return form_page(
        request, form, act, title=_("Leerkaart"), submit=_("Bewaar als concept"), back=back,
        lead=_("Kort en eerlijk, ook als het niet werkte. Geen gegevens over personen."),
        done=_("Het concept is bewaard. Een andere organisatie kan het nu nakijken."),
    )  # fmt: skip


@route("lesson_review", shows=Shows.NOTHING)
@require_POST
def lesson_review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft of another agency is right."""
    return act_and_return(
        request, lambda: commands.review_lesson(visit_of(request), uid), back=reverse("lessons"),
        done=_("De leerkaart is nagekeken."),
    )  # fmt: skip


@route("lesson_publish", shows=Shows.NOTHING)
@require_POST
def lesson_publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A card is for everybody."""
    return act_and_return(
        request, lambda: commands.publish_lesson(visit_of(request), uid), back=reverse("lesson", args=[uid]),
        done=_("De leerkaart is gepubliceerd."),
    )  # fmt: skip


@route("lesson_copy", shows=Shows.NOTHING)
@require_POST
def lesson_copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A card becomes a draft of one's own."""
    return act_and_return(
        request, lambda: commands.copy_lesson(visit_of(request), uid), back=reverse("lessons"),
        done=_("De leerkaart staat bij uw concepten."),
    )  # fmt: skip


@route("lesson_file", shows=Shows.NOTHING, public=True)
@require_safe
def lesson_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A published card as a signed file."""
    found = queries.lesson_for(None, uid)
    if found.state != LessonState.PUBLISHED:
        raise NotFound(_("Deze leerkaart bestaat niet."), remedy=_("Kies er een uit de lijst."))
    data = sealed({name: getattr(found, name) for name in FIELDS}, agency=found.agency.name)
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="leerkaart-{uid}.json"'
    return answer


@route("lesson_import", shows=Shows.NOTHING)
@both
def lesson_import(request: HttpRequest) -> HttpResponse:
    """Take in a card of another installation."""
    visit = visit_of(request)
    commands.check_writes(visit, event=events.IMPORTED)
    form = ImportForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, lambda given: commands.import_lesson(visit, given["file"].read()), title=_("Leerkaart inlezen"),
        lead=_("Een leerkaart van een andere installatie wordt een concept van uw organisatie, met de bron erbij."),
        submit=_("Lees in"), back=reverse("lessons"), done=_("De leerkaart staat bij uw concepten."),
    )  # fmt: skip
