"""The forms of signing. What they may be used for is decided in commands.py."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """The signature itself: by what power, and that the text was read. sha256: of the text that was shown."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    mandate = forms.CharField(
        label=_("Mandaat"),
        max_length=200,
        help_text=_("Het besluit of de volmacht waarmee u uw organisatie bindt. Het komt bij uw handtekening."),
    )
    agrees = forms.BooleanField(
        label=_("Ik heb de tekst en de regels gelezen en stem er namens mijn organisatie mee in"),
        error_messages={"required": _("Vink aan dat u de tekst heeft gelezen en ermee instemt.")},
    )


class DeclineForm(forms.Form):
    """That the agency does not sign this version."""

    reason = forms.CharField(
        label=_("Waarom tekent uw organisatie niet?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Alle partijen kunnen dit lezen. U kunt later alsnog tekenen."),
    )


class OwnKeyForm(forms.Form):
    """The public half of a key that the signatory keeps."""

    pem = forms.CharField(
        label=_("Certificaat, aanvraag of publieke sleutel (PEM)"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Een sleutel op de kromme P-256. Plak nooit het geheime deel."),
    )
