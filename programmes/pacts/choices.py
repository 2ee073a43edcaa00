"""What can be chosen in the forms of a pact: pairs of value and words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.models import Covenant, Signature
from agreements.parties.reader import Visit
from agreements.registers.in_force_then import Then
from programmes.pacts.commands.pact import REGIME
from programmes.plans.models import Goal, Programme
from programmes.plans.rights import may_lead

Pairs = list[tuple[str, str]]


def covenants(programme: Programme) -> Pairs:
    """Covenants of the regime of pacts that the leading party signs."""
    mine = Signature.objects.filter(agency_id=programme.lead_id).values("version__covenant_id")
    return list(Covenant.objects.filter(regime=REGIME, pk__in=mine).order_by("title").values_list("code", "title"))


def parties(visit: Visit, programme: Programme, pact: Then) -> Pairs:
    """The parties for which this visit may pledge."""
    language, leads = get_language() or "nl", may_lead(visit, programme)
    return [
        (one.agency.code, one.agency.name_in(language))
        for one in pact.parties
        if leads or one.agency.pk == visit.agency.id
    ]


def articles(pact: Then) -> Pairs:
    """The articles of the version in force."""
    return [
        (one.article, _("Artikel %(nr)s: %(title)s") % {"nr": one.article, "title": one.title})
        for one in pact.document.articles
    ]


def goals(programme: Programme) -> Pairs:
    """The goals that were decided on."""
    found = Goal.objects.filter(pillar__programme=programme, decided=True)
    return [(str(one.uid), one.title) for one in found]
