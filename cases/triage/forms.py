"""What comes in by page in triage. Whether it may be done is decided in commands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.covenants.labels import label
from cases.triage.choices import REASONS
from cases.triage.codes import Ground, Known, Outcome
from cases.triage.commands.outcomes import NETWORKS
from cases.triage.filters import CRITERIA

_INPUT = {"class": "ams-text-input"}
_SELECT = {"class": "ams-select"}
_DAY = {"class": "ams-text-input", "type": "date"}
_WITHOUT_NAME = _("Zonder naam of adres.")
MOST = 2000


def _long(
    label_: Any, *, help_text: Any = "", required: bool = True, rows: int = 3, most: int = MOST
) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "ams-text-area", "rows": rows})
    return forms.CharField(label=label_, help_text=help_text, required=required, max_length=most, widget=widget)


class _Form(forms.Form):
    """A form that the server judges: a browser must not mark what is still empty as wrong."""

    use_required_attribute = False


class CriteriaForm(_Form):
    """The four criteria of BGS art. 2.20(1): yes or no, and why. What is left open is left as it was."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="criterium_%s")
        for code, published in CRITERIA.items():
            self.fields[f"{code}_met"] = forms.ChoiceField(
                label=str(published), required=False, choices=[("ja", _("Ja")), ("nee", _("Nee"))],
                widget=forms.RadioSelect(attrs={"class": "vb-janee"}),
            )  # fmt: skip
            self.fields[f"{code}_text"] = _long(_("Waarom"), help_text=_WITHOUT_NAME, required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        """A yes or no wants its why, and the other way round."""
        given: dict[str, Any] = super().clean() or {}
        for code in CRITERIA:
            met, text = given.get(f"{code}_met", ""), (given.get(f"{code}_text") or "").strip()
            if met and len(text) < 5:
                self.add_error(f"{code}_text", _now("Schrijf in een paar woorden waarom."))
            if text and not met:
                self.add_error(f"{code}_met", _now("Kies ja of nee."))
        return given

    def changed(self) -> list[tuple[str, bool, str]]:
        """(criterion, met, why) of what is not as it was."""
        found = []
        for code in CRITERIA:
            names = (f"{code}_met", f"{code}_text")
            met, text = (str(self.cleaned_data.get(name) or "").strip() for name in names)
            if met and (met, text) != tuple(str(self.initial.get(name) or "").strip() for name in names):
                found.append((code, met == "ja", text))
        return found

    def rows(self) -> list[dict[str, Any]]:
        """Per criterion its two fields, for the template."""
        return [{"code": code, "met": self[f"{code}_met"], "text": self[f"{code}_text"]} for code in CRITERIA]


class ProposalForm(_Form):
    """How triage ends, where to, and why."""

    outcome = forms.ChoiceField(label=_("Uitkomst"), widget=forms.Select(attrs=_SELECT))
    network = forms.ChoiceField(label=_("Welk netwerk"), required=False, widget=forms.Select(attrs=_SELECT))
    agency = forms.ChoiceField(label=_("Welke organisatie"), required=False, widget=forms.Select(attrs=_SELECT))
    number = forms.CharField(
        label=_("Nummer van de andere casus"), required=False, max_length=40, widget=forms.TextInput(attrs=_INPUT)
    )
    text = _long(_("Waarom"), help_text=_WITHOUT_NAME)

    def __init__(self, data: Any = None, *, admit: bool, more: bool, agencies: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="voorstel_%s")
        left_out = {*([] if admit else [Outcome.ADMIT]), *([] if more else [Outcome.MORE_INFO])}
        outcomes = [(code, words) for code, words in Outcome.choices if code not in left_out]
        self.fields["outcome"].choices = [("", "—"), *outcomes]  # type: ignore[attr-defined]
        self.fields["network"].choices = [("", "—"), *NETWORKS.items()]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", "—"), *agencies]  # type: ignore[attr-defined]

    def destination(self) -> str:
        """The destination that belongs to the chosen outcome."""
        field = {Outcome.REFER: "network", Outcome.REFER_BACK: "agency", Outcome.DUPLICATE: "number"}.get(
            self.cleaned_data["outcome"]
        )
        return str(self.cleaned_data[field]) if field else ""

    def place_of_destination(self) -> str:
        """The field where an error about the destination belongs."""
        outcome = self.data.get("outcome", "")
        return {Outcome.REFER: "network", Outcome.REFER_BACK: "agency"}.get(outcome, "number")


class PositionForm(_Form):
    """Why a controller does not agree, or a word beside agreeing."""

    reason = _long(
        _("Toelichting"), help_text=_("Nodig als u niet instemt. Zonder naam of adres."), required=False, rows=2
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="standpunt_%s")


class AskForm(_Form):
    """Whom to ask whether they know the person."""

    agencies = forms.MultipleChoiceField(
        label=_("Wie vraagt u?"), widget=forms.CheckboxSelectMultiple(attrs={"class": "vb-keuze"})
    )

    def __init__(self, data: Any = None, *, agencies: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="vraag_%s", initial={"agencies": [code for code, _name in agencies]})
        self.fields["agencies"].choices = list(agencies)  # type: ignore[attr-defined]


class IdentityForm(_Form):
    """A person as an agency's own system has them: compared and forgotten."""

    bsn = forms.CharField(
        label=_("Burgerservicenummer"), required=False, max_length=20,
        widget=forms.TextInput(attrs=_INPUT | {"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Volledige naam"), required=False, max_length=200,
        widget=forms.TextInput(attrs=_INPUT | {"autocomplete": "off"}),
    )  # fmt: skip
    born_on = forms.DateField(
        label=_("Geboortedatum"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )


class AnswerForm(_Form):
    """Known, not known, or may not say; with whom to speak."""

    answer = forms.ChoiceField(label=_("Uw antwoord"), choices=Known.choices, widget=forms.RadioSelect)
    contact = forms.ChoiceField(
        label=_("Contactpersoon"), required=False, widget=forms.Select(attrs=_SELECT),
        help_text=_("Alleen als de persoon bij u bekend is. De procesregisseur belt deze collega."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, colleagues: Sequence[tuple[str, str]], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial), auto_id="antwoord_%s")
        self.fields["contact"].choices = list(colleagues)  # type: ignore[attr-defined]


class OpeningForm(_Form):
    """Purpose, grounds, covenants, who takes part and who leads. Who takes part is a field per agency."""

    purpose = forms.ChoiceField(label=_("Doel"), widget=forms.Select(attrs=_SELECT))
    covenants = forms.MultipleChoiceField(
        label=_("Convenanten"), widget=forms.CheckboxSelectMultiple(attrs={"class": "vb-keuze"})
    )
    legal_basis = forms.CharField(label=_("Grondslag"), max_length=300, widget=forms.TextInput(attrs=_INPUT))
    proportionality = _long(
        _("Proportionaliteit"), most=1500, help_text=_("Waarom weegt het belang op tegen de inbreuk op de privacy?")
    )
    subsidiarity = _long(
        _("Subsidiariteit"), most=1500, help_text=_("Wat is geprobeerd, en waarom is iets lichters niet genoeg?")
    )
    lead = forms.ChoiceField(label=_("Trekker"), widget=forms.Select(attrs=_SELECT))
    director = forms.ChoiceField(label=_("Procesregisseur"), widget=forms.Select(attrs=_SELECT))

    def __init__(
        self,
        data: Any = None,
        *,
        purposes: Sequence[tuple[str, str]],
        covenants: Sequence[str],
        agencies: Sequence[tuple[str, str, str]],
        directors: Sequence[tuple[str, str]],
        standings: Mapping[str, Sequence[tuple[str, str]]],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._standings = standings
        self.fields["purpose"].choices = list(purposes)  # type: ignore[attr-defined]
        self.fields["covenants"].choices = [(code, code) for code in covenants]  # type: ignore[attr-defined]
        self.fields["lead"].choices = [(code, name) for code, name, _type in agencies]  # type: ignore[attr-defined]
        self.fields["director"].choices = list(directors)  # type: ignore[attr-defined]
        self._agencies = list(agencies)
        for code, name, _type in agencies:
            self.fields[self.name_of(code)] = forms.ChoiceField(
                label=name, required=False, choices=[("", _("Doet niet mee")), *REASONS.items()],
                widget=forms.Select(attrs=_SELECT),
            )  # fmt: skip

    @staticmethod
    def name_of(code: str) -> str:
        """The form field of an agency."""
        return f"deelnemer-{code}"

    def participants(self) -> dict[str, str]:
        """Agency code → reason, of who takes part."""
        given = {code: self.cleaned_data.get(self.name_of(code), "") for code, _name, _type in self._agencies}
        return {code: reason for code, reason in given.items() if reason}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The agencies with their field, for the template: those that take part, and the others."""
        found: dict[str, list[dict[str, Any]]] = {"taking": [], "others": []}
        for row in self._rows():
            found["taking" if row["field"].value() or row["field"].errors else "others"].append(row)
        return found

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "agency": {"monogram": type_, "name": name, "type": type_},
                "kind": label("agency_type", type_),
                "field": self[self.name_of(code)],
                "standings": self._standings.get(code, ()),
            }
            for code, name, type_ in self._agencies
        ]

    def frame(self) -> list[forms.BoundField]:
        """The fields of purpose and grounds."""
        return [self[name] for name in ("purpose", "covenants", "legal_basis", "proportionality", "subsidiarity")]

    def leaders(self) -> list[forms.BoundField]:
        """The fields of who leads."""
        return [self["lead"], self["director"]]


class InformedForm(_Form):
    """The day on which somebody was told."""

    on = forms.DateField(label=_("Geïnformeerd op"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class PostponeForm(_Form):
    """Why informing waits, and until when."""

    ground = forms.ChoiceField(label=_("Grond"), choices=Ground.choices, widget=forms.Select(attrs=_SELECT))
    review_on = forms.DateField(
        label=_("Kijk opnieuw op"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=_("Binnen dertig dagen."),
    )  # fmt: skip
    reason = _long(_("Waarom"), help_text=_("Alleen wie informeert leest dit."), rows=2)
    withhold = forms.BooleanField(
        label=_("Houd de gegevens van mijn organisatie zolang achter"), required=False,
        help_text=_("Niemand anders leest ze tot u het uitstel opheft."),
    )  # fmt: skip
