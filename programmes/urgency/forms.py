"""The forms of urgency. What they let through is checked again by the commands."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.plans.forms import INPUT, Pairs, choice, day, line, text, year


class TrancheForm(forms.Form):
    """A new tranche. assessors: pairs."""

    year = year(_("Jaar"))
    half = choice(_("Half jaar"), [("1", _("eerste")), ("2", _("tweede"))])
    criteria = text(_("Criteria"), help_text=_("Elk op een eigen regel. Zij zijn openbaar."))
    criteria_version = line(_("Versie van de criteria"), 20)
    assessor = choice(_("Beoordelaar"), help_text=_("Een organisatie die niet beslist en niet indient."))
    closes_on = day(_("Indienen kan tot en met"))

    def __init__(self, *args: Any, assessors: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].choices = list(assessors)  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    """Why a neighbourhood goes first. areas, indicators, partners: pairs."""

    area = choice(_("Wijk"))
    argument = text(_("Waarom deze wijk voorgaat"))
    indicators = forms.MultipleChoiceField(
        label=_("Cijfers"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Het nieuwste cijfer van de wijk gaat mee, met bron en datum, naast dat van de stad."),
    )  # fmt: skip
    signals = text(_("Signalen"), help_text=_("Wat professionals en ondernemers zien. Geen namen van personen."))
    voice = text(_("Stem van bewoners"), help_text=_("Wat bewoners zelf zeggen. Geen namen van personen."))
    partners = forms.MultipleChoiceField(
        label=_("Partners die u om steun vraagt"), widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Pairs, indicators: Pairs, partners: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("area", areas), ("indicators", indicators), ("partners", partners)):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class SupportForm(forms.Form):
    """A partner supports a case."""

    text = text(_("Waarom u dit steunt, en wat u bijdraagt"))


class ScoreForm(forms.Form):
    """The assessor's opinion."""

    mark = forms.IntegerField(
        label=_("Cijfer, 1 tot en met 10"), min_value=1, max_value=10,
        widget=forms.NumberInput(attrs=INPUT | {"inputmode": "numeric"}),
    )  # fmt: skip
    opinion = text(_("Oordeel, langs de criteria"))


class DecideForm(forms.Form):
    """The decision on a tranche: which are chosen, and a reason for each. cases: (uid, name of the area, mark)."""

    chosen = forms.MultipleChoiceField(label=_("Gekozen wijken"), widget=forms.CheckboxSelectMultiple)
    motivation = text(_("Motivering van het besluit als geheel"))

    def __init__(self, *args: Any, cases: list[tuple[str, str, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (uid, _now("%(area)s, cijfer %(mark)s") % {"area": area, "mark": mark or "–"}) for uid, area, mark in cases
        ]
        for uid, area, _mark in cases:
            self.fields[f"reason_{uid}"] = text(
                _now("Waarom %(area)s wel of niet") % {"area": area}
            )  # fmt: skip

    def decision(self) -> dict[str, Any]:
        """What the command takes."""
        given = self.cleaned_data
        return {
            "chosen": frozenset(UUID(one) for one in given["chosen"]), "motivation": given["motivation"],
            "reasons": {
                UUID(name.removeprefix("reason_")): value for name, value in given.items() if name.startswith("reason_")
            },
        }  # fmt: skip
