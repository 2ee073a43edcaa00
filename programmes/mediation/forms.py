"""The forms of a mediation. What they let through is checked again by the commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.plans.forms import Pairs, choice, day, line, text


class RoundForm(forms.Form):
    """A new round. agencies: pairs."""

    title = line(_("Naam"))
    question = text(_("Waarover het gaat"), help_text=_("Geen namen van personen."))
    agencies = forms.MultipleChoiceField(label=_("Organisaties"), required=False, widget=forms.CheckboxSelectMultiple)
    groups = text(
        _("Groepen bewoners"), required=False, help_text=_("Een naam van een groep per regel, geen namen van personen.")
    )

    def __init__(self, *args: Any, agencies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = list(agencies)  # type: ignore[attr-defined]


class TextForm(forms.Form):
    """Some sentences."""

    text = text(_("Tekst"), help_text=_("Geen namen van personen."))


class ActionForm(forms.Form):
    """A small action. parties: pairs."""

    party = forms.TypedChoiceField(label=_("Wie"), coerce=int, widget=forms.Select(attrs={"class": "ams-select"}))
    text = line(_("Wat er te zien zal zijn"), 240)
    due_on = day(_("Uiterlijk"))

    def __init__(self, *args: Any, parties: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = list(parties)  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """Whether the result may be public."""

    public = choice(_("Mag iedereen het resultaat lezen?"), [("yes", _("Ja")), ("no", _("Nee"))])
