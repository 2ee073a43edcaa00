"""The forms of programmes. What they let through is checked again by the commands."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.plans.models import Outcome, PillarKind, Side

INPUT = {"class": "ams-text-input"}
AREA = {"class": "ams-text-area", "rows": 3}
LONGEST = 4000
Pairs = Iterable[tuple[Any, Any]]


def line(label: Any, most: int = 160, **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=INPUT), **more)


def text(label: Any, **more: Any) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs=AREA), **more)


def choice(label: Any, choices: Pairs = (), **more: Any) -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.Select(attrs={"class": "ams-select"}), **more
    )


def year(label: Any, **more: Any) -> forms.IntegerField:
    """A year."""
    widget = forms.NumberInput(attrs=INPUT | {"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1990, max_value=2100, widget=widget, **more)


def day(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=INPUT | {"type": "date"}, format="%Y-%m-%d"), **more
    )


def number(label: Any, **more: Any) -> forms.DecimalField:
    """A number with at most two decimals."""
    return forms.DecimalField(
        label=label, max_digits=10, decimal_places=2, widget=forms.NumberInput(attrs=INPUT | {"step": "any"}), **more
    )


class ProgrammeForm(forms.Form):
    """A new programme. areas: (code, name)."""

    code = line(gettext_lazy("Code"), 40, help_text=gettext_lazy("Voor in het adres, zoals kruithof-2040."))
    title = line(gettext_lazy("Titel"))
    summary = text(gettext_lazy("Samenvatting"), help_text=gettext_lazy("Deze tekst wordt openbaar."))
    areas = forms.MultipleChoiceField(label=gettext_lazy("Wijken"), widget=forms.CheckboxSelectMultiple)
    starts_year = year(gettext_lazy("Begint in"))
    until_year = year(gettext_lazy("Loopt tot en met"), help_text=gettext_lazy("Ten minste tien jaar na het begin."))
    mandate = text(gettext_lazy("Mandaat"), help_text=gettext_lazy("Op welk besluit rust het, en van wie?"))
    lead_why = text(gettext_lazy("Waarom uw organisatie de trekker is"))

    def __init__(self, *args: Any, areas: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = list(areas)  # type: ignore[attr-defined]


class PillarForm(forms.Form):
    """A pillar."""

    kind = choice(gettext_lazy("Pijler"), PillarKind.choices)
    own_name = line(gettext_lazy("Naam van een eigen pijler"), 60, required=False)


class GoalForm(forms.Form):
    """A goal. pillars, areas, indicators: pairs."""

    pillar = choice(gettext_lazy("Pijler"))
    title = line(gettext_lazy("Wat wilt u bereiken?"))
    area = choice(gettext_lazy("Wijk"))
    indicator = choice(gettext_lazy("Gemeten met"))
    baseline_year = year(
        gettext_lazy("Jaar van de nulmeting"), help_text=gettext_lazy("Het cijfer komt uit de cijfers van de wijk.")
    )
    target = number(gettext_lazy("Doel"))
    target_year = year(gettext_lazy("In het jaar"))
    milestones = forms.CharField(
        label=gettext_lazy("Mijlpalen"), required=False, widget=forms.Textarea(attrs=AREA), max_length=600,
        help_text=gettext_lazy("Elke op een eigen regel: jaar, dubbele punt, waarde. Zo: 2028: 30"),
    )  # fmt: skip

    def __init__(self, *args: Any, pillars: Pairs, areas: Pairs, indicators: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("pillar", pillars), ("area", areas), ("indicator", indicators)):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean_milestones(self) -> dict[int, Decimal]:
        """Year → value."""
        found: dict[int, Decimal] = {}
        for row in self.cleaned_data["milestones"].splitlines():
            if not row.strip():
                continue
            at, _colon, value = row.partition(":")
            try:
                number, amount = int(at.strip()), Decimal(value.strip().replace(",", "."))
            except (ValueError, InvalidOperation):
                number, amount = 0, Decimal(0)
            if not 1990 <= number <= 2100 or not amount.is_finite() or abs(amount) >= 10**8:
                raise forms.ValidationError(_("“%(row)s” is geen mijlpaal. Schrijf: 2028: 30") % {"row": row.strip()})
            if number in found:
                raise forms.ValidationError(_("%(year)d staat er twee keer.") % {"year": number})
            found[number] = amount
        return found


class PlanForm(forms.Form):
    """A plan of at most four years."""

    first_year = year(gettext_lazy("Eerste jaar"))
    last_year = year(
        gettext_lazy("Laatste jaar"), help_text=gettext_lazy("Een uitvoeringsplan duurt hooguit vier jaar.")
    )
    summary = text(gettext_lazy("Wat u in deze jaren doet"))


class ProjectForm(forms.Form):
    """A project under a goal. plans, owners: pairs."""

    title = line(gettext_lazy("Titel"))
    about = text(gettext_lazy("Wat het project doet"))
    side = choice(gettext_lazy("Kant"), Side.choices)
    plan = choice(gettext_lazy("Uitvoeringsplan"))
    owner = choice(gettext_lazy("Wie doet het"))
    starts_on = day(gettext_lazy("Eerste dag"))
    until_on = day(gettext_lazy("Laatste dag"))

    def __init__(self, *args: Any, plans: Pairs, owners: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = list(plans)  # type: ignore[attr-defined]
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The end of a project."""

    outcome = choice(gettext_lazy("Werkte het?"), Outcome.choices)
    result = text(gettext_lazy("Resultaat"), help_text=gettext_lazy("Wat leverde het op, in cijfers en in woorden?"))
    learned = text(
        gettext_lazy("Wat er is geleerd"),
        help_text=gettext_lazy("Wat doet u de volgende keer weer, en wat anders? Iedereen kan dit lezen."),
    )


class ReportForm(forms.Form):
    """What is told about a pillar. pillars: pairs."""

    pillar = choice(gettext_lazy("Pijler"))
    year = year(gettext_lazy("Over het jaar"))
    text = text(
        gettext_lazy("Bericht"),
        help_text=gettext_lazy("Wat is er gedaan, sociaal en repressief, en wat leverde het op? Dit wordt openbaar."),
    )

    def __init__(self, *args: Any, pillars: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pillar"].choices = list(pillars)  # type: ignore[attr-defined]
