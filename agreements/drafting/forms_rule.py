"""The form in which a rule is composed from choices, and the way between it and the rule as it is written.

Judges only what a form can: the words of the law are judged by the linter (findings).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.covenants.labels import REGIMES, label
from agreements.drafting.answers import Choices, Option
from agreements.drafting.field_boxes import SectionBoxes, boxes, pairs, spread
from agreements.drafting.rule_writing import (
    BREAK_GLASS,
    EVERYBODY,
    GRANTS,
    NOTICES,
    PROHIBITIONS,
    as_written,
)

KINDS: tuple[tuple[str, str | Promise], ...] = (
    (GRANTS, _("Zichtbaar: de ontvanger ziet het gegeven")),
    (NOTICES, _("Aangekondigd: de ontvanger weet dat het er is, niet wat")),
    (PROHIBITIONS, _("Verboden: het gaat voor elke verstrekking")),
    (BREAK_GLASS, _("Noodinzage: alleen bij acuut gevaar, kort en met een beoordeling achteraf")),
)
_NOTIFIED = (("source", _("de bron")), ("privacy_officers", _("de privacy officers")))
_OF_CATALOGUE = re.compile(r"B\d+")
"""Grounds of the catalogue, by which a source holds a field; a rule names the law."""
_CODES = re.compile(r"[\s,;]+")

_RECEIVER: dict[str, Any] = {"receivers": _("Kies ten minste één ontvanger.")}
_ALL_OF_A_GRANT: dict[str, Any] = {
    **_RECEIVER,
    "givers": _("Kies ten minste één organisatie die geeft."),
    "roles": _("Kies ten minste één rol; zonder rol ziet niemand iets."),
    "purposes": _("Kies ten minste één doel; zonder doel ziet niemand iets."),
    "phases": _("Kies ten minste één fase; zonder fase ziet niemand iets."),
}
_NEEDED: dict[str, dict[str, Any]] = {
    GRANTS: _ALL_OF_A_GRANT,
    NOTICES: _ALL_OF_A_GRANT,
    PROHIBITIONS: _RECEIVER,
    BREAK_GLASS: {
        **_RECEIVER,
        "roles": _("Kies ten minste één rol."),
        "condition": _("Kies wanneer noodinzage mag."),
        "minutes": _("Vul in hoelang noodinzage duurt."),
        "review_hours": _("Vul in wanneer de beoordeling klaar is."),
    },
}


def _boxes(title: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": "vb-keuzes"})
    return forms.MultipleChoiceField(label=title, required=False, widget=widget, **more)


def _dots(title: Any, choices: Iterable[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"class": "vb-keuzes vb-keuzes--lijst"})
    return forms.ChoiceField(label=title, choices=list(choices), widget=widget, **more)


def _day(title: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=title, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class RuleForm(forms.Form):
    """A rule of an article: who gives what to whom, for what, when, how, and on which ground."""

    kind = _dots(_("Wat doet deze regel?"), KINDS)
    number = forms.CharField(
        label=_("Nummer"), max_length=20, required=False, help_text=_("Leeg: het volgende vrije nummer.")
    )
    givers = _boxes(_("Wie geeft"))
    receivers = _boxes(_("Wie ontvangt"))
    excepted = _boxes(_("Behalve"))
    roles = _boxes(_("Voor wie werkt als"))
    sets = _boxes(_("Sets"), help_text=_("Een set is een vaste groep velden die dit convenant een naam geeft."))
    sections = forms.MultipleChoiceField(label=_("Hele rubrieken"), required=False)
    fields_ = forms.MultipleChoiceField(label=_("Velden"), required=False)
    purposes = _boxes(_("Doelen"))
    phases = _boxes(_("Fasen"))
    case_kinds = _boxes(_("Casussoorten"), help_text=_("Niets gekozen: de soorten van het artikel of het convenant."))
    valid_from = _day(_("Geldig vanaf"), help_text=_("Leeg: zolang de versie geldt."))
    valid_until = _day(_("Geldig tot en met"))
    delivery = _dots(_("Hoe het bij de ontvanger komt"), (), required=False)
    conditions = _boxes(_("Voorwaarden: alles moet waar zijn"))
    obligations = _boxes(_("Daarbij"))
    offline_minutes = forms.IntegerField(
        label=_("Leesbaar zonder verbinding (minuten)"), required=False, min_value=1, max_value=1440
    )
    scope = _dots(
        _("Waarvoor het verbod geldt"),
        (
            ("all", _("voor dit gegeven, onder welk convenant het ook is gegeven")),
            ("covenant", _("alleen voor wat onder dit convenant is gegeven")),
        ),
        required=False,
    )
    unless_regime = forms.ChoiceField(label=_("Opgeheven onder het regime"), required=False)
    unless_condition = forms.ChoiceField(label=_("en onder deze voorwaarde"), required=False)
    reason = forms.CharField(label=_("Reden van het verbod"), required=False, max_length=400)
    condition = forms.ChoiceField(label=_("Wanneer noodinzage mag"), required=False)
    minutes = forms.IntegerField(label=_("Duur (minuten)"), required=False, min_value=1, max_value=1440)
    review_hours = forms.IntegerField(label=_("Beoordeling binnen (uren)"), required=False, min_value=1, max_value=720)
    notify = _boxes(_("Wie bericht krijgt"))
    basis = _boxes(_("Grondslag"))
    other_basis = forms.CharField(
        label=_("Andere grondslag"),
        required=False,
        max_length=400,
        help_text=_("Met een code, zoals WGS-1.5. Meer codes: met een komma ertussen."),
    )
    text = forms.CharField(
        label=_("Toelichting bij de regel"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    groups = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=50)
    base_revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, article: str, written: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self._sections = choices.sections
        self._written = written
        self._offer(choices)
        self._offer_groups(choices)
        self._ask_for(self._kind())

    def _offer(self, choices: Choices) -> None:
        """The choices of this draft, and what the rule says that is no choice (any more), so that it stays visible."""
        offers: dict[str, Iterable[Option]] = {
            "givers": _parties(choices.givers),
            "receivers": _parties(choices.receivers),
            "excepted": choices.agency_types,
            "roles": choices.roles,
            "sets": choices.sets,
            "purposes": [Option(code=o.code, label=f"{o.code} {o.label}") for o in choices.purposes],
            "phases": choices.phases,
            "case_kinds": choices.case_kinds,
            "conditions": choices.conditions,
            "obligations": choices.obligations,
            "basis": [option for option in choices.bases if not _OF_CATALOGUE.fullmatch(option.code)],
        }
        for name, options in offers.items():
            self._set(name, _pairs(options), self.initial.get(name, ()))
        self._set("delivery", _pairs(choices.deliveries), ())
        self._set("notify", list(_NOTIFIED), self.initial.get("notify", ()))
        for name in ("unless_condition", "condition"):
            self._set(name, [("", _("geen")), *_pairs(choices.conditions)], _one(self.initial.get(name)))
        regimes = [("", _("geen")), *((code, str(text)) for code, text in REGIMES.items())]
        self._set("unless_regime", regimes, _one(self.initial.get("unless_regime")))
        self._set("fields_", pairs(choices.sections), self.initial.get("fields_", ()))
        self._set("sections", [(group.code, group.label) for group in choices.sections], ())

    def _offer_groups(self, choices: Choices) -> None:
        """One set of boxes for each "één van", and one more to fill in."""
        asked = str(self.data.get(self.add_prefix("groups"), "")) if self.is_bound else ""
        stated = [name for name in self.initial if name.startswith("any_of_")]
        n = min(int(asked), 50) if asked.isdecimal() and len(asked) <= 2 else len(stated) + 1
        self.initial["groups"] = n
        self.group_names = tuple(f"any_of_{place}" for place in range(n))
        for place, name in enumerate(self.group_names):
            title = _("En één van deze") if place == 0 else _("En ook één van deze")
            self.fields[name] = _boxes(title)
            self._set(name, _pairs(choices.conditions), self.initial.get(name, ()))

    def _set(self, name: str, offered: list[tuple[str, Any]], present: Iterable[str]) -> None:
        known = {code for code, _label in offered}
        strange = [(code, _("%(code)s (onbekend)") % {"code": code}) for code in present if code not in known]
        self.fields[name].choices = [*offered, *strange]  # type: ignore[attr-defined]

    def _kind(self) -> str:
        said = self.data.get(self.add_prefix("kind"), "") if self.is_bound else self.initial.get("kind", GRANTS)
        return said if said in dict(KINDS) else GRANTS

    def _ask_for(self, kind: str) -> None:
        """What this kind of rule cannot do without: a rule that leaves it out gives or forbids nothing."""
        for name, sentence in _NEEDED[kind].items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence

    @property
    def any_of(self) -> list[forms.BoundField]:
        """The "één van" boxes, for the page."""
        return [self[name] for name in self.group_names]

    @property
    def section_boxes(self) -> tuple[SectionBoxes, ...]:
        """The fields by section, with what is chosen; for the page."""
        chosen, whole = set(self["fields_"].value() or ()), set(self["sections"].value() or ())
        return boxes(self._sections, chosen=chosen, whole=whole)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        if number and not number.startswith(f"{self.article}."):
            raise forms.ValidationError(
                _("Een regel van artikel %(nr)s heet %(nr)s.1, %(nr)s.2, …") % {"nr": self.article}
            )
        return number

    def clean_other_basis(self) -> list[str]:
        return [code for code in _CODES.split(self.cleaned_data["other_basis"]) if code]

    def clean(self) -> dict[str, Any]:
        """Fields in the order of the catalogue, and pairs that go together."""
        data = super().clean() or {}
        data["fields_"] = spread(self._sections, chosen=data.get("fields_") or (), whole=data.get("sections") or ())
        kind = data.get("kind", "")
        if not data.get("sets") and not data["fields_"]:
            self.add_error("fields_", _("Kies ten minste één veld, rubriek of set."))
        self._check_pairs(data, kind)
        return data

    def _check_pairs(self, data: dict[str, Any], kind: str) -> None:
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("De laatste dag ligt voor de eerste."))
        if kind == PROHIBITIONS and bool(data.get("unless_regime")) != bool(data.get("unless_condition")):
            self.add_error("unless_condition", _("Kies een regime én een voorwaarde, of geen van beide."))

    def rule(self) -> dict[str, Any]:
        """The rule as a document writes it, as far as the form is filled in."""
        return as_written(self.cleaned_data, self.group_names, self._written)


def _parties(options: Iterable[Option]) -> list[Option]:
    """Everybody last; who is a controller needs no note, as most are."""
    usual = label("capacity", "controller")
    plain = [replace(option, note="") if option.note == usual else option for option in options]
    return sorted(plain, key=lambda option: option.code == EVERYBODY)


def _pairs(options: Iterable[Option]) -> list[tuple[str, Any]]:
    return [(option.code, f"{option.label} ({option.note})" if option.note else option.label) for option in options]


def _one(value: Any) -> list[str]:
    return [value] if isinstance(value, str) and value else []
