"""Starting a draft: from a model, from a version that is there, or from a text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.models import CovenantVersion
from agreements.covenants.queries import version_for
from agreements.drafting import editing
from agreements.drafting.commands.parties import known_parties, place_parties
from agreements.drafting.commands.shared import CODE, add_revision, clean_text, journal, one_line
from agreements.drafting.models import Draft
from agreements.drafting.models_nl import model_named
from agreements.drafting.obstacles import next_number
from agreements.drafting.texts import head_of, outline
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, Refused

Parties = Mapping[str, str]
"""Agency code to capacity."""


@transaction.atomic
def start_draft(
    visit: Visit,
    *,
    template: str = "",
    from_version: tuple[str, int] | None = None,
    text: str = "",
    code: str = "",
    title: str = "",
    parties: Parties | None = None,
) -> Draft:
    """Begin a covenant, or the next version of one; the agency of the visit holds the pen.

    template: a code of models_nl.MODELS; needs `code` and `title`. from_version: (code, number) of a covenant
    of this agency: the next free number, with the parties of that version. text: YAML or JSON, kept as typed,
    readable or not; what it says of code and title goes before the form. Exactly one of the three.

    Raises:
        Refused: not legal counsel. NotFound: no such version for this agency.
        Invalid: none or several of the three, no good code, no title, a model or agency that does not exist.
    """
    check_may_start(visit)
    if sum((bool(template), from_version is not None, bool(text.strip()))) != 1:
        raise Invalid(
            _("Kies waaruit het concept ontstaat: een model, een bestaande versie of een tekst."),
            remedy=_("Geef er precies één."),
            field="template",
        )
    if template:
        draft = _from_model(template, code=one_line(code, 40), title=one_line(title, 200))
    elif from_version is not None:
        draft = _from_version(visit, *from_version)
    else:
        draft = _from_text(text, code=one_line(code, 40), title=one_line(title, 200))
    return _store(visit, draft, parties)


def check_may_start(visit: Visit) -> None:
    """Raises Refused unless the visit is legal counsel of its agency."""
    if "legal_counsel" not in visit.roles:
        raise Refused(
            _("Alleen een jurist begint een concept."),
            remedy=_("Vraag een jurist van uw organisatie, of laat uw beheerder u die rol geven."),
        )


def _from_model(template: str, *, code: str, title: str) -> Draft:
    model = model_named(template)
    if not CODE.fullmatch(code):
        raise Invalid(
            _("De code heeft niet de juiste vorm."),
            remedy=_("Schrijf 2 tot 40 hoofdletters, cijfers en streepjes, zoals PGA-MD."),
            field="code",
        )
    if not title:
        raise Invalid(_("Het convenant heeft nog geen titel."), remedy=_("Geef het een titel."), field="title")
    if CovenantVersion.objects.filter(covenant__code=code).exists():
        raise Invalid(
            _("Er is al een convenant met code %(code)s.") % {"code": code},
            remedy=_("Kies een andere code, of begin een volgende versie van dat convenant."),
            field="code",
        )
    first = _next_month()
    term = {"from": first, "until": date(first.year + 4, 12, 31)}
    head = {"code": code, "title": title, "version": 1, "term": term}
    if outline(model.text).content.get("dpia"):
        head["dpia"] = {"review": date(first.year + 1, first.month, 1)}
    return Draft(code=code, title=title, template=template, text=editing.set_head(model.text, changes=head).text)


def _from_version(visit: Visit, code: str, number: int) -> Draft:
    version = version_for(code, number, agency_id=visit.agency.id)
    head: dict[str, Any] = {"version": next_number(version.covenant.code)}
    if version.starts < clock.now():
        head["term"] = {"from": _next_month()}
    text = editing.set_head(version.text, changes=head).text
    return Draft(code=version.covenant.code, title=version.covenant.title, based_on=version, text=text)


def _from_text(text: str, *, code: str, title: str) -> Draft:
    kept = clean_text(text)
    head = head_of(kept)
    said = str(head.get("code") or "")
    return Draft(
        code=next((word for word in (said, code) if CODE.fullmatch(word)), "CONCEPT"),
        title=one_line(str(head.get("title") or ""), 200) or title or _("Concept zonder titel"),
        text=kept,
    )


def _store(visit: Visit, draft: Draft, parties: Parties | None) -> Draft:
    chosen = known_parties(parties) if parties else _parties_before(visit, draft)
    draft.owner = Agency.objects.get(pk=visit.agency.id)
    draft.started_at = draft.changed_at = clock.now()
    with write_scope(reason="draft.started"):
        draft.save()
        add_revision(draft, by=visit, note=_("begonnen"))
        place_parties(draft, chosen)
        journal(visit, "draft.started", draft, action=Action.CREATE, template=draft.template)
    return draft


def _parties_before(visit: Visit, draft: Draft) -> list[tuple[Agency, str]]:
    """Who is party now to the version that this one follows; else the pen holder, as the text names it."""
    if draft.based_on is not None:
        version = draft.based_on
        now = version.covenant.parties.filter(ends=None).select_related("agency").order_by("pk")
        asked = version.signatures.select_related("agency").order_by("pk")
        return [(row.agency, row.capacity) for row in now] or [(row.agency, row.capacity) for row in asked]
    document = outline(draft.text).document
    capacity = document.capacity_of(visit.agency.code, visit.agency.type) if document else ""
    return [(Agency.objects.get(pk=visit.agency.id), capacity)] if capacity else []


def _next_month() -> date:
    today = clock.today()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
