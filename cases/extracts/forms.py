"""What comes in by page about extracts. Whether it may be done is decided in commands."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.extracts.commands import Proposed
from cases.extracts.options import Option


class ProposalForm(forms.Form):
    """A recipient with an article, the fields to give, why, and until when. action: of the plan, if it serves one."""

    option = forms.ChoiceField(
        label=_("Ontvanger en artikel"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een ontvanger."), "invalid_choice": _("Kies een ontvanger uit de lijst.")},
    )
    fields_to_give = forms.MultipleChoiceField(
        label=_("Wat geeft u"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen wat de ontvanger voor zijn taak nodig heeft. U geeft een kopie van nu."),
        error_messages={"required": _("Kies ten minste één gegeven.")},
    )
    reason = forms.CharField(
        label=_("Waarom heeft deze ontvanger dit nodig?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 3}),
        help_text=_("Wie meebeslist, leest dit."),
    )
    ends_on = forms.DateField(
        label=_("Te lezen tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"class": "ams-text-input", "type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg: tot de verstrekking wordt ingetrokken of het convenant eindigt."),
    )

    action = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: tuple[Option, ...], labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (option.key, _("%(name)s · %(covenant)s art. %(nr)s") % {
                "name": option.recipient_name, "covenant": option.covenant, "nr": option.article,
            })
            for option in options
        ]  # fmt: skip
        self.fields["fields_to_give"].choices = list(labels.items())  # type: ignore[attr-defined]

    def wish(self, *, person: str, submission: str) -> Proposed:
        """What was asked, once the form is valid."""
        data = self.cleaned_data
        return Proposed(
            option=data["option"],
            fields=tuple(data["fields_to_give"]),
            reason=data["reason"],
            person=UUID(person) if person else None,
            ends_on=data["ends_on"],
            action=data["action"],
            submission=UUID(submission),
        )


class SecrecyForm(forms.Form):
    """Signing the declaration of secrecy."""

    agrees = forms.BooleanField(
        label=_("Ik heb dit gelezen en houd mij eraan."),
        error_messages={"required": _("Vink aan dat u dit hebt gelezen, of ga terug.")},
    )
    version = forms.CharField(widget=forms.HiddenInput)
