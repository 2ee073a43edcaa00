"""What comes in by page about retention. Whether it may be done is decided in commands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.retention.models import RetentionHold


class HoldForm(forms.Form):
    """Why destruction waits, and when somebody looks at it again."""

    reason = forms.ChoiceField(
        label=_("Waarom moet het wachten?"),
        choices=RetentionHold.Reason.choices,
        widget=forms.Select(attrs={"class": "ams-select"}),
    )
    review_on = forms.DateField(
        label=_("Opnieuw bekijken op"),
        help_text=_("Binnen een jaar."),
        widget=forms.DateInput(attrs={"class": "ams-text-input", "type": "date"}, format="%Y-%m-%d"),
    )
