"""What comes in by page about a draft. Its beginning: forms_start.py; a rule: forms_rule.py; the law: the linter."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.drafting.answers import Choices, DraftPage, FieldGroup, Option
from agreements.drafting.field_boxes import SectionBoxes, boxes, pairs, spread

_CODES = re.compile(r"[\s,;]+")


def _text(label: Any, *, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


def _pairs(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in options]


class BasedForm(forms.Form):
    """A change of a text that somebody opened at this revision."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class TextForm(BasedForm):
    """The whole text, as typed."""

    text = _text(_("Tekst als YAML"), strip=False, required=False)
    note = forms.CharField(label=_("Wat u wijzigde, in een paar woorden"), max_length=200, required=False)


class HeadForm(BasedForm):
    """The head of the covenant: what it is called, how long it lasts, and who answers for it."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    regime = forms.ChoiceField(label=_("Wettelijk kader"))
    term_from = _day(_("Eerste dag"))
    term_until = _day(_("Laatste dag"), required=False, help_text=_("Leeg: zonder einddatum."))
    review_months = forms.IntegerField(
        label=_("Evaluatie om de zoveel maanden"), required=False, min_value=1, max_value=120
    )
    dpia_ref = forms.CharField(label=_("DPIA, nummer of vindplaats"), required=False, max_length=120)
    dpia_review = _day(_("DPIA opnieuw bekijken op"), required=False)
    contact_point = forms.ChoiceField(
        label=_("Contactpunt voor betrokkenen"),
        required=False,
        help_text=_("Bij deze organisatie vraagt iemand zijn gegevens op."),
    )
    bureau_code = forms.ChoiceField(label=_("Bureau dat het proces voert"), required=False)
    bureau_for = forms.ChoiceField(label=_("Het bureau werkt voor"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[tuple[str, Any]] = [("", _("geen")), *_pairs(choices.agency_types)]
        offers: dict[str, list[tuple[str, Any]]] = {
            "regime": [*_pairs(choices.regimes)],
            "contact_point": kinds,
            "bureau_code": kinds,
            "bureau_for": kinds,
        }
        for name, offered in offers.items():
            present = self.initial.get(name)
            strange = [(present, present)] if present and present not in dict(offered) else []
            self.fields[name].choices = [*offered, *strange]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Pairs that go together."""
        data = super().clean() or {}
        first, last = data.get("term_from"), data.get("term_until")
        if first and last and last < first:
            self.add_error("term_until", _("De laatste dag ligt voor de eerste."))
        if bool(data.get("dpia_ref")) != bool(data.get("dpia_review")):
            self.add_error("dpia_review", _("Vul nummer én datum in, of geen van beide."))
        if bool(data.get("bureau_code")) != bool(data.get("bureau_for")):
            self.add_error("bureau_for", _("Kies het bureau én voor wie het werkt, of geen van beide."))
        return data

    def changes(self) -> dict[str, Any]:
        """The argument of editing.set_head: the parts in which something was changed."""
        data = self.cleaned_data
        has_dpia, has_bureau = bool(data["dpia_ref"]), bool(data["bureau_code"])
        whole: dict[str, Any] = {
            "title": data["title"],
            "regime": data["regime"],
            "term": {
                "from": data["term_from"].isoformat(),
                "until": data["term_until"].isoformat() if data["term_until"] else None,
                "review_months": data["review_months"],
            },
            "dpia": {"ref": data["dpia_ref"], "review": data["dpia_review"].isoformat()} if has_dpia else None,
            "contact_point": data["contact_point"] or None,
            "bureau": {"code": data["bureau_code"], "acts_for": data["bureau_for"]} if has_bureau else None,
        }
        return {key: value for key, value in whole.items() if set(_HEAD_PARTS[key]) & set(self.changed_data)}


_HEAD_PARTS = {
    "title": ("title",),
    "regime": ("regime",),
    "term": ("term_from", "term_until", "review_months"),
    "dpia": ("dpia_ref", "dpia_review"),
    "contact_point": ("contact_point",),
    "bureau": ("bureau_code", "bureau_for"),
}


def head_initial(page: DraftPage) -> dict[str, Any]:
    """What the head says now, of whatever shape."""
    head = page.head
    term, dpia, bureau = (_mapping(head.get(name)) for name in ("term", "dpia", "bureau"))
    return {
        "base_revision": page.revision,
        "title": head.get("title") or page.title,
        "regime": head.get("regime", ""),
        "term_from": term.get("from"),
        "term_until": term.get("until"),
        "review_months": term.get("review_months"),
        "dpia_ref": dpia.get("ref", ""),
        "dpia_review": dpia.get("review"),
        "contact_point": head.get("contact_point", ""),
        "bureau_code": bureau.get("code", ""),
        "bureau_for": bureau.get("acts_for", ""),
    }


class ArticleForm(BasedForm):
    """The title and text of an article. number, after: of a new one only."""

    number = forms.CharField(
        label=_("Nummer"), max_length=20, required=False, help_text=_("Leeg: het volgende vrije nummer.")
    )
    after = forms.ChoiceField(label=_("Plaats"), required=False)
    title = forms.CharField(label=_("Titel"), max_length=200)
    body = _text(_("Tekst"), rows=10, required=False, max_length=20000)
    basis = forms.CharField(
        label=_("Grondslag van het artikel"),
        required=False,
        max_length=400,
        help_text=_("Met een code, zoals WGS-1.5. Meer codes: met een komma ertussen."),
    )
    case_kinds = forms.MultipleChoiceField(
        label=_("Casussoorten"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vb-keuzes"}),
        help_text=_("In een artikel zonder regels: de soorten van het hele convenant."),
    )

    def __init__(self, *args: Any, choices: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_kinds"].choices = _pairs(choices.case_kinds)  # type: ignore[attr-defined]
        if is_new:
            places = [(code, _("na artikel %(nr)s") % {"nr": code}) for code, _label in _pairs(choices.articles)]
            self.fields["after"].choices = [("", _("aan het einde")), *places]  # type: ignore[attr-defined]
            del self.fields["basis"], self.fields["case_kinds"]
        else:
            del self.fields["number"], self.fields["after"]

    def more(self) -> dict[str, Any]:
        """The other keys of an article that this form knows; None takes one out."""
        data = self.cleaned_data
        codes = [code for code in _CODES.split(data["basis"]) if code]
        return {"basis": codes or None, "case_kinds": data["case_kinds"] or None}


class SetForm(BasedForm):
    """A group of fields with a name."""

    name = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$",
        label=_("Naam"),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en liggende streepjes, zoals zorg_licht.")},
    )
    sections = forms.MultipleChoiceField(label=_("Hele rubrieken"), required=False)
    fields_ = forms.MultipleChoiceField(label=_("Velden"), required=False)

    def __init__(self, *args: Any, sections: Iterable[FieldGroup], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = tuple(sections)
        known = pairs(self.groups)
        present = [(code, code) for code in self.initial.get("fields_", ()) if code not in dict(known)]
        self.fields["fields_"].choices = [*known, *present]  # type: ignore[attr-defined]
        self.fields["sections"].choices = [(group.code, group.label) for group in self.groups]  # type: ignore[attr-defined]
        if not is_new:
            self.fields["name"].widget = forms.HiddenInput()

    @property
    def section_boxes(self) -> tuple[SectionBoxes, ...]:
        """The fields by section, for the page."""
        chosen, whole = set(self["fields_"].value() or ()), set(self["sections"].value() or ())
        return boxes(self.groups, chosen=chosen, whole=whole)

    def clean(self) -> dict[str, Any]:
        """A set without fields grants nothing: it is taken out with its own button."""
        data = super().clean() or {}
        data["fields_"] = spread(self.groups, chosen=data.get("fields_") or (), whole=data.get("sections") or ())
        if not data["fields_"]:
            self.add_error("fields_", _("Kies ten minste één veld."))
        return data


class PurposeForm(BasedForm):
    """A purpose and the number under which the text names it."""

    number = forms.CharField(label=_("Nummer"), max_length=20, required=False, help_text=_("Zoals 4.1."))
    code = forms.ChoiceField(label=_("Doel"))

    def __init__(self, *args: Any, purposes: Iterable[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _pairs(purposes)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Why a warning is left as it is. `finding` names it: a JSON list of code, article and sentence."""

    finding = forms.CharField(label=_("Bevinding"), widget=forms.HiddenInput, max_length=8000)
    text = _text(_("Waarom u dit zo laat"), rows=3, max_length=4000)

    def clean_finding(self) -> tuple[str, str, str]:
        """Code, article and sentence."""
        try:
            code, article, message = json.loads(self.cleaned_data["finding"])
        except ValueError as error:
            raise forms.ValidationError(_("Deze bevinding is niet te lezen. Laad de pagina opnieuw.")) from error
        return str(code), str(article), str(message)


class RemarkForm(forms.Form):
    """What somebody says about an article; empty for the whole."""

    article = forms.ChoiceField(label=_("Waarover"), required=False)
    text = _text(_("Opmerking"), rows=4, max_length=4000)

    def __init__(self, *args: Any, articles: Iterable[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [("", _("het geheel")), *_pairs(articles)]  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """The answer to a remark: what was changed, or why not."""

    answer = _text(_("Antwoord"), rows=3, max_length=4000)


class StepForm(forms.Form):
    """A step of the draft, with the reason that the others are told when it asks for one."""

    reason = _text(_("Reden"), rows=3, max_length=500, help_text=_("De andere partijen lezen deze reden."))

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
