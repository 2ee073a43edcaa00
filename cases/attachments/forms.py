"""What people choose and type in this room: a file, what it is about, about whom, a few words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from agreements.policy.catalogue import Catalogue, Field
from cases.attachments import kinds
from cases.attachments.commands import LONGEST_CAPTION
from cases.casework.fact_rows import language

_SELECT = {"class": "ams-select"}


class AttachmentForm(forms.Form):
    """A file for a case. fields: what it may be a value of; people: (uuid, label) of the persons one may name.

    photo: the device opens its camera. ask_url: where a change of `field` asks who would see it.
    """

    # The browser would draw an empty required field as wrong before anything was chosen.
    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("PDF, afbeelding of tekst, hoogstens 10 MB. Plaats en toestel van een foto gaan eraf."),
        widget=forms.FileInput(attrs={"class": "vb-bestand"}),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg. Kies een ander bestand."),
        },
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Waar gaat het over?"),
        help_text=gettext_lazy("De bijlage krijgt dezelfde rechten als dit gegeven."),
        widget=forms.Select(attrs=_SELECT),
        error_messages={"required": gettext_lazy("Kies waar de bijlage over gaat.")},
    )
    caption = forms.CharField(
        label=gettext_lazy("Wat staat erop?"),
        help_text=gettext_lazy("Eén zin. Wie het beeld niet ziet, hoort deze woorden."),
        widget=forms.TextInput(attrs={"class": "ams-text-input"}),
        max_length=LONGEST_CAPTION,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        catalogue: Catalogue,
        fields: tuple[Field, ...],
        people: tuple[tuple[str, str], ...],
        photo: bool = False,
        ask_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "—"), *_by_domain(catalogue, fields)]  # type: ignore[attr-defined]
        if ask_url:
            ask = {"hx-get": ask_url, "hx-trigger": "change", "hx-target": "#wie", "hx-select": "#wie"}
            self.fields["field"].widget.attrs |= ask | {"hx-swap": "outerHTML", "hx-include": "this"}
        attrs = self.fields["file"].widget.attrs
        attrs["accept"] = kinds.ACCEPT_PHOTO if photo else kinds.ACCEPT
        if photo:
            attrs["capture"] = "environment"
        if people:
            self.fields["person"] = forms.ChoiceField(
                label=gettext_lazy("Over wie"), choices=list(people), widget=forms.Select(attrs=_SELECT)
            )

    def in_order(self) -> list[Any]:
        """The fields as the page shows them."""
        return [self[name] for name in ("file", "field", "person", "caption") if name in self.fields]


def _by_domain(catalogue: Catalogue, fields: tuple[Field, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    english = language() == "en"
    found = []
    for domain in catalogue.domains:
        inside = [(field.code, field.label(language())) for field in fields if field.section in domain.sections]
        if inside:
            found.append((domain.label_en if english else domain.label_nl, inside))
    return found


def shown_audience(
    fields: tuple[Field, ...], seen_by: Mapping[int, tuple[str, ...]], *, chosen: str
) -> list[tuple[str, tuple[str, ...]]]:
    """Per field (or only the chosen one) its label and the types of agencies that would see it now."""
    wanted = [field for field in fields if field.code == chosen] or list(fields)
    return [(field.label(language()), seen_by.get(field.bit, ())) for field in wanted]
