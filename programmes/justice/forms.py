"""The forms of prosecution in a programme. What they let through is checked again by the commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.justice.models import Offences
from programmes.plans.forms import INPUT, Pairs, choice, day, line, text, year

MOST_CHARACTERS = 200_000
HALVES = [("1", _("januari tot en met juni")), ("2", _("juli tot en met december"))]


def whole(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number."""
    widget = forms.NumberInput(attrs=INPUT | {"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class PriorityForm(forms.Form):
    """A group of offences gets priority."""

    offences = choice(_("Groep misdrijven"), Offences.choices)
    reason = text(_("Waarom dit voorrang krijgt"), help_text=_("Openbaar. Noem geen personen en geen lopende zaken."))
    starts_on = day(_("Vanaf"))
    until_on = day(_("Tot en met"))


class EndPriorityForm(forms.Form):
    """A priority is ended."""

    reason = text(_("Waarom de voorrang eindigt"), help_text=_("Openbaar. Vandaag is de laatste dag."))


class NormForm(forms.Form):
    """The agreed norm of a group."""

    offences = choice(_("Groep misdrijven"), Offences.choices)
    weeks = whole(_("Weken van aangifte tot uitspraak"), 1, 520, help_text=_("De helft van de zaken is dan klaar."))
    agreed_on = day(_("Afgesproken op"))
    source = line(_("Waar dit is afgesproken"), help_text=_("Zoals: stuurgroep 12 maart, besluit 4."))


class ThroughputForm(forms.Form):
    """Times as the text of a CSV."""

    file = forms.CharField(
        label=_("De regels van het CSV-bestand"), max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"class": "ams-text-area vb-mono", "rows": 12, "spellcheck": "false"}),
        help_text=_("Eerste regel: period,offences,cases,q1_days,median_days,q3_days,source,dated"),
    )  # fmt: skip


class FollowUpForm(forms.Form):
    """An agreement about follow-up. agencies: pairs."""

    agency = choice(_("Met wie"))
    title = line(_("Naam van de afspraak"))
    text = text(_("Wat is afgesproken"), help_text=_("Geen personen. Alleen partijen lezen dit."))
    norm = whole(_("Norm: bij hoeveel procent van de mensen"), 1, 100)
    starts_on = day(_("Vanaf"))
    until_on = day(_("Tot en met"))

    def __init__(self, *args: Any, agencies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """How far a follow-up was kept in a half-year."""

    year = year(_("Jaar"))
    half = forms.TypedChoiceField(
        label=_("Helft"), choices=HALVES, coerce=int, widget=forms.Select(attrs={"class": "ams-select"})
    )
    people = whole(_("Om hoeveel mensen ging het"), 1, 1_000_000)
    kept = whole(
        _("Bij hoeveel is de afspraak nagekomen"), 0, 1_000_000,
        help_text=_("Alleen het percentage wordt bewaard, en niet als het over te weinig mensen gaat."),
    )  # fmt: skip
    source = line(_("Bron"))
