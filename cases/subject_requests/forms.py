"""What comes in by page about requests. Whether it may be done is decided in commands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.subject_requests.choices import DECISIONS, GROUNDS, Asker, Decision, IdentityCheck, Kind, Outcome

_SELECT = {"class": "ams-select"}
_TEXT = {"class": "ams-text-input"}
_AREA = {"class": "ams-text-area", "rows": 3}
_CHECK = {"class": "ams-checkbox__input"}


def _day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={**_TEXT, "type": "date", **attrs}, format="%Y-%m-%d")


class ReceiveForm(forms.Form):
    """A request as it came in."""

    kind = forms.ChoiceField(
        label=_("Wat vraagt de persoon?"), choices=Kind.choices, widget=forms.Select(attrs=_SELECT)
    )
    received_on = forms.DateField(
        label=_("Ontvangen op"), help_text=_("De termijn van een maand loopt vanaf deze dag."), widget=_day()
    )
    name = forms.CharField(label=_("Naam"), max_length=160, widget=forms.TextInput(attrs=_TEXT))
    born_on = forms.DateField(label=_("Geboortedatum"), widget=_day())
    contact = forms.CharField(
        label=_("Waar moet het antwoord heen?"), max_length=300, widget=forms.TextInput(attrs=_TEXT)
    )
    text = forms.CharField(
        label=_("Wat de persoon schrijft of zegt"), required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Bij correctie, wissen, beperking of bezwaar: om welke gegevens gaat het, en waarom?"),
    )  # fmt: skip
    asker = forms.ChoiceField(
        label=_("Wie doet het verzoek?"), choices=Asker.choices, widget=forms.Select(attrs=_SELECT)
    )
    representative = forms.CharField(
        label=_("Vertegenwoordiger"), required=False, max_length=300, widget=forms.TextInput(attrs=_TEXT),
        help_text=_("Naam, en met welk recht: gezag, mentorschap, machtiging."),
    )  # fmt: skip


class IdentityForm(forms.Form):
    """How it was made sure who asks."""

    how = forms.ChoiceField(
        label=_("Hoe is vastgesteld wie dit is?"), choices=IdentityCheck.choices, widget=forms.Select(attrs=_SELECT),
        help_text=_("Bewaar geen kopie van het document."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("Waarom?"), widget=forms.Textarea(attrs=_AREA))


def _decisions(kind: Kind) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in DECISIONS[kind]]


def _grounds(kind: Kind) -> list[tuple[str, Any]]:
    does, does_not = DECISIONS[kind]
    none = _("Geen: wissen") if does == Decision.ERASE else _("Geen: verstrekken")
    return [("", none), *((one.value, one.label) for one in GROUNDS[does_not])]


class DecisionForm(forms.Form):
    """Give or withhold one contribution; or erase or keep it."""

    decision = forms.ChoiceField(label=_("Beslissing"), widget=forms.Select(attrs=_SELECT))
    ground = forms.ChoiceField(label=_("Grond"), required=False, widget=forms.Select(attrs=_SELECT))
    reason = forms.CharField(
        label=_("Waarom geldt die grond hier?"), required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Alleen uw eigen organisatie leest dit, in het register."),
    )  # fmt: skip
    is_told = forms.BooleanField(
        label=_("De persoon mag weten dat er iets niet is verstrekt, en op welke grond"), required=False,
        widget=forms.CheckboxInput(attrs=_CHECK),
    )  # fmt: skip
    review_on = forms.DateField(label=_("Opnieuw wegen op"), required=False, widget=_day())

    def __init__(self, *given: Any, erasing: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        kind = Kind.ERASURE if erasing else Kind.ACCESS
        self.fields["decision"].choices = _decisions(kind)  # type: ignore[attr-defined]
        self.fields["ground"].choices = _grounds(kind)  # type: ignore[attr-defined]
        if erasing:
            self.fields["is_told"].label = _("De persoon mag weten dat er iets niet is gewist, en op welke grond")


class LookupsForm(forms.Form):
    """Give or withhold the look-ups by one's own agency."""

    decision = forms.ChoiceField(
        label=_("Beslissing"), choices=_decisions(Kind.ACCESS), widget=forms.Select(attrs=_SELECT)
    )
    ground = forms.ChoiceField(
        label=_("Grond"), choices=_grounds(Kind.ACCESS), required=False, widget=forms.Select(attrs=_SELECT)
    )
    reason = forms.CharField(
        label=_("Waarom geldt die grond hier?"), required=False, widget=forms.Textarea(attrs=_AREA)
    )
    names_staff = forms.BooleanField(
        label=_("Noem ook de namen van de medewerkers"), required=False, widget=forms.CheckboxInput(attrs=_CHECK),
        help_text=_("Alleen als de persoon die nodig heeft om rechten uit te oefenen (HvJ EU C-579/21)."),
    )  # fmt: skip
    names_reason = forms.CharField(
        label=_("Waarom weegt dat zwaarder dan het belang van de medewerkers?"), required=False,
        widget=forms.Textarea(attrs=_AREA), help_text=_("Bij namen verplicht; dit komt in het logboek."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer of a controller to a request that is not for access."""

    outcome = forms.ChoiceField(label=_("Antwoord"), choices=Outcome.choices, widget=forms.Select(attrs=_SELECT))
    answer = forms.CharField(
        label=_("In woorden"), required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Dit leest de persoon."),
    )  # fmt: skip
    tells_recipients = forms.BooleanField(
        label=_("Noem de organisaties die dit eerder kregen (art. 19 AVG)"), required=False,
        widget=forms.CheckboxInput(attrs=_CHECK),
        help_text=_("Op verzoek van de persoon. Zij hebben bericht gekregen."),
    )  # fmt: skip
