"""The form of a step in a finding."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.oversight.models import FindingState, Verdict
from audit.oversight.rules import LONGEST_REASON, NEXT
from audit.oversight.words import STATES, VERDICTS


class WordsForm(forms.Form):
    """A question to a reader, or the answer."""

    use_required_attribute = False

    text = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"class": "ams-text-area", "rows": 4}),
        error_messages={"required": _("Er staat nog niets. Schrijf een zin.")},
    )

    def __init__(self, data: object = None, *, label: object, hint: object) -> None:
        super().__init__(data, auto_id="woorden-%s")  # type: ignore[arg-type]
        self.fields["text"].label = label  # type: ignore[assignment]
        self.fields["text"].help_text = hint  # type: ignore[assignment]


class StepForm(forms.Form):
    """What happens next, the verdict when it closes, and the reason."""

    state = forms.ChoiceField(label=_("Volgende stap"), widget=forms.Select({"class": "ams-select"}))
    verdict = forms.ChoiceField(
        label=_("Oordeel, bij afsluiten"),
        required=False,
        choices=[("", _("geen")), *((one.value, VERDICTS[one]) for one in (Verdict.JUSTIFIED, Verdict.UNJUSTIFIED))],
        widget=forms.Select({"class": "ams-select"}),
    )
    reason = forms.CharField(
        label=_("Reden in woorden"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"class": "ams-text-area", "rows": 4}),
    )

    def __init__(self, data: object = None, *, now: FindingState) -> None:
        super().__init__(data, auto_id="stap-%s")  # type: ignore[arg-type]
        choices = [(one.value, STATES[one]) for one in FindingState if one in NEXT[now]]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
