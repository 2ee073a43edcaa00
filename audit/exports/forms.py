"""The form that asks for an export."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.exports.commands import Wish
from audit.exports.kinds import kinds
from audit.journal.filters import reading_agencies
from audit.journal.periods import PeriodForm
from audit.journal.reading import Officer
from foundation import clock

_INPUT = {"class": "ams-text-input"}
_SELECT = {"class": "ams-select"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({**_INPUT, "type": "date"}, "%Y-%m-%d"))


class ExportForm(PeriodForm):
    """Kind, whole days, and by agency or covenant where the kind asks for it. Begins with the month that is over."""

    kind = forms.ChoiceField(label=_("Soort"), widget=forms.Select(_SELECT))
    since = _day(_("Van"))
    until = _day(_("Tot en met"))
    agency = forms.ChoiceField(label=_("Organisatie van de lezer"), required=False, widget=forms.Select(_SELECT))
    covenant = forms.ChoiceField(
        label=_("Convenant"), required=False, help_text=_("alleen bij een maandrapport"), widget=forms.Select(_SELECT)
    )

    def __init__(self, data: Any = None, *, officer: Officer) -> None:
        last = clock.today().replace(day=1) - timedelta(days=1)
        super().__init__(data, auto_id="uitvoer-%s", initial={"since": last.replace(day=1), "until": last})
        found = kinds()
        self._choose("kind", [(code, kind.label) for code, kind in found.items()])
        refs = [officer.scope] if officer.scope is not None else reading_agencies()
        names = ports.labels_of(refs)
        every = [] if officer.scope is not None else [("", _("alle"))]
        self._choose("agency", [*every, *((ref, names.get(ref, ref)) for ref in refs)])
        covenants = {code: title for kind in found.values() if kind.covenants for code, title in kind.covenants()}
        self._choose("covenant", [("", _("geen")), *sorted(covenants.items())])
        if not covenants:
            del self.fields["covenant"]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("since", "until"):
            day = data.get(name)
            if day and not 1971 < day.year < 9000:
                self.add_error(name, _("Deze datum valt buiten het logboek. Kies een andere datum."))
        return data

    def wish(self) -> Wish:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Wish(
            kind=data["kind"], since=clock.start_of(data["since"]), until=clock.end_of(data["until"]),
            agency=data["agency"], covenant=data.get("covenant", ""),
        )  # fmt: skip
