"""The form in which an officer reports what the verifier said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.integrity.models import Outcome


class VerificationForm(forms.Form):
    """What the verifier printed: its verdict, size and root; and words of one's own, kept as a personal part."""

    outcome = forms.ChoiceField(
        label=_("Wat zei het programma?"), choices=Outcome.choices, widget=forms.Select({"class": "ams-select"})
    )
    size = forms.IntegerField(
        label=_("Grootte (achter «size»)"), min_value=1, widget=forms.NumberInput({"class": "ams-text-input"})
    )
    root = forms.CharField(
        label=_("Wortel (achter «root»)"), max_length=80, widget=forms.TextInput({"class": "ams-text-input"})
    )
    words = forms.CharField(
        label=_("Wie controleerde, waar en wanneer"), max_length=500, required=False,
        widget=forms.Textarea({"class": "ams-text-area", "rows": 2}),
    )  # fmt: skip
