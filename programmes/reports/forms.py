"""The form of a report. What it lets through is checked again by the command."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.plans.forms import Pairs, choice, text


class HalfYearForm(forms.Form):
    """Which half-year, and what is said of it. halves: pairs."""

    half = choice(_("Halfjaar"))
    text = text(_("Wat er is gebeurd"), help_text=_("Een paar alinea's voor bewoners: wat is gedaan, wat lukte niet."))

    def __init__(self, *args: Any, halves: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = list(halves)  # type: ignore[attr-defined]
