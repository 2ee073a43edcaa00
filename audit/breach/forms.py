"""The question of the breach page. What people type becomes references through the ports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.journal import articles
from audit.journal.filters import Filter
from audit.journal.periods import PeriodForm

_INPUT = {"class": "ams-text-input"}
_MOMENT = "%Y-%m-%dT%H:%M"


def _text(label: Any, note: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=200, help_text=note, widget=forms.TextInput(_INPUT)
    )  # fmt: skip


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({**_INPUT, "type": "datetime-local"}, _MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget, input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"])


class BreachForm(PeriodForm):
    """All fields may be empty but not all at once (looking.py says so); together they narrow."""

    whole_days = False

    reader = _text(_("Lezer"), _("naam of e-mailadres van wie de toegang had"))
    case = _text(_("Casus"))
    article = forms.ChoiceField(label=_("Artikel"), required=False, widget=forms.Select({"class": "ams-select"}))
    since = _moment(_("Vanaf"))
    until = _moment(_("Tot"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="lek-%s")
        found = articles.known()
        whole = sorted({article.partition(" art.")[0] for article in found})
        choices = [("", _("alle")), *((text, text) for text in sorted({*whole, *found}))]
        self.fields["article"].choices = choices  # type: ignore[attr-defined]

    def wanted(self, visitor: ports.Visitor) -> Filter:
        """The filter of a valid form; a text that stands for nothing finds nothing."""
        data = self.cleaned_data

        def found(sort: ports.Sort) -> tuple[str, ...] | None:
            text = data[sort.value].strip()
            return ports.find(sort, text, visitor) if text else None

        return Filter(
            readers=found(ports.Sort.READER),
            cases=found(ports.Sort.CASE),
            article=data["article"],
            since=data["since"],
            until=data["until"],
        )
