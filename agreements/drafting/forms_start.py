"""What comes in by page when a draft begins, and who would sign it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.drafting.answers import Option

MOST_BYTES = 512 * 1024


class PartiesForm(forms.Form):
    """Which agencies would sign, and in which capacity: one choice per agency, empty for none."""

    def __init__(self, *args: Any, agencies: Iterable[Option], capacities: Iterable[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: list[tuple[str, Any]] = [("", _("doet niet mee")), *_pairs(capacities)]
        for agency in agencies:
            self.fields[f"partij_{agency.code}"] = forms.ChoiceField(
                label=agency.label, choices=offered, required=False
            )

    def parties(self) -> dict[str, str]:
        """Agency code to capacity, of those that take part."""
        chosen = {name.removeprefix("partij_"): value for name, value in self.cleaned_data.items() if value}
        return {name: value for name, value in chosen.items() if f"partij_{name}" in self.fields}


class StartForm(PartiesForm):
    """What a draft begins with: a model, a version that is there, or a file."""

    start = forms.ChoiceField(
        label=_("Waarmee begint u?"), widget=forms.RadioSelect, error_messages={"required": _("Kies een begin.")}
    )
    version = forms.ChoiceField(label=_("Bestaand convenant"), required=False)
    file = forms.FileField(
        label=_("Bestand"),
        required=False,
        help_text=_("YAML of JSON, ten hoogste 512 KiB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Hoofdletters, cijfers en streepjes, zoals PGA-MD. Bij een bestaand convenant blijft de code."),
    )
    title = forms.CharField(label=_("Titel"), max_length=200)

    field_order = ("start", "version", "file", "code", "title")

    def __init__(self, *args: Any, templates: Iterable[Option], versions: Iterable[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = list(versions)
        starts: list[tuple[str, Any]] = [(f"model:{code}", label) for code, label in _pairs(templates)]
        starts += [("version", _("Een bestaand convenant wijzigen"))] if versions else []
        self.fields["start"].choices = [*starts, ("file", _("Een bestand"))]  # type: ignore[attr-defined]
        self.fields["version"].choices = _pairs(versions)  # type: ignore[attr-defined]
        from_model = str(self.data.get("start", "model:")).startswith("model:")
        self.fields["code"].required = self.fields["title"].required = from_model

    def clean_file(self) -> str:
        """The text of the file; what is wrong in it is a finding of the draft."""
        found = self.cleaned_data["file"]
        if not found:
            return ""
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot. Kies een bestand van ten hoogste 512 KiB."))
        try:
            text: str = found.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Dit bestand is geen gewone tekst (UTF-8).")) from error
        if not text.strip():
            raise forms.ValidationError(_("Dit bestand is leeg."))
        return text

    def clean(self) -> dict[str, Any]:
        """Each beginning asks for its own."""
        data = super().clean() or {}
        start = data.get("start", "")
        if start == "version" and not data.get("version"):
            self.add_error("version", _("Kies een convenant."))
        if start == "file" and not data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Kies een bestand."))
        return data

    def beginning(self) -> dict[str, Any]:
        """The arguments of commands.start_draft."""
        data = self.cleaned_data
        found: dict[str, Any] = {"parties": self.parties() or None}
        if data["start"] == "version":
            code, _slash, number = data["version"].rpartition("/")
            return {**found, "from_version": (code, int(number))}
        found |= {"code": data["code"], "title": data["title"]}
        if data["start"] == "file":
            return {**found, "text": data["file"]}
        return {**found, "template": data["start"].removeprefix("model:")}


def _pairs(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in options]
