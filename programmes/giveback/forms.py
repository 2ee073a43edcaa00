"""The forms of the board. What they let through is checked again by the commands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.attachments.kinds import ACCEPT_PHOTO
from programmes.giveback.models import Attendance, Band, InterventionKind, SeizureKind

INPUT = {"class": "ams-text-input"}
_FEW = _("Wordt afgerond op tientallen; onder de tien bewaren wij niets.")
Pairs = Iterable[tuple[Any, Any]]


def _line(label: Any, most: int = 160, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=INPUT), **more)


def _text(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "ams-text-area", "rows": 3})
    return forms.CharField(label=label, max_length=4000, widget=widget, **more)


def _choice(label: Any, choices: Pairs = (), **more: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "ams-select"})
    return forms.ChoiceField(label=label, choices=list(choices), widget=widget, **more)


def _number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=INPUT | {"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=2_000_000_000, widget=widget, **more)


def _photo(label: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"class": "vb-bestand", "accept": ACCEPT_PHOTO})
    return forms.FileField(label=label, widget=widget, help_text=_("Zonder herkenbare mensen."))


class _WithLists(forms.Form):
    """A form with lists that are filled when it is made: name=pairs."""

    use_required_attribute = False

    def __init__(self, *args: Any, lists: dict[str, Pairs] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (lists or {}).items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class SeizureForm(_WithLists):
    """A seizure. lists: area."""

    area = _choice(_("Wijk"))
    street = _line(_("Straat"), 80, help_text=_("Zonder huisnummer."))
    kind = _choice(_("Wat"), SeizureKind.choices)
    band = _choice(_("Waarde"), Band.choices)
    case_reference = _line(_("Kenmerk van de zaak bij het OM"), 40)
    is_closed = forms.BooleanField(label=_("De zaak is gesloten"))


class BookForm(_WithLists):
    """The proceeds of a seizure."""

    proceeds = _number(_("Opbrengst in hele euro's"), help_text=_("Na het boeken verandert dit bedrag niet meer."))


class OfferForm(_WithLists):
    """A social offer. lists: area."""

    area = _choice(_("Wijk"))
    kind = _choice(_("Soort"), InterventionKind.choices)
    title = _line(_("Titel"))
    about = _text(_("Wat u doet"), help_text=_("Dit wordt openbaar: geen namen."))
    group_size = _number(
        _("Voor hoeveel mensen is het bedoeld?"),
        help_text=_FEW,
    )
    places = _number(_("Plekken"))
    cost = _number(_("Kosten in hele euro's"))


class OfferMoveForm(_WithLists):
    """How far an offer is. lists: state."""

    state = _choice(_("Stand"))
    taken = _number(_("Deelnemers"), help_text=_FEW)
    attendance = _choice(_("Opkomst"), [("", "–"), *Attendance.choices], required=False)
    reason = _text(_("Waarom"), required=False, help_text=_("Nodig als het stopt: wat werkte niet?"))


class ProjectForm(_WithLists):
    """A give-back. lists: area."""

    area = _choice(_("Wijk"))
    title = _line(_("Titel"))
    about = _text(_("Wat er komt"), help_text=_("Dit wordt openbaar: geen namen."))
    place = _line(_("Plek"), 120)
    amount = _number(_("Kosten in hele euro's"))


class VoteForm(_WithLists):
    """What residents chose."""

    voters = _number(_("Hoeveel bewoners stemden er?"))
    in_favour = _number(_("Hoeveel daarvan kozen dit?"))


class FundForm(_WithLists):
    """Which booked seizures pay. lists: seizures."""

    seizures = forms.MultipleChoiceField(label=_("Beslag dat betaalt"), widget=forms.CheckboxSelectMultiple)


class ShowForm(_WithLists):
    """Before and after."""

    before = _photo(_("Foto van ervoor"))
    before_words = _line(_("Wat staat er op de foto van ervoor?"), 240)
    after = _photo(_("Foto van erna"))
    after_words = _line(_("Wat staat er op de foto van erna?"), 240)
