"""The form of a decision about a cluster. What it lets through is checked again by the commands."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.meetings.models import Meeting
from foundation import clock
from programmes.patterns.models import ClusterState

STEPS = [
    (ClusterState.CASE.value, _("Melden voor een gebiedscasus")),
    (ClusterState.AGENDA.value, _("Op de agenda van een overleg")),
    (ClusterState.ASIDE.value, _("Wegleggen")),
]


class DecideForm(forms.Form):
    """What follows on a cluster, and why. meetings: those that the reader leads."""

    use_required_attribute = False
    to = forms.ChoiceField(
        label=_("Wat doet u ermee?"), choices=STEPS, widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u ermee doet.")},
        help_text=_("Voor een gebiedscasus meldt uw organisatie een signaal over de wijk; de triage beslist."),
    )  # fmt: skip
    meeting = forms.ChoiceField(
        label=_("Welk overleg?"), required=False, widget=forms.Select(attrs={"class": "ams-select"}),
        help_text=_("Alleen voor de agenda. U kiest uit de overleggen die u leidt."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Waarom?"), max_length=200, widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 3}),
        help_text=_("Hooguit 200 tekens, zonder namen. Alle partijen bij het convenant lezen dit."),
        error_messages={"required": _("Schrijf waarom.")},
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: tuple[Meeting, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", "—")] + [  # type: ignore[attr-defined]
            (str(one.uid), f"{date_format(one.starts_at.astimezone(clock.AMSTERDAM), 'j M Y H:i')} · {one.title}")
            for one in meetings
        ]

    def clean(self) -> dict[str, Any]:
        """An agenda is of a meeting."""
        found = super().clean() or {}
        if found.get("to") == ClusterState.AGENDA and not found.get("meeting"):
            self.add_error("meeting", _("Kies het overleg."))
        return found
