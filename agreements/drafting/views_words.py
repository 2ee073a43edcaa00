"""Pages on which the words of a draft are changed: its head, its sets of fields and its purposes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.covenants.labels import label
from agreements.drafting import editing, queries
from agreements.drafting.answers import DraftPage
from agreements.drafting.editing import Edited
from agreements.drafting.forms import BasedForm, HeadForm, PurposeForm, SetForm, head_initial
from agreements.drafting.pages import frame, try_edit, visit_of, writable
from agreements.drafting.views_rules import remove_page
from foundation.errors import NotFound
from foundation.routes import Shows, route


@route("draft_head", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, uid: Any) -> HttpResponse:
    """Change the head: title, law, term, DPIA, contact point, bureau."""
    page = writable(request, uid)
    choices = queries.choices(visit_of(request), uid)
    form = HeadForm(request.POST or None, choices=choices, initial=head_initial(page))
    return _word_page(
        request,
        page,
        form,
        lambda: partial(editing.set_head, changes=form.changes()),
        title=_("Aanhef van het convenant"),
    )


@route("draft_set_add", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def set_add(request: HttpRequest, uid: Any) -> HttpResponse:
    """A new set of fields."""
    return _set_page(request, writable(request, uid), name="")


@route("draft_set", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def set_change(request: HttpRequest, uid: Any, name: str) -> HttpResponse:
    """Change which fields a set holds."""
    page = writable(request, uid)
    _check(
        name in page.sets or request.method == "POST",
        _("De set “%(name)s” staat niet in dit concept.") % {"name": name[:40]},
    )
    return _set_page(request, page, name=name)


@route("draft_set_remove", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def set_remove(request: HttpRequest, uid: Any, name: str) -> HttpResponse:
    """Take out a set, after a yes; rules that still name it become findings."""
    page = writable(request, uid)
    _check(name in page.sets, _("De set “%(name)s” staat niet in dit concept.") % {"name": name[:40]})
    return remove_page(
        request,
        page,
        operation=partial(editing.put_set, name=name, fields=()),
        title=_("Set %(name)s verwijderen") % {"name": name},
        intro=_("Een regel die deze set noemt, wordt daarna een bevinding."),
        label=_("Verwijder set %(name)s") % {"name": name},
        back=f"{reverse('draft', args=[uid])}#sets",
    )


@route("draft_purpose_add", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def purpose_add(request: HttpRequest, uid: Any) -> HttpResponse:
    """Name one more purpose."""
    page = writable(request, uid)
    offered = [
        option
        for option in queries.choices(visit_of(request), uid).known_purposes
        if option.code not in page.purposes.values()
    ]
    form = PurposeForm(request.POST or None, purposes=offered, initial={"base_revision": page.revision})
    return _word_page(
        request,
        page,
        form,
        lambda: partial(
            editing.put_purpose, number=form.cleaned_data["number"].strip(), code=form.cleaned_data["code"]
        ),
        title=_("Doel toevoegen"),
    )


@route("draft_purpose_remove", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def purpose_remove(request: HttpRequest, uid: Any, number: str) -> HttpResponse:
    """Take out a purpose, after a yes; rules that still name it become findings."""
    page = writable(request, uid)
    _check(number in page.purposes, _("Doel %(nr)s staat niet in dit concept.") % {"nr": number[:20]})
    words = {"nr": number, "label": label("purpose", page.purposes[number])}
    return remove_page(
        request,
        page,
        operation=partial(editing.put_purpose, number=number, code=""),
        title=_("Doel %(nr)s verwijderen") % words,
        intro=_("%(nr)s %(label)s. Een regel die dit doel noemt, wordt daarna een bevinding.") % words,
        label=_("Verwijder doel %(nr)s") % words,
        back=f"{reverse('draft', args=[uid])}#doelen",
    )


def _set_page(request: HttpRequest, page: DraftPage, *, name: str) -> HttpResponse:
    form = SetForm(
        request.POST or None,
        sections=queries.choices(visit_of(request), page.uid).sections,
        is_new=not name,
        initial={"base_revision": page.revision, "name": name, "fields_": list(page.sets.get(name, ()))},
    )
    return _word_page(
        request,
        page,
        form,
        lambda: partial(editing.put_set, name=name or form.cleaned_data["name"], fields=form.cleaned_data["fields_"]),
        title=_("Set %(name)s wijzigen") % {"name": name} if name else _("Nieuwe set"),
        remove_url=reverse("draft_set_remove", args=[page.uid, name]) if name else "",
        remove_label=_("Verwijder set %(name)s") % {"name": name},
    )


def _word_page(
    request: HttpRequest,
    page: DraftPage,
    form: BasedForm,
    operation: Callable[[], Callable[[str], Edited]],
    *,
    title: str,
    **more: str,
) -> HttpResponse:
    """Show the form, or do the operation; `operation` makes it from the valid form."""
    back = reverse("draft", args=[page.uid])
    if request.method == "POST" and form.is_valid():
        answer = try_edit(request, page.uid, operation(), form=form, done=back, places={"fields": "fields_"})
        if answer is not None:
            return answer
    context = {**frame(page, active="text", here=title), "form": form, "title": title, "back": back, **more}
    return render(request, "agreements/drafting/form.html", context, status=422 if form.errors else 200)


def _check(there: bool, sentence: str) -> None:
    if not there:
        raise NotFound(sentence, remedy=_("Bekijk de tekst opnieuw; misschien is het zojuist verwijderd."))
