"""What a catalogue file may hold: the closed lists and the schema of fields/*.yaml.

Not here: the catalogue itself and the bits (catalogue.py).
"""

from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Item

AgencyType = Literal[
    "POL", "OM", "GEM", "BGM", "RVK", "DJI", "GGD", "RCL", "VT", "JB", "GGZ", "SOC", "OND", "WON", "JW",
    "HLT", "SHN", "BLD", "ZVH",
]  # fmt: skip
FieldType = Literal["text", "long", "date", "choice", "bool", "number", "address", "person"]
DataClass = Literal["o", "s", "c", "w8", "w9", "j", "m", "y", "n"]
WgsCategory = Literal[
    "id", "bsn", "hou", "fin", "inc", "hlt", "pol", "jus", "rel", "enf", "ent", "aid", "stf", "any", "-"
]
Profile = Literal["R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R7t", "R8", "R9", "R10", "RS", "X", "RA", "RB"]
Keep = Literal["K", "K1", "V", "V3", "V6", "P", "30d", "2y"]
Entry = Literal["contribution", "work"]
Choice = tuple[str, str, str]
"""Code, Dutch label, English label."""


class CatalogueInvalid(ValueError):
    """A catalogue file breaks the schema. `file` and `field` say where."""

    def __init__(self, message: str, *, file: str, field: str = "") -> None:
        super().__init__(f"{file}: {'veld ' + field + ': ' if field else ''}{message}")
        self.file = file
        self.field = field


Model = TypeVar("Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Words(_Strict):
    nl: str = Item(min_length=1)
    en: str = Item(min_length=1)


_CODE = r"^[a-z][a-z0-9_]*$"


class SectionItem(_Strict):
    code: str = Item(pattern=_CODE)
    label: _Words
    order: int


class FieldItem(_Strict):
    code: str = Item(pattern=_CODE)
    type: FieldType
    label: _Words
    help: _Words
    data_class: DataClass = Item(alias="class")
    wgs: WgsCategory
    basis: str = Item(pattern=r"^B([1-9]|1[0-2])$")
    profile: Profile
    sources: Literal["all"] | list[AgencyType]
    keep: Keep
    entry: Entry = "contribution"
    choices: list[list[str]] = []
    retired: bool = False

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if any(len(choice) != 3 or not all(choice) for choice in self.choices):
            raise ValueError("elke keuze is [code, nl, en]")
        if len({choice[0] for choice in self.choices}) != len(self.choices):
            raise ValueError("een keuzecode komt twee keer voor")
        if (self.type == "choice") != bool(self.choices) and self.type != "number":
            raise ValueError("alleen choice (verplicht) en number hebben keuzes")
        return self


class SectionFile(_Strict):
    section: SectionItem
    fields: list[FieldItem] = Item(min_length=1)


class DomainItem(_Strict):
    code: str = Item(pattern=_CODE)
    label: _Words
    sections: list[str] = Item(min_length=1)


class DomainsFile(_Strict):
    version: int
    domains: list[DomainItem] = Item(min_length=1)


def parsed(model: type[Model], path: Path) -> Model:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(raw)
    except yaml.YAMLError as fault:
        raise CatalogueInvalid(f"geen geldige YAML ({fault})", file=path.name) from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "fields")
        raise CatalogueInvalid(
            f"{place}: {first['msg']}", file=path.name, field=_field_at(raw, first["loc"])
        ) from fault


def _field_at(raw: Any, place: tuple[int | str, ...]) -> str:
    """The code of the field that an error's place points into; "" when it points elsewhere."""
    if len(place) > 1 and place[0] == "fields" and isinstance(place[1], int):
        item = raw["fields"][place[1]]
        return str(item.get("code", "")) if isinstance(item, dict) else ""
    return ""
