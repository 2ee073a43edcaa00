"""Ties a covenant to a programme as its pact, and releases the state of the pledges to everybody."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of
from agreements.models import Covenant, Signature
from agreements.parties.reader import Visit
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.pacts import events
from programmes.pacts.models import Pledge, Release
from programmes.pacts.rules import standing, tellable
from programmes.plans.acting import denied, journal, words
from programmes.plans.models import Programme
from programmes.plans.rights import led_by

REGIME = "general"


def link_pact(visit: Visit, code: str, *, covenant: str, evaluation_on: date) -> Programme:
    """Make a covenant the pact of a programme. It is drafted, signed and renewed where all covenants are.

    Raises NotFound, Refused; Invalid: no such covenant of the leading party, another regime, it gives data, it is the
    pact of another programme, or the day of evaluation has passed.
    """
    programme = led_by(visit, code, event=events.LINKED)
    mine = Signature.objects.filter(agency_id=programme.lead_id).values("version__covenant_id")
    found = Covenant.objects.filter(code=covenant, pk__in=mine).first()
    newest = found.versions.order_by("-number").first() if found else None
    if found is None or newest is None:
        raise Invalid(
            _("Dit convenant bestaat niet, of %(name)s tekent het niet.") % {"name": programme.lead.name},
            remedy=_("Kies een convenant uit de lijst."), field="covenant",
        )  # fmt: skip
    if found.regime != REGIME:
        raise Invalid(
            _("Een pact valt onder het regime “algemeen”."), remedy=_("Kies een ander convenant."), field="covenant"
        )
    if any(True for _rule in document_of(newest).placed_rules()):
        raise Invalid(
            _("Dit convenant geeft gegevens; een pact doet dat niet."), field="covenant",
            remedy=_("Neem een convenant zonder regels: alleen artikelen met tekst."),
        )  # fmt: skip
    if Programme.objects.filter(covenant=found).exclude(pk=programme.pk).exists():
        raise Invalid(
            _("Dit is het pact van een ander programma."), remedy=_("Kies een ander convenant."), field="covenant"
        )
    if programme.covenant_id not in (None, found.pk) and programme.pledges.exists():
        raise Invalid(
            _("Onder het vorige pact staan toezeggingen."), field="covenant",
            remedy=_("Vernieuw dat pact met een nieuwe versie; dan blijven zij staan."),
        )  # fmt: skip
    if evaluation_on < clock.today():
        raise Invalid(_("Deze dag is geweest."), remedy=_("Kies een dag die komt."), field="evaluation_on")
    with transaction.atomic(), write_scope(reason=events.LINKED):
        Programme.objects.filter(pk=programme.pk).update(covenant=found, evaluation_on=evaluation_on)
        journal(visit, events.LINKED, programme=code, covenant=covenant)
    programme.covenant, programme.evaluation_on = found, evaluation_on
    return programme


def release(visit: Visit, code: str, *, text: str) -> Release:
    """Let everybody know how each pledge stands today. For the signatory of the leading party, for the board.

    Raises NotFound, Refused; Invalid: there is nothing to release, or no words go with it.
    """
    programme = led_by(visit, code, event=events.RELEASED)
    if "signatory" not in visit.roles:
        denied(
            visit, events.RELEASED, _("Vrijgeven doet de tekenbevoegde, namens het bestuur."),
            remedy=_("Vraag de tekenbevoegde van uw organisatie."), programme=code,
        )  # fmt: skip
    said = words(text, field="text", empty=_("Schrijf wat het bestuur erbij zegt."))
    pledges = list(Pledge.objects.filter(programme=programme))
    if not pledges:
        raise Invalid(_("Er is nog niets toegezegd."), remedy=_("Leg eerst toezeggingen vast."), field="text")
    today = clock.today()
    for one in pledges:
        one.released_standing = standing(state=one.state, starts_on=one.starts_on, due_on=one.due_on, on=today).value
        one.released_delivered = tellable(
            one.delivered, kind=one.kind, threshold=settings.SMALL_NUMBER, standing=one.released_delivered
        )
        one.released_on = today
    with transaction.atomic(), write_scope(reason=events.RELEASED):
        Pledge.objects.bulk_update(pledges, ["released_standing", "released_delivered", "released_on"])
        made = Release.objects.create(programme=programme, on=today, words=said)
        journal(visit, events.RELEASED, programme=code, pledges=len(pledges))
    return made
