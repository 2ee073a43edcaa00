"""What comes in by page about a search. Whether it may be searched is decided in queries."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.disclosure.wordforms import LONGEST_QUESTION


class SearchForm(forms.Form):
    """A question and its purpose."""

    q = forms.CharField(
        label=_("Naam, geboortedatum, adres, casusnummer of woord"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Typ waarnaar u zoekt.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Alle woorden moeten in één gegeven of tekst staan. Een datum mag ook als 5-3-2010 of 5 maart 2010; samen "
            "met een naam hoort zij bij dezelfde persoon."
        ),
    )
    doel = forms.ChoiceField(
        label=_("Waarvoor zoekt u?"),
        help_text=_("U vindt alleen wat u voor dit doel mag zien."),
        error_messages={"required": _("Kies waarvoor u zoekt."), "invalid_choice": _("Kies een doel uit de lijst.")},
    )

    def __init__(self, *args: Any, purposes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(purposes)
        # Nothing is chosen by itself, unless there is only one.
        empty = [] if len(found) == 1 else [("", _("Kies een doel"))]
        self.fields["doel"].choices = [*empty, *found]  # type: ignore[attr-defined]
