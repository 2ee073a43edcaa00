"""The forms of cards. What they let through is checked again by the commands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.learning.models import AreaKind, Evidence
from programmes.plans.forms import choice, line, text
from programmes.plans.models import Outcome, PillarKind


class LessonForm(forms.Form):
    """A card."""

    title = line(_("Aanpak in één zin"))
    tried = text(_("Wat is geprobeerd"))
    place = line(_("Waar"))
    area_kind = choice(_("Soort wijk"), AreaKind.choices)
    pillar = choice(_("Pijler"), PillarKind.choices)
    costs = line(_("Wat het kostte"), 240)
    effects = text(_("Wat het opleverde, en wat niet"))
    outcome = choice(_("Werkte het?"), Outcome.choices)
    evidence = choice(_("Hoe weet u dat"), Evidence.choices)
    contact_role = line(_("Wie weet er meer van"), help_text=_("Een functie en een organisatie; geen naam."))


class ImportForm(forms.Form):
    """The signed file of a card."""

    file = forms.FileField(
        label=_("Ondertekende leerkaart"), widget=forms.ClearableFileInput(attrs={"class": "ams-file-input"})
    )
