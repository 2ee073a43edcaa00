"""What comes in by page about steps in a covenant. Whether it may be done is decided in commands."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.joining.commands.suspending import MOST
from agreements.joining.notice import check_reach
from foundation.errors import Invalid

_DAY = {"type": "date"}
_MOMENT = {"type": "datetime-local"}
_LONG = forms.Textarea(attrs={"rows": 4})


def _within_reach(when: Any) -> None:
    try:
        check_reach(when, field="")
    except Invalid as problem:
        raise forms.ValidationError(f"{problem.sentence} {problem.remedy}") from problem


class ReasonForm(forms.Form):
    """A step that asks for nothing but a reason."""

    reason = forms.CharField(
        label=_("Reden"), max_length=2000, widget=_LONG, help_text=_("De andere partijen lezen deze reden.")
    )


class WithdrawalForm(ReasonForm):
    """Giving notice, from the first day that the notice period allows."""

    last_day = forms.DateField(
        label=_("Laatste dag als partij"),
        validators=[_within_reach],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    field_order = ("last_day", "reason")

    def __init__(self, *args: Any, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", earliest)
        self.fields["last_day"].widget.attrs["min"] = earliest.isoformat()


class SuspensionForm(forms.Form):
    """When the covenant stops granting, and until when."""

    starts = forms.DateTimeField(
        label=_("Vanaf"),
        required=False,
        validators=[_within_reach],
        widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leeg: vanaf nu."),
    )
    ends = forms.DateTimeField(
        label=_("Tot"),
        required=False,
        validators=[_within_reach],
        widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leeg: tot iemand hervat."),
    )
    reason = forms.CharField(
        label=_("Reden"), max_length=MOST, widget=_LONG, help_text=_("Wie iets wil lezen, ziet deze reden.")
    )


class EndingForm(ReasonForm):
    """A proposal to end the covenant before its term."""

    last_day = forms.DateField(
        label=_("Laatste dag van het convenant"),
        required=False,
        validators=[_within_reach],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=_("Leeg: zodra alle verwerkingsverantwoordelijken instemden."),
    )
    field_order = ("last_day", "reason")


class AccessionForm(ReasonForm):
    """A request to become a party; signed when it is sent."""

    mandate = forms.CharField(
        label=_("Mandaat"),
        max_length=200,
        help_text=_("Op grond waarvan u voor uw organisatie tekent, zoals “mandaatbesluit 2026-14”."),
    )
    first_day = forms.DateField(
        label=_("Eerste dag als partij"),
        required=False,
        validators=[_within_reach],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=_("Leeg: zodra iedereen van wie de instemming nodig is, instemde."),
    )
    advice = forms.CharField(
        label=_("Kenmerk van het advies van de rechtmatigheidscommissie (RAC)"), max_length=200, required=False
    )
    field_order = ("mandate", "first_day", "advice", "reason")

    def __init__(self, *args: Any, needs_advice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_advice:
            self.fields["advice"].required = True
        else:
            del self.fields["advice"]
