"""The forms about who leads. What they let through the commands check again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.plans.forms import Pairs, choice, text


class ProposeForm(forms.Form):
    """Another lead. agencies: pairs."""

    agency = choice(_("Nieuwe trekker"))
    why = text(
        _("Waarom deze organisatie"),
        help_text=_("Wat geeft haar het gezag: een raadsbesluit, het vertrouwen van bewoners? Iedereen leest dit."),
    )

    def __init__(self, *args: Any, agencies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What one's agency says of it."""

    agrees = choice(_("Stemt uw organisatie in?"), [("yes", _("Ja")), ("no", _("Nee"))])
