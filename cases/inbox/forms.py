"""What people type in this room: a question to the own leadership, and a decision."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_AREA = {"class": "ams-text-area", "rows": 3}


class _Form(forms.Form):
    # The browser would draw an empty required field as wrong before anything was typed.
    use_required_attribute = False


class EscalateForm(_Form):
    """One sentence to the own leadership. agencies: (code, name) of whom it may wait for."""

    question = forms.CharField(
        label=gettext_lazy("Wat vraagt u van uw leiding?"),
        widget=forms.Textarea(attrs=_AREA),
        max_length=2000,
        help_text=gettext_lazy("Eén zin: wat loopt vast, en wat heeft u nodig?"),
        error_messages={"required": gettext_lazy("Schrijf in een zin wat u van uw leiding vraagt.")},
    )
    blocked_by = forms.ChoiceField(
        label=gettext_lazy("Op wie wacht het?"), required=False, widget=forms.Select(attrs={"class": "ams-select"})
    )

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocked_by"].choices = [("", _("Niet op een partner")), *agencies]  # type: ignore[attr-defined]


class DecideForm(_Form):
    """The decision of the leadership."""

    words = forms.CharField(
        label=gettext_lazy("Uw besluit"),
        widget=forms.Textarea(attrs=_AREA),
        max_length=2000,
        help_text=gettext_lazy("Alleen wie vroeg en de leiding van uw organisatie lezen dit."),
        error_messages={"required": gettext_lazy("Schrijf uw besluit.")},
    )
