"""The filters of the journal page. What people type becomes references through the ports."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.journal.entry import Outcome
from audit.journal.fieldset import labels
from audit.journal.filters import Filter
from audit.journal.periods import PeriodForm
from foundation import clock

_ANY = ("", _("alle"))
OUTCOMES = {
    Outcome.OK.value: _("gelukt"),
    Outcome.REFUSED.value: _("geweigerd"),
    Outcome.FAILED.value: _("mislukt"),
}
FIRST = ("person", "case", "reader")
_INPUT = {"class": "ams-text-input"}


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=200, widget=forms.TextInput(_INPUT))


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select({"class": "ams-select"}))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({**_INPUT, "type": "date"}, "%Y-%m-%d"))


class JournalForm(PeriodForm):
    """All fields may be empty; together they narrow."""

    person = _text(_("Betrokkene"))
    case = _text(_("Casus"))
    reader = _text(_("Lezer"))
    agency = _text(_("Organisatie"))
    field = _choice(_("Gelezen veld"))
    event_type = _choice(_("Gebeurtenis"))
    outcome = _choice(_("Uitkomst"))
    since = _day(_("Van"))
    until = _day(_("Tot en met"))
    break_glass = forms.BooleanField(
        label=_("Alleen noodtoegang"), required=False, widget=forms.CheckboxInput({"class": "vb-vink"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter-%s", **kwargs})
        english = (get_language() or "nl").startswith("en")
        named = [(str(row.bit), row.label_en if english else row.label_nl) for row in labels().values()]
        self.fields["field"].choices = [_ANY, *sorted(named, key=lambda pair: pair[1])]  # type: ignore[attr-defined]
        events = sorted(ports.event_types().items(), key=lambda pair: pair[1])
        self.fields["event_type"].choices = [_ANY, *events]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [_ANY, *OUTCOMES.items()]  # type: ignore[attr-defined]

    @property
    def first(self) -> list[forms.BoundField]:
        """Whom and what it is about: the filters that are asked most."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others, but for the tick; folded on a small screen."""
        return [field for field in self if field.name not in {*FIRST, "break_glass"}]

    @property
    def is_narrowed_further(self) -> bool:
        """Whether one of the others is used."""
        return any(field.value() or field.errors for field in [*self.more, self["break_glass"]])

    def wanted(self, visitor: ports.Visitor) -> Filter:
        """The filter of a valid form; a text that stands for nothing finds nothing."""
        data = self.cleaned_data

        def found(sort: ports.Sort) -> tuple[str, ...] | None:
            text = data[sort.value].strip()
            return ports.find(sort, text, visitor) if text else None

        return Filter(
            subjects=found(ports.Sort.PERSON),
            cases=found(ports.Sort.CASE),
            readers=found(ports.Sort.READER),
            agencies=found(ports.Sort.AGENCY),
            field=int(data["field"]) if data["field"] else None,
            event_type=data["event_type"],
            outcome=data["outcome"],
            since=clock.start_of(data["since"]) if data["since"] else None,
            until=clock.start_of(data["until"] + timedelta(days=1)) if data["until"] else None,
            break_glass=True if data["break_glass"] else None,
        )
