"""What people type in this room: a question, what came of it, a note."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.requests.models import Ground
from foundation import clock
from foundation.workdays import add_working_days

DEFAULT_TERM = 5
"""Working days that a question gets when nobody says otherwise."""
_AREA = {"class": "ams-text-area", "rows": 3}


class _Form(forms.Form):
    # The browser would draw an empty required field as wrong before anything was typed.
    use_required_attribute = False


class AskForm(_Form):
    """A question to one agency. options: (code, label) of the fields that may be asked of it."""

    agency = forms.CharField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fields_ = forms.MultipleChoiceField(
        label=gettext_lazy("Wat wilt u weten?"),
        error_messages={"required": gettext_lazy("Kies ten minste één gegeven.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Wat vraagt u, en waarom?"),
        widget=forms.Textarea(attrs=_AREA),
        max_length=2000,
        help_text=gettext_lazy("Zo weet de ander waarvoor u het nodig heeft, en of dat mag."),
        error_messages={"required": gettext_lazy("Schrijf waarom u dit vraagt.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Graag voor of op"),
        widget=forms.DateInput(attrs={"class": "ams-text-input", "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, options: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": add_working_days(clock.today(), DEFAULT_TERM), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["fields_"].choices = list(options)  # type: ignore[attr-defined]

    def chosen(self) -> frozenset[str]:
        """The ticked field codes, also of a form with errors."""
        value = self["fields_"].value() or ()
        return frozenset(value)


class SettleForm(_Form):
    """How a question is rounded off. complete: all that was asked for was given, so no ground is asked."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Waarom geeft u de rest niet?"),
        error_messages={
            "required": gettext_lazy("U gaf niet alles wat is gevraagd. Kies waarom, of voeg eerst de bijdrage toe.")
        },
        widget=forms.Select(attrs={"class": "ams-select"}),
        help_text=gettext_lazy("Wie vroeg, leest deze grond als het convenant uw toelichting met hem deelt."),
    )
    words = forms.CharField(
        label=gettext_lazy("Toelichting"), required=False, widget=forms.Textarea(attrs=_AREA), max_length=2000
    )

    def __init__(self, *args: Any, complete: bool, nothing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if complete:
            del self.fields["ground"]
            return
        self.fields["ground"].choices = [("", "—"), *Ground.choices]  # type: ignore[attr-defined]
        if nothing:
            self.fields["ground"].label = _("Waarom geeft u dit niet?")


class NoteForm(_Form):
    """A note and who may read it."""

    words = forms.CharField(label=gettext_lazy("Notitie"), widget=forms.Textarea(attrs=_AREA), max_length=4000)
    own_only = forms.BooleanField(label=gettext_lazy("Alleen mijn eigen organisatie leest dit"), required=False)
