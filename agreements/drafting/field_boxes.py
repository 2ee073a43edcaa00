"""Choosing fields from the catalogue, section by section: what a page shows, and what was chosen. No form."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.drafting.answers import FieldGroup, Option

# What the law asks more of. Source: domain classes; ordinary fields and those of no person carry no note.
CLASSES: dict[str, str | Promise] = {
    "s": _("bijzonder, AVG art. 9"),
    "c": _("strafrechtelijk, AVG art. 10"),
    "w8": _("politie, Wpg"),
    "w9": _("politie, Wpg art. 9"),
    "j": _("justitie, Wjsg"),
    "m": _("medisch geheim"),
    "y": _("jeugdhulpgeheim"),
}


@dataclass(frozen=True, slots=True)
class FieldBox:
    """One field with its box."""

    code: str
    label: str
    note: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SectionBoxes:
    """A section with its boxes. whole: the box for all of them is ticked."""

    code: str
    label: str
    fields: tuple[FieldBox, ...]
    n_chosen: int
    whole: bool


def boxes(groups: Iterable[FieldGroup], *, chosen: set[str], whole: set[str]) -> tuple[SectionBoxes, ...]:
    """The sections with what is chosen; a last one holds what the catalogue does not know, so that it is not lost."""
    groups = tuple(groups)
    made = [_section(group.code, group.label, group.fields, chosen, group.code in whole) for group in groups]
    known = {item.code for group in groups for item in group.fields}
    strange = [Option(code=code, label=code) for code in sorted(chosen - known)]
    if strange:
        made.append(_section("", _now("Onbekende velden"), strange, chosen, False))
    return tuple(made)


def spread(groups: Iterable[FieldGroup], *, chosen: Iterable[str], whole: Iterable[str]) -> list[str]:
    """The chosen fields and all of the sections that were chosen whole, in the order of the catalogue."""
    asked, sections = set(chosen), set(whole)
    known = [(item.code, group.code) for group in groups for item in group.fields]
    found = [code for code, section in known if code in asked or section in sections]
    return [*found, *sorted(asked - {code for code, _section in known})]


def pairs(groups: Iterable[FieldGroup]) -> list[tuple[str, str]]:
    """Every field as (code, label)."""
    return [(item.code, item.label) for group in groups for item in group.fields]


def _section(code: str, name: str, fields: Iterable[Option], chosen: set[str], whole: bool) -> SectionBoxes:
    made = tuple(
        FieldBox(item.code, item.label, str(CLASSES.get(item.note, "")), whole or item.code in chosen)
        for item in fields
    )
    n = sum(item.checked for item in made)
    return SectionBoxes(code, name, made, n, bool(code and made) and n == len(made))
