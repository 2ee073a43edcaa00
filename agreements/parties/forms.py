"""What comes in by page about people. The rules are in rules.py and commands."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.parties.models import Theme
from agreements.parties.rules import Role, roles_of_type
from foundation import clock


class MembershipForm(forms.Form):
    """A colleague who is given roles at the agency of the administrator."""

    email = forms.EmailField(label=_("E-mailadres"), help_text=_("Hiermee logt de collega in."))
    name = forms.CharField(label=_("Naam"), max_length=120)
    job_title = forms.CharField(label=_("Functie"), max_length=120, required=False)
    roles = forms.MultipleChoiceField(label=_("Rollen"), widget=forms.CheckboxSelectMultiple)
    last_day = forms.DateField(
        label=_("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leeg: tot u de rol beëindigt."),
    )

    def __init__(self, *args: Any, agency_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(agency_type)  # type: ignore[attr-defined]

    def ends(self) -> datetime | None:
        """The first moment after the last day, as the law counts "tot en met"."""
        last: date | None = self.cleaned_data["last_day"]
        return clock.end_of(last) if last else None


class RolesForm(forms.Form):
    """Other roles for a colleague."""

    roles = forms.MultipleChoiceField(label=_("Rollen"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, agency_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(agency_type)  # type: ignore[attr-defined]


class PreferencesForm(forms.Form):
    """Language and light or dark view."""

    language = forms.ChoiceField(label=_("Taal"), choices=[("nl", "Nederlands"), ("en", "English")])
    theme = forms.ChoiceField(label=_("Weergave"), choices=Theme.choices)


def _choices(agency_type: str) -> list[tuple[str, str]]:
    return [(role, str(Role(role).label)) for role in roles_of_type(agency_type)]
