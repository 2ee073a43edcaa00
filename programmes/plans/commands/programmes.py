"""Begins a programme, moves it a step, gives it pillars and plans of four years."""

import re
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.areas.models import Area
from programmes.plans import events
from programmes.plans.acting import journal, words
from programmes.plans.models import PillarKind, Plan, Programme, ProgrammePillar, ProgrammeState
from programmes.plans.rights import check_may_start, led_by
from programmes.plans.rules import STEPS

CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
RESERVED = frozenset({"nieuw"})


def start_programme(
    visit: Visit, *, code: str, title: str, summary: str, mandate: str, lead_why: str, starts_year: int,
    until_year: int, areas: Sequence[str], lead_since: date | None = None,
) -> Programme:  # fmt: skip
    """Propose a programme that one's own agency leads. areas: codes. lead_since: today by default.

    Raises Refused for a role that does not lead its agency; Invalid for a code that is taken or wrong, no areas, or a
    term under ten years.
    """
    check_may_start(visit)
    if not CODE.fullmatch(code) or code in RESERVED:
        raise Invalid(
            _("Deze code kan niet."), field="code",
            remedy=_("Gebruik kleine letters, cijfers en streepjes, en begin met een letter."),
        )  # fmt: skip
    if until_year < starts_year + 10:
        raise Invalid(
            _("Een programma duurt ten minste tien jaar."), field="until_year",
            remedy=_("Kies een jaar vanaf %(year)d.") % {"year": starts_year + 10},
        )  # fmt: skip
    found = list(Area.objects.filter(code__in=areas))
    if not found or len(found) != len(set(areas)):
        raise Invalid(_("Kies een of meer wijken."), remedy=_("Kies ze uit de lijst."), field="areas")
    programme = Programme(
        code=code, title=words(title, field="title", empty=_("Geef het programma een titel."), most=160),
        summary=words(summary, field="summary", empty=_("Vat het programma samen.")),
        mandate=words(mandate, field="mandate", empty=_("Zeg op welk besluit het programma rust.")),
        lead_why=words(lead_why, field="lead_why", empty=_("Zeg waarom deze organisatie de trekker is.")),
        starts_year=starts_year, until_year=until_year, lead_id=visit.agency.id,
        lead_since=lead_since or clock.today(),
    )  # fmt: skip
    if Programme.objects.filter(code=code).exists():
        raise Invalid(_("Deze code is al gebruikt."), remedy=_("Kies een andere."), field="code")
    with transaction.atomic(), write_scope(reason=events.STARTED):
        programme.save()
        programme.areas.set(found)
        journal(visit, events.STARTED, action=Action.CREATE, programme=code)
    return programme


def move_programme(visit: Visit, code: str, *, to: str) -> Programme:
    """Take a programme to its next state. Raises NotFound, Refused, and Invalid for a step that does not follow."""
    programme = led_by(visit, code, event=events.MOVED)
    if to not in STEPS[programme.state]:
        raise Invalid(
            _("Deze stap kan nu niet: het programma is %(state)s.") % {"state": programme.get_state_display().lower()},
            remedy=_("Kijk opnieuw op de pagina van het programma."), field="to",
        )  # fmt: skip
    if to == ProgrammeState.RUNNING and not programme.pillars.exists():
        raise Invalid(
            _("Een programma zonder pijlers kan niet lopen."), remedy=_("Voeg eerst een pijler toe."), field="to"
        )
    with transaction.atomic(), write_scope(reason=events.MOVED):
        changed = Programme.objects.filter(pk=programme.pk, state=programme.state).update(state=to)
        if not changed:
            raise Invalid(_("Iemand anders was u voor."), remedy=_("Kijk opnieuw op de pagina van het programma."))
        journal(visit, events.MOVED, programme=code, to=to)
    programme.state = to
    return programme


def add_pillar(visit: Visit, code: str, *, kind: str, own_name: str = "") -> ProgrammePillar:
    """Add a pillar. own_name: of a pillar of its own. Raises NotFound, Refused; Invalid: it stands, or has no name."""
    programme = led_by(visit, code, event=events.PILLAR)
    if kind not in PillarKind.values:
        raise Invalid(_("Deze pijler bestaat niet."), remedy=_("Kies er een uit de lijst."), field="kind")
    name = ""
    if kind == PillarKind.OWN:
        name = words(own_name, field="own_name", empty=_("Geef de eigen pijler een naam."), most=60)
    try:
        with transaction.atomic(), write_scope(reason=events.PILLAR):
            order = programme.pillars.count()
            pillar = ProgrammePillar.objects.create(programme=programme, kind=kind, own_name=name, order=order)
            journal(visit, events.PILLAR, action=Action.CREATE, programme=code, pillar=kind)
    except IntegrityError:
        raise Invalid(_("Deze pijler is er al."), remedy=_("Kies een andere."), field="kind") from None
    return pillar


def add_plan(visit: Visit, code: str, *, first_year: int, last_year: int, summary: str) -> Plan:
    """Add an implementation plan. Raises NotFound, Refused; Invalid: over four years, or outside the programme."""
    programme = led_by(visit, code, event=events.PLAN)
    if not first_year <= last_year <= first_year + 3:
        raise Invalid(
            _("Een uitvoeringsplan duurt hooguit vier jaar."), field="last_year",
            remedy=_("Kies een jaar van %(from)d tot en met %(to)d.") % {"from": first_year, "to": first_year + 3},
        )  # fmt: skip
    if first_year < programme.starts_year or last_year > programme.until_year:
        raise Invalid(
            _("Dit valt buiten het programma."), field="first_year",
            remedy=_("Het programma loopt van %(from)d tot en met %(to)d.")
            % {"from": programme.starts_year, "to": programme.until_year},
        )  # fmt: skip
    if programme.plans.filter(first_year__lte=last_year, last_year__gte=first_year).exists():
        raise Invalid(
            _("Voor een van deze jaren is er al een uitvoeringsplan."), field="first_year",
            remedy=_("Laat plannen op elkaar volgen."),
        )  # fmt: skip
    said = words(summary, field="summary", empty=_("Zeg in het kort wat u in deze jaren doet."))
    with transaction.atomic(), write_scope(reason=events.PLAN):
        plan = Plan.objects.create(programme=programme, first_year=first_year, last_year=last_year, summary=said)
        journal(visit, events.PLAN, action=Action.CREATE, programme=code, first_year=first_year)
    return plan
