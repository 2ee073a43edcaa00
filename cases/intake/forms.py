"""The forms of signals: a professional's, a resident's, and the small ones of each step."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.covenants import labels
from agreements.policy.catalogue import Catalogue
from cases.attachments.kinds import ACCEPT_PHOTO
from cases.intake.commands import Reported
from cases.intake.commands.photos import Photo
from cases.intake.neighbourhoods import neighbourhoods

_INPUT = {"class": "ams-text-input"}
_AREA = {"class": "ams-text-area", "rows": 5}
ABOUT = [("person", _("Een persoon of gezin")), ("area", _("Een plek"))]
NOT_ASKED = ("release",)
"""Sorts of signal that no resident is asked about."""
URGENCIES = [(code, labels.URGENCIES[code]) for code in ("normal", "high", "acute")]


def choices_of(catalogue: Catalogue, field: str, *, english: bool) -> list[tuple[str, str]]:
    """The choices of a catalogue field, in the language of the page."""
    return [(code, en if english else nl) for code, nl, en in catalogue.by_code[field].choices]


def photo_field(help_text: Any, *, camera: bool = False) -> forms.FileField:
    """One photo; nobody has to. camera: straight from the camera where there is one, not from older photos."""
    attrs = {"class": "vb-bestand", "accept": ACCEPT_PHOTO, **({"capture": "environment"} if camera else {})}
    return forms.FileField(
        label=_("Foto"), required=False, help_text=help_text,
        widget=forms.FileInput(attrs=attrs),
        error_messages={"empty": _("Deze foto is leeg. Kies een andere foto.")},
    )  # fmt: skip


def photo_of(cleaned: dict[str, Any]) -> Photo | None:
    """The photo of a valid form as what a command takes."""
    sent = cleaned.get("photo")
    return Photo(name=sent.name, data=sent.read(), size=sent.size) if sent else None


def neighbourhood_field() -> forms.ChoiceField:
    """In which neighbourhood a place is; nobody has to say."""
    return forms.ChoiceField(
        label=_("In welke wijk is dat?"), required=False, widget=forms.Select(attrs={"class": "ams-select"}),
        help_text=_("Dit hoeft niet. Wij tellen ermee hoeveel meldingen er per wijk en kwartaal zijn; een klein aantal "
                    "ziet niemand."),
    )  # fmt: skip


class Errors(forms.Form):
    """A form that takes a command's errors at their places."""

    # The server says what is missing; a browser would colour an empty field before anything was typed.
    use_required_attribute = False
    missing: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in self.missing.items():
            self.fields[name].error_messages["required"] = sentence

    def need(self, *fields: tuple[str, str]) -> None:
        """(field, sort): the field must be filled in when it is about that; a fresh form asks for all of them."""
        about = self.data.get("about") if self.is_bound else None
        for name, sort in fields:
            self.fields[name].required = about in (None, sort)

    def offer_neighbourhoods(self) -> None:
        """The neighbourhoods that there are; without any the question is left out."""
        if found := neighbourhoods():
            self.fields["neighbourhood"].choices = [("", _("Weet ik niet")), *found]  # type: ignore[attr-defined]
        else:
            del self.fields["neighbourhood"]

    def take(self, errors: tuple[tuple[str, str], ...]) -> None:
        """Put errors at their fields; what has no field stands above the form."""
        for place, sentence in errors:
            self.add_error(place if place in self.fields else None, sentence)


class ReportForm(Errors):
    """What a professional reports, in the order in which one thinks of it. about: the sorts their covenants let in."""

    missing: ClassVar[dict[str, Any]] = {
        "kind": _("Kies waar het over gaat."),
        "about": _("Kies: over een persoon of over een plek."),
        "person": _("Vul in over wie het gaat."),
        "place": _("Vul de plek in."),
        "seen": _("Schrijf wat u zag."),
        "urgency": _("Kies hoe snel het moet."),
        "reliability": _("Kies hoe zeker u bent."),
    }

    kind = forms.ChoiceField(label=_("Waar gaat het over?"), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Over wie of wat?"), choices=ABOUT, widget=forms.RadioSelect)
    person = forms.CharField(
        label=_("Wie is het?"), required=False, max_length=200,
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off"}),
        help_text=_("Naam of omschrijving. Niemand leest dit voordat de triage erom vraagt."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Waar is het?"), required=False, max_length=200,
        help_text=_("Straat, plein of gebouw. Om een persoon: alleen als u het weet."),
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off"}),
    )  # fmt: skip
    neighbourhood = neighbourhood_field()
    seen = forms.CharField(
        label=_("Wat zag u?"), max_length=4000, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Zonder naam of adres. Over een plek: hooguit 200 tekens."),
    )  # fmt: skip
    photo = photo_field(
        _("Bij een persoon: liever geen gezicht. Wie uw woorden leest, ziet ook de foto."), camera=True
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("Hoe snel?"), choices=URGENCIES, widget=forms.RadioSelect, initial="normal")
    reliability = forms.ChoiceField(label=_("Hoe zeker?"), widget=forms.RadioSelect)
    reconsidered = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, catalogue: Catalogue, about: tuple[str, ...], english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_of(catalogue, "signal_domain", english=english)  # type: ignore[attr-defined]
        grades = choices_of(catalogue, "signal_reliability", english=english)
        self.fields["reliability"].choices = grades  # type: ignore[attr-defined]
        self.fields["about"].choices = [choice for choice in ABOUT if choice[0] in about]  # type: ignore[attr-defined]
        if len(about) == 1:
            self.fields["about"].initial = about[0]
        self.need(("person", "person"), ("place", "area"))
        self.offer_neighbourhoods()

    def reported(self, *, submission: str) -> Reported:
        """The valid form as what the command takes."""
        cleaned = self.cleaned_data
        return Reported(
            about=cleaned["about"], kind=cleaned["kind"], seen=cleaned["seen"], place=cleaned["place"],
            person=cleaned["person"], urgency=cleaned["urgency"], reliability=cleaned["reliability"],
            submission=as_uuid(submission), photo=photo_of(cleaned), neighbourhood=cleaned.get("neighbourhood", ""),
        )  # fmt: skip


class ResidentForm(Errors):
    """What a resident reports. `website` is filled in only by programs: people do not see it."""

    missing: ClassVar[dict[str, Any]] = {
        "kind": _("Kies waar het over gaat."),
        "about": _("Kies: over een persoon of over een plek."),
        "person": _("Vul in over wie het gaat."),
        "place": _("Vul de plek in."),
        "seen": _("Schrijf wat u zag."),
    }

    about = forms.ChoiceField(label=_("Waarover maakt u zich zorgen?"), choices=ABOUT, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Waar gaat het over?"), widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Waar is het?"), required=False, max_length=200, help_text=_("Straat, plein of gebouw."),
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off"}),
    )  # fmt: skip
    neighbourhood = neighbourhood_field()
    person = forms.CharField(
        label=_("Over wie gaat het?"), required=False, max_length=200,
        help_text=_("Een naam of een omschrijving, als u die weet."),
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off"}),
    )  # fmt: skip
    seen = forms.CharField(
        label=_("Wat zag of hoorde u?"), max_length=4000, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Schrijf op wat u zelf zag of hoorde, en wanneer."),
    )  # fmt: skip
    photo = photo_field(_("Liever geen gezichten of kentekens. Waar en wanneer u hem maakte, halen wij eraf."))
    contact = forms.CharField(
        label=_("Hoe kunnen wij u bereiken?"), required=False, max_length=200,
        help_text=_("Dit hoeft niet. Alleen de gemeente leest dit; het komt nooit in een dossier."),
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off"}),
    )  # fmt: skip
    website = forms.CharField(
        label=_("Laat dit leeg"), required=False, widget=forms.TextInput(attrs={**_INPUT, "tabindex": "-1"})
    )
    token = forms.CharField(widget=forms.HiddenInput)
    reconsidered = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, catalogue: Catalogue, english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = choices_of(catalogue, "signal_domain", english=english)
        self.fields["kind"].choices = [kind for kind in kinds if kind[0] not in NOT_ASKED]  # type: ignore[attr-defined]
        self.need(("place", "area"))
        self.offer_neighbourhoods()

    def reported(self) -> Reported:
        """The valid form as what the command takes. A resident is not asked how sure or how urgent it is."""
        cleaned = self.cleaned_data
        return Reported(
            about=cleaned["about"], kind=cleaned["kind"], seen=cleaned["seen"], place=cleaned["place"],
            person=cleaned["person"] or (str(_("onbekend")) if cleaned["about"] == "person" else ""),
            reliability="unverified", photo=photo_of(cleaned), neighbourhood=cleaned.get("neighbourhood", ""),
        )  # fmt: skip


class CodeForm(forms.Form):
    """The code of a report."""

    code = forms.CharField(
        label=_("Uw code"), max_length=40, help_text=_("Zestien letters en cijfers, zoals ABCD-EFGH-2345-6789."),
        widget=forms.TextInput(attrs={**_INPUT, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class MoreForm(Errors):
    """What a resident adds."""

    seen = forms.CharField(label=_("Wat wilt u toevoegen?"), max_length=4000, widget=forms.Textarea(attrs=_AREA))
    code = forms.CharField(widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput)


class AddForm(Errors):
    """What was seen later."""

    seen = forms.CharField(
        label=_("Wat zag u?"), max_length=4000, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Zonder naam of adres. Over een plek: hooguit 200 tekens."),
    )  # fmt: skip


class DismissForm(Errors):
    """Why nothing follows."""

    reason = forms.CharField(
        label=_("Waarom volgt hier niets op?"), max_length=4000, widget=forms.Textarea(attrs=_AREA),
        help_text=_("Zonder naam. De melder leest dit, als het convenant hem dit geeft."),
    )  # fmt: skip


class ChoiceForm(Errors):
    """One choice from a list: to whom, into which signal, to which case, which answer."""

    def __init__(self, *args: Any, name: str, label: str, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", "—"), *choices], widget=forms.Select(attrs={"class": "ams-select"})
        )


def new_submission() -> str:
    """A fresh id for a form, so that sending it twice reports once."""
    return str(uuid4())


def as_uuid(text: str) -> UUID | None:
    """A submission as typed by the client; None for nonsense."""
    try:
        return UUID(text)
    except ValueError:
        return None
