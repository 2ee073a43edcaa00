"""The contribution form, made from the catalogue: one form field per catalogue field, by life domain."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.policy.catalogue import Catalogue, Field
from cases.casework import words
from cases.casework.commands.contribution import Given
from cases.casework.fact_rows import language, partner
from cases.casework.rules import fields_of
from foundation import clock

_INPUT = {"class": "ams-text-input"}
_DAY = {"class": "ams-text-input", "type": "date"}


def form_field(field: Field, *, stored: Any = None) -> forms.Field:
    """The form field for a catalogue field; none is required, since nobody has to know everything.

    stored: its present value. A number with parts that was once given as one number stays one.
    """
    english = language() == "en"
    common: dict[str, Any] = {
        "label": field.label(language()),
        "help_text": field.help_en if english else field.help_nl,
        "required": False,
    }
    if field.type == "choice":
        options = [("", "—"), *((code, en if english else nl) for code, nl, en in field.choices)]
        return forms.ChoiceField(choices=options, widget=forms.Select(attrs={"class": "ams-select"}), **common)
    if field.type == "bool":
        options = [("", "—"), ("true", _("Ja")), ("false", _("Nee"))]
        return forms.ChoiceField(choices=options, widget=forms.Select(attrs={"class": "ams-select"}), **common)
    if field.type == "date":
        return forms.DateField(widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **common)
    if field.type == "number" and field.choices and not isinstance(stored, int | float):
        return ScoresField({code: en if english else nl for code, nl, en in field.choices}, **common)
    if field.type == "number":
        return forms.IntegerField(widget=forms.NumberInput(attrs=_INPUT), **common)
    if field.type == "long":
        return forms.CharField(
            widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 4}), max_length=4000, **common
        )
    return forms.CharField(widget=forms.TextInput(attrs=_INPUT), max_length=200, **common)


def json_value(field: Field, cleaned: Any) -> Any:
    """A cleaned form value as the catalogue keeps it (dates as ISO text, ja/nee as booleans)."""
    if field.type == "bool":
        return cleaned == "true"
    if field.type == "date":
        return cleaned.isoformat()
    return cleaned


class ScoresWidget(forms.MultiWidget):
    """A small input per part, each with its own name."""

    use_fieldset = True

    def __init__(self, parts: Mapping[str, str]) -> None:
        self.parts = tuple(parts)
        super().__init__(
            {
                code: forms.NumberInput(attrs=_INPUT | {"aria-label": label, "placeholder": label})
                for code, label in parts.items()
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        """A stored object, part by part."""
        return [(value or {}).get(code) for code in self.parts]


class ScoresField(forms.MultiValueField):
    """Numbers by part ("ZRM per domein"): cleans to an object of the parts that were filled in, or None."""

    def __init__(self, parts: Mapping[str, str], **more: Any) -> None:
        self.parts = tuple(parts)
        inside = tuple(forms.IntegerField(min_value=0, required=False) for _part in parts)
        super().__init__(inside, widget=ScoresWidget(parts), require_all_fields=False, **more)

    def compress(self, data_list: list[Any]) -> dict[str, int] | None:
        """The filled parts."""
        return {code: n for code, n in zip(self.parts, data_list, strict=False) if n is not None} or None


class ContributionForm(forms.Form):
    """What an agency knows of one person in a case.

    people: (uuid, label) of the persons this reader may name. audience: field bit → agency types that
    will see it. area: the case is about an area. section: limits the fields (a correction stays in its
    section). only: codes of the only fields to offer (what a partner asked for); none of them fits: all.
    """

    observed_on = forms.DateField(
        label=gettext_lazy("Gezien of vastgesteld op"),
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("De dag waarop dit gold, niet de dag van invoeren."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), widget=forms.Select(attrs={"class": "ams-select"}))
    reliability = forms.TypedChoiceField(
        label=gettext_lazy("Betrouwbaarheid"), coerce=int, widget=forms.Select(attrs={"class": "ams-select"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Geldig tot en met"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leeg laten als dit geen einddatum heeft."),
    )

    def __init__(
        self,
        *args: Any,
        catalogue: Catalogue,
        agency_type: str,
        people: list[tuple[str, str]],
        audience: Mapping[int, tuple[str, ...]],
        area: bool = False,
        section: str = "",
        ask_reason: bool = False,
        only: frozenset[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "observed_on": clock.today(),
            "kind": "fact",
            "reliability": 2,
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.facts = [
            field
            for field in fields_of(catalogue, agency_type=agency_type, area=area)
            if not section or field.section == section
        ]
        self.facts = [field for field in self.facts if field.code in only] or self.facts
        self.fields["kind"].choices = words.STATEMENT_KINDS  # type: ignore[attr-defined]
        self.fields["reliability"].choices = words.RELIABILITY  # type: ignore[attr-defined]
        if people:
            self.fields["person"] = forms.ChoiceField(
                label=_("Over wie"), choices=people, widget=forms.Select(attrs={"class": "ams-select"})
            )
        seen_by: dict[str, list[dict[str, str]]] = {}
        for field in self.facts:
            made = form_field(field, stored=self.initial.get(field.code))
            seen_by[field.code] = [partner(type_) for type_ in audience.get(field.bit, ())]
            made.audience = seen_by[field.code]  # type: ignore[attr-defined]
            self.fields[field.code] = made
        self.seen_by = seen_by
        if ask_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Waarom corrigeert u dit?"), widget=forms.TextInput(attrs=_INPUT), max_length=240
            )

    def values(self) -> dict[str, Any]:
        """The filled-in facts, as the catalogue keeps them."""
        return {
            field.code: json_value(field, self.cleaned_data[field.code])
            for field in self.facts
            if self.cleaned_data.get(field.code) not in (None, "")
        }

    def given(self, *, person: str = "", submission: str = "") -> Given:
        """The valid form as what a command takes."""
        cleaned = self.cleaned_data
        chosen = cleaned.get("person") or person
        return Given(
            values=self.values(),
            observed_on=cleaned["observed_on"],
            kind=cleaned["kind"],
            reliability=cleaned["reliability"],
            valid_until=cleaned.get("valid_until"),
            person=UUID(chosen) if chosen else None,
            submission=_uuid(submission),
        )

    def groups(self) -> list[dict[str, Any]]:
        """The form in groups: about the statement, then a group per life domain."""
        english = language() == "en"
        general = [
            name for name in ("person", "observed_on", "kind", "reliability", "valid_until") if name in self.fields
        ]
        found = [{"code": "algemeen", "label": _("Over deze bijdrage"), "fields": [self[name] for name in general]}]
        for domain in self.catalogue.domains:
            inside = [self[field.code] for field in self.facts if field.section in domain.sections]
            if inside:
                label = domain.label_en if english else domain.label_nl
                found.append({"code": domain.code, "label": label, "fields": inside})
        if "reason" in self.fields:
            found.append({"code": "reden", "label": _("Reden"), "fields": [self["reason"]]})
        return found

    def take(self, errors: tuple[tuple[str, str], ...]) -> None:
        """Put a command's errors at their fields; what has no field stands above the form."""
        for place, sentence in errors:
            self.add_error(place if place in self.fields else None, sentence)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom trekt u dit in?"),
        widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 3}),
        max_length=240,
    )


class MomentForm(forms.Form):
    """A past moment, as the device's own picker gives it, in Dutch time."""

    veld = forms.CharField(widget=forms.HiddenInput)
    bron = forms.CharField(widget=forms.HiddenInput)
    persoon = forms.UUIDField(widget=forms.HiddenInput, required=False)
    op = forms.DateTimeField(
        label=gettext_lazy("Op dit moment"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"class": "ams-text-input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
    )


def new_submission() -> str:
    """A fresh id for a form, so that sending it twice adds once."""
    return str(uuid4())


def initial_of(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Stored values as the form's initial ones."""
    shown: dict[str, Any] = {}
    for code, value in values.items():
        kind = fields[code].type
        if kind == "bool":
            shown[code] = "true" if value else "false"
        elif kind == "date":
            shown[code] = date.fromisoformat(value)
        else:
            shown[code] = value
    return shown


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
