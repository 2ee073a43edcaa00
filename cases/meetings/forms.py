"""What comes in by page about meetings. Whether it may be done is decided in commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.meetings.commands.agenda import DEFAULT_MINUTES
from cases.meetings.commands.agenda import LONGEST as LONGEST_ITEM
from cases.meetings.commands.planning import LONGEST, Sitting

_MOMENT = {"type": "datetime-local"}
_FORMAT = "%Y-%m-%dT%H:%M"


class SittingForm(forms.Form):
    """When and where a meeting is."""

    title = forms.CharField(
        label=_("Titel"), max_length=120, help_text=_("Zonder namen van personen: iedereen die u uitnodigt, leest hem.")
    )
    starts_at = forms.DateTimeField(label=_("Begint"), widget=forms.DateTimeInput(attrs=_MOMENT, format=_FORMAT))
    minutes = forms.IntegerField(
        label=_("Duur in minuten"), min_value=1, max_value=LONGEST, initial=90,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Plaats"), max_length=160, required=False,
        help_text=_("Zoals “vergaderzaal 2.14, Stadskantoor”. Staat ook in de agenda van wie u uitnodigt."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Verbinding voor wie inbelt"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Begint met https://. Staat alleen hier, niet in de mail."),
    )  # fmt: skip
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def sitting(self) -> Sitting:
        """What was filled in, as the commands take it."""
        data = self.cleaned_data
        return Sitting(
            title=data["title"], starts_at=data["starts_at"], minutes=data["minutes"], place=data["place"],
            link=data["link"],
        )  # fmt: skip


class PointForm(forms.Form):
    """A point without a case."""

    title = forms.CharField(label=_("Titel van het punt"), max_length=120, help_text=_("Zonder namen van personen."))
    minutes = forms.IntegerField(
        label=_("Minuten"), min_value=1, max_value=LONGEST_ITEM, initial=DEFAULT_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class AskForm(forms.Form):
    """Until when the parties may prepare."""

    asked_by = forms.DateTimeField(
        label=_("Voorbereiden tot"),
        widget=forms.DateTimeInput(attrs=_MOMENT, format=_FORMAT),
        help_text=_("Partijen zetten vóór dit moment hun beeld klaar, per leefgebied."),
    )


class GuestForm(forms.Form):
    """Somebody without an account who heard the statement of secrecy and accepted it."""

    agency = forms.ChoiceField(label=_("Organisatie"))
    guest = forms.CharField(label=_("Naam van de gast"), max_length=120)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


def minutes_of(data: Any) -> dict[str, str]:
    """The typed minutes of an agenda by the uid of the item, as they came in."""
    return {name.removeprefix("minutes-"): value for name, value in data.items() if name.startswith("minutes-")}
