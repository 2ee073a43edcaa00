"""The forms of the pulse. What they let through is checked again by the commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.plans.forms import AREA, line, text
from programmes.pulse.models import Criterion

SCORES = [(1, _("1 helemaal niet")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 helemaal wel"))]


class PulseForm(forms.Form):
    """A score for each criterion, and words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in Criterion.choices:
            self.fields[value] = forms.TypedChoiceField(
                label=label, choices=SCORES, coerce=int, widget=forms.RadioSelect(attrs={"class": "vb-pr__cijfers"})
            )
        self.fields["text"] = forms.CharField(
            label=_("Wilt u er iets bij zeggen?"), required=False, max_length=400, widget=forms.Textarea(attrs=AREA),
            help_text=_("Geen namen. Partners lezen dit zonder naam, maar uw stijl kan u verraden."),
        )  # fmt: skip


class OwnerForm(forms.Form):
    """Who answers for a point."""

    owner = line(_("Wie pakt dit op"), 120)


class HowForm(forms.Form):
    """How a point was settled."""

    how = text(_("Wat is er afgesproken of gedaan"))
