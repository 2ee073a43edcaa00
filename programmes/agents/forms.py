"""The forms of change agents, social supervisors and experiments. What they let through the commands check again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.agents.models import AgentState, ConsentForm, Decision
from programmes.agents.person import Pay
from programmes.learning.models import AreaKind, Evidence
from programmes.plans.forms import Pairs, choice, day, line, text
from programmes.plans.models import Outcome, PillarKind

Lists = Mapping[str, Pairs]


class Listed(forms.Form):
    """A form of which some lists are filled by the page. lists: field → pairs."""

    def __init__(self, *args: Any, lists: Lists | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (lists or {}).items():
            self.fields[name].choices = list(pairs)  # type: ignore[attr-defined]


def _row(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, widget=forms.Select(attrs={"class": "ams-select"}))


class PersonForm(forms.Form):
    """Who somebody is."""

    name = line(_("Naam"), 120)
    contact = line(_("Hoe u deze persoon bereikt"), 240)
    languages = line(_("Talen"), help_text=_("Gescheiden door een komma."))
    network = text(_("Wie deze persoon bereikt"), help_text=_("Groepen en plekken; geen namen van anderen."))
    training = line(_("Training"), 400, required=False)
    pay = choice(_("Vergoeding"), Pay.choices)


class AgentForm(Listed, PersonForm):
    """A new change agent. area, officer: lists."""

    area = choice(_("Wijk"))
    officer = _row(_("Contactpersoon"))
    consent_on = day(_("Toestemming gegeven op"))
    consent_form = choice(_("Hoe"), ConsentForm.choices)

    field_order = ("consent_on", "consent_form", "area", "officer")


class StepForm(Listed):
    """A next state. to: list."""

    to = choice(_("Naar"), AgentState.choices)


class OfficerForm(Listed):
    """Another contact officer. officer: list."""

    officer = _row(_("Contactpersoon"))


class SupervisorForm(Listed):
    """A social supervisor. area, membership: lists."""

    area = choice(_("Wijk"))
    membership = _row(_("Wie"))
    task = line(_("Wat deze regisseur doet"), 240)


class ExperimentForm(Listed):
    """A new experiment. area, agent: lists."""

    niche = line(_("Niche"), help_text=_("De kleine plek of groep waar u het probeert. Geen namen."))
    hypothesis = text(_("Wat u verwacht"), help_text=_("Als wij dit doen, dan gebeurt dat, omdat …"))
    measure = text(_("Waaraan u ziet of het werkt"))
    area = choice(_("Wijk"))
    area_kind = choice(_("Soort wijk"), AreaKind.choices)
    pillar = choice(_("Pijler"), PillarKind.choices)
    agent = choice(_("Sleutelfiguur"), required=False)
    starts_on = day(_("Begint op"))
    until_on = day(_("Loopt tot en met"))


class EndForm(forms.Form):
    """The end of an experiment."""

    outcome = choice(_("Werkte het?"), Outcome.choices)
    result = text(_("Resultaat"))
    learned = text(_("Wat er is geleerd"))
    costs = line(_("Wat het kostte"), 240)
    evidence = choice(_("Hoe weet u dat"), Evidence.choices)
    decision = choice(_("Besluit"), Decision.choices)
    reason = text(_("Waarom"))
