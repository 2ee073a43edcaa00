"""What a signal needs beside the words that were ticked, and about whom contributions are."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.policy.catalogue import Catalogue
from cases.intake.forms import URGENCIES, Errors, choices_of
from realtime.report.taking import AsSignal

_INPUT = {"class": "ams-text-input", "autocomplete": "off"}
_SELECT = {"class": "ams-select"}


class SignalForm(Errors):
    """Where or who, what it is about, how soon, how sure. about_area: it is about a place, and names nobody."""

    missing: ClassVar[dict[str, Any]] = {
        "kind": _("Kies waar het over gaat."),
        "place": _("Vul de plek in."),
        "person": _("Vul in over wie het gaat."),
    }

    kind = forms.ChoiceField(label=_("Waar gaat het over?"), widget=forms.Select(attrs=_SELECT))
    place = forms.CharField(label=_("Waar is het?"), max_length=200, widget=forms.TextInput(attrs=_INPUT))
    person = forms.CharField(
        label=_("Wie is het?"), max_length=200, widget=forms.TextInput(attrs=_INPUT),
        help_text=_("Naam of omschrijving. Niemand leest dit voordat de triage erom vraagt."),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("Hoe snel?"), choices=URGENCIES, widget=forms.Select(attrs=_SELECT))
    reliability = forms.ChoiceField(label=_("Hoe zeker?"), widget=forms.Select(attrs=_SELECT))

    def __init__(self, *args: Any, catalogue: Catalogue, about_area: bool, english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = choices_of(catalogue, "signal_domain", english=english)
        self.fields["kind"].choices = [("", _("Kies")), *kinds]  # type: ignore[attr-defined]
        grades = choices_of(catalogue, "signal_reliability", english=english)
        self.fields["reliability"].choices = grades  # type: ignore[attr-defined]
        del self.fields["person" if about_area else "place"]

    def as_signal(self) -> AsSignal:
        """The valid form as what the command takes."""
        return AsSignal(**self.cleaned_data)


class PersonForm(Errors):
    """About whom of the case."""

    person = forms.ChoiceField(label=_("Over wie gaat het?"), widget=forms.Select(attrs=_SELECT))

    def __init__(self, *args: Any, people: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
