"""What people type in this room: how two persons are related."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

_SELECT = {"class": "ams-select"}
_WHOM = {"required": gettext_lazy("Kies een persoon.")}


class RelationForm(forms.Form):
    """Person A is something of person B. people: (uuid, label) with an empty one first; kinds: (code, label)."""

    # The browser would draw an empty required field as wrong before anything was typed.
    use_required_attribute = False

    about = forms.ChoiceField(
        label=gettext_lazy("Wie"), widget=forms.Select(attrs=_SELECT), error_messages=_WHOM
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("is"),
        error_messages={"required": gettext_lazy("Kies wat zij van elkaar zijn.")},
    )
    other = forms.ChoiceField(
        label=gettext_lazy("van wie"), widget=forms.Select(attrs=_SELECT), error_messages=_WHOM
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Toelichting"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ams-text-input"}),
        help_text=gettext_lazy("Alleen bij gezag, steun en dreiging. Eén korte zin."),
    )

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], kinds: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        options = list(people)
        for name in ("about", "other"):
            self.fields[name].choices = options  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]

    def two(self) -> tuple[UUID, UUID]:
        """The two persons of a valid form."""
        return UUID(self.cleaned_data["about"]), UUID(self.cleaned_data["other"])
