"""The field catalogue: which fields exist, with their bits, and what a value of a field looks like.

Read from fields/*.yaml (schema: catalogue_file.py) and bits.json. Not here: who may see a field; the
covenants decide that.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from agreements.policy.catalogue_file import (
    AgencyType,
    CatalogueInvalid,
    Choice,
    DataClass,
    DomainItem,
    DomainsFile,
    Entry,
    FieldItem,
    FieldType,
    Keep,
    Profile,
    SectionFile,
    SectionItem,
    WgsCategory,
    parsed,
)

FOLDER = Path(__file__).parent / "fields"
REGISTER = Path(__file__).parent / "bits.json"

# The bureau runs the process and owns no facts, the tax authority takes no part in cases: "all" leaves them out
# (domain reference, sections 2 and 10).
ALL_SOURCES: tuple[str, ...] = tuple(code for code in get_args(AgencyType) if code not in ("ZVH", "BLD"))
LONGEST = {"text": 200, "address": 200, "person": 200, "long": 4000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `bit` is its place in every mask and never moves; `choices` are the parts of a number.

    entry: `contribution` is typed by its source as a fact; `work` comes into being in a room of its own
    (signal, triage, meeting, plan) and is offered by no form of facts.
    """

    code: str
    bit: int
    section: str
    type: FieldType
    label_nl: str
    label_en: str
    help_nl: str
    help_en: str
    data_class: DataClass
    wgs_category: WgsCategory
    basis: str
    profile: Profile
    sources: tuple[str, ...]
    keep: Keep
    entry: Entry = "contribution"
    choices: tuple[Choice, ...] = ()
    retired: bool = False

    def label(self, language: str = "nl") -> str:
        """The label in `language` ("nl" or "en"; anything else gives Dutch)."""
        return self.label_en if language.startswith("en") else self.label_nl

    def check(self, value: object) -> str:
        """Why `value` (JSON type; a date as ISO text) cannot be a value here, in Dutch; "" if it can."""
        return _CHECKS[self.type](self, value)

    def show(self, value: object, language: str = "nl") -> str:
        """`value` as text for people: choice labels, ja/nee, the parts of a score. Dates stay ISO."""
        english = language.startswith("en")
        names = {code: en if english else nl for code, nl, en in self.choices}
        if isinstance(value, Mapping):
            return " · ".join(f"{names.get(part, part)} {score}" for part, score in value.items())
        if isinstance(value, bool):
            return ("Yes" if english else "Ja") if value else ("No" if english else "Nee")
        return names.get(value, value) if isinstance(value, str) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of fields; one YAML file."""

    code: str
    label_nl: str
    label_en: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A life domain: the heading on the case page that holds one or more sections."""

    code: str
    label_nl: str
    label_en: str
    order: int
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All fields by code and by bit. `hash`: SHA-256 hex of the whole content, stable over formatting."""

    version: int
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    domains: tuple[Domain, ...]
    by_code: Mapping[str, Field]
    by_bit: Mapping[int, Field]
    hash: str

    def mask(self, codes: Iterable[str]) -> int:
        """The field set of `codes`. Raises KeyError for a code that does not exist."""
        found = 0
        for code in codes:
            found |= 1 << self.by_code[code].bit
        return found

    def codes(self, mask: int) -> tuple[str, ...]:
        """The codes in `mask`, in catalogue order; bits without a field are left out."""
        return tuple(field.code for field in self.fields if mask >> field.bit & 1)

    def section_mask(self, section: str) -> int:
        """All fields of `section`; 0 when there is no such section."""
        return self.mask(field.code for field in self.fields if field.section == section)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that ships with the program. Raises CatalogueInvalid naming file and field."""
    return read_catalogue(FOLDER, REGISTER)


def read_catalogue(folder: Path, register: Path) -> Catalogue:
    """The catalogue in `folder` with the bits of `register`. Raises CatalogueInvalid."""
    bits = _bits(register)
    heading = parsed(DomainsFile, folder / "_domains.yaml")
    files = {
        path.name: parsed(SectionFile, path) for path in sorted(folder.glob("*.yaml")) if not path.name.startswith("_")
    }
    fields = [_field(item, f.section.code, bits, name) for name, f in files.items() for item in f.fields]
    _check_complete(fields, bits, register)
    sections = sorted((_section(f.section) for f in files.values()), key=lambda section: section.order)
    domains = tuple(_domain(d, order) for order, d in enumerate(heading.domains, start=1))
    _check_domains(domains, sections)
    order = {section.code: section.order for section in sections}
    fields.sort(key=lambda field: (order[field.section], field.bit))
    return Catalogue(
        version=heading.version,
        fields=tuple(fields),
        sections=tuple(sections),
        domains=domains,
        by_code={field.code: field for field in fields},
        by_bit={field.bit: field for field in fields},
        hash=_hash(heading.version, [*fields, *sections, *domains]),
    )


def _bits(register: Path) -> dict[str, int]:
    pairs: list[tuple[str, int]] = json.loads(
        register.read_text(encoding="utf-8"), object_pairs_hook=lambda pairs: pairs
    )
    bits = dict(pairs)
    if len(bits) != len(pairs) or len(set(bits.values())) != len(pairs):
        raise CatalogueInvalid("een code of een bit komt twee keer voor", file=register.name)
    return bits


def _field(item: FieldItem, section: str, bits: Mapping[str, int], file: str) -> Field:
    if item.code not in bits:
        raise CatalogueInvalid(
            f"heeft nog geen bit; voeg {max(bits.values(), default=-1) + 1} toe aan {REGISTER.name}",
            file=file,
            field=item.code,
        )
    return Field(
        code=item.code,
        bit=bits[item.code],
        section=section,
        type=item.type,
        label_nl=item.label.nl,
        label_en=item.label.en,
        help_nl=item.help.nl,
        help_en=item.help.en,
        data_class=item.data_class,
        wgs_category=item.wgs,
        basis=item.basis,
        profile=item.profile,
        sources=ALL_SOURCES if item.sources == "all" else tuple(item.sources),
        keep=item.keep,
        entry=item.entry,
        choices=tuple((code, nl, en) for code, nl, en in item.choices),
        retired=item.retired,
    )


def _section(item: SectionItem) -> Section:
    return Section(code=item.code, label_nl=item.label.nl, label_en=item.label.en, order=item.order)


def _domain(item: DomainItem, order: int) -> Domain:
    words = item.label
    return Domain(code=item.code, label_nl=words.nl, label_en=words.en, order=order, sections=tuple(item.sections))


def _check_complete(fields: list[Field], bits: Mapping[str, int], register: Path) -> None:
    codes = [field.code for field in fields]
    for code in codes:
        if codes.count(code) > 1:
            raise CatalogueInvalid("staat in twee rubrieken", file=register.name, field=code)
    for code in bits.keys() - set(codes):
        raise CatalogueInvalid(
            "is weg; laat een vervallen veld staan met retired: true", file=register.name, field=code
        )


def _check_domains(domains: tuple[Domain, ...], sections: list[Section]) -> None:
    placed = sorted(code for domain in domains for code in domain.sections)
    known = sorted(section.code for section in sections)
    if placed != known:
        odd = ", ".join(sorted(set(placed) ^ set(known))) or "een rubriek staat twee keer"
        raise CatalogueInvalid(f"leefgebieden en rubrieken verschillen: {odd}", file="_domains.yaml")


def _hash(version: int, items: list[Any]) -> str:
    content = {"version": version, "items": [asdict(item) for item in items]}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _check_text(field: Field, value: object) -> str:
    longest = LONGEST[field.type]
    if not isinstance(value, str) or not value.strip():
        return "Vul een tekst in."
    return f"Maak de tekst korter dan {longest} tekens." if len(value) > longest else ""


def _check_date(field: Field, value: object) -> str:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "Vul een datum in als jjjj-mm-dd."
    return ""


def _check_choice(field: Field, value: object) -> str:
    return "" if value in {code for code, _, _ in field.choices} else "Kies een waarde uit de lijst."


def _check_bool(field: Field, value: object) -> str:
    return "" if isinstance(value, bool) else "Kies ja of nee."


def _check_number(field: Field, value: object) -> str:
    """A number from 0; with parts ("ZRM per domein") also an object of part code to number."""
    parts = {code for code, _, _ in field.choices}
    scores = list(value.values()) if isinstance(value, Mapping) else [value]
    if isinstance(value, Mapping) and (not value or not set(value) <= parts):
        return "Gebruik alleen de onderdelen van dit veld."
    fits = all(isinstance(s, int | float) and not isinstance(s, bool) and s >= 0 for s in scores)
    return "" if fits else "Vul een getal van 0 of hoger in."


_CHECKS = {
    "text": _check_text,
    "long": _check_text,
    "address": _check_text,
    "person": _check_text,
    "date": _check_date,
    "choice": _check_choice,
    "bool": _check_bool,
    "number": _check_number,
}
