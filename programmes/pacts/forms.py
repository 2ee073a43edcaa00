"""The forms of a pact. What they let through is checked again by the commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.pacts.models import PledgeKind, PledgeState
from programmes.plans.forms import Pairs, choice, day, line, number, text


class PactForm(forms.Form):
    """Which covenant is the pact. covenants: pairs."""

    covenant = choice(_("Convenant"), help_text=_("Een convenant zonder regels, dat uw organisatie tekent."))
    evaluation_on = day(_("Dag van de evaluatie"))

    def __init__(self, *args: Any, covenants: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covenant"].choices = list(covenants)  # type: ignore[attr-defined]


class PledgeForm(forms.Form):
    """A pledge. agencies, articles, goals: pairs."""

    agency = choice(_("Partij"))
    article = choice(_("Artikel van het pact"))
    kind = choice(_("Soort"), PledgeKind.choices)
    promise = line(_("Wat wordt toegezegd"), 240)
    quantity = number(_("Hoeveel"))
    unit = line(_("Eenheid"), 60, help_text=_("Zoals: stageplekken, woningen, uren per week, euro."))
    measure = line(_("Waaraan u ziet dat het is gelukt"), 240)
    starts_on = day(_("Vanaf"))
    due_on = day(_("Uiterlijk"))
    owner = line(
        _("Wie staat ervoor"), 120, help_text=_("Een naam. Partijen zien die; op de openbare pagina staat zij niet.")
    )
    goal = choice(_("Bij doel"), required=False)

    def __init__(self, *args: Any, agencies: Pairs, articles: Pairs, goals: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("agency", agencies), ("article", articles), ("goal", [("", "–"), *goals])):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class ProgressForm(forms.Form):
    """How far a pledge is."""

    delivered = number(_("Hoeveel is er nu"))
    text = text(_("Hoe het staat"), help_text=_("Geen namen van personen. Partijen lezen dit."))


class SettleForm(forms.Form):
    """A pledge is settled."""

    state = choice(_("Is de toezegging nagekomen?"), [one for one in PledgeState.choices if one[0] != PledgeState.OPEN])
    delivered = number(_("Hoeveel is er geleverd"))
    reason = text(_("Toelichting"), required=False, help_text=_("Verplicht als de toezegging niet is nagekomen."))


class ReleaseForm(forms.Form):
    """The state of the pledges is released."""

    text = text(_("Wat het bestuur erbij zegt"), help_text=_("Dit wordt openbaar, met de stand van elke toezegging."))
