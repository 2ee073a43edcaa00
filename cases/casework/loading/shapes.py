"""The shape of a case file, as values. Equal to case_file.schema.json; what words mean is checked in check.py.

A day is read at once: an ISO date, or a whole number of days from the day of loading.
"""

import math
import re
from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr, ValidationInfo
from pydantic_core import PydanticCustomError

FORMAT = "verbond-case/1"
ALL_FIELDS = "all"
KEY = re.compile(r"^[a-z][a-z0-9_-]{0,39}$")
_ISO = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_FARTHEST = 40_000
_LONGEST = 4000


def day_of(value: object, *, today: date) -> date:
    """The day that a file means. Raises ValueError when it means none."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _FARTHEST:
        return today + timedelta(days=value)
    if isinstance(value, str) and _ISO.match(value):
        return date.fromisoformat(value)
    raise ValueError(value)


def _day(value: object, info: ValidationInfo) -> date:
    try:
        return day_of(value, today=info.context["today"])  # type: ignore[index]
    except (ValueError, OverflowError):
        raise PydanticCustomError("day", "no day") from None


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _value(value: object) -> object:
    if isinstance(value, bool) or _number(value) or (isinstance(value, str) and 0 < len(value) <= _LONGEST):
        return value
    if isinstance(value, Mapping) and value and all(map(_number, value.values())):
        return dict(value)
    raise PydanticCustomError("fact", "no value")


def _fields(value: object) -> object:
    if value == ALL_FIELDS:
        return ()
    if isinstance(value, list) and value and all(isinstance(code, str) for code in value):
        return value
    raise PydanticCustomError("held_fields", "no fields")


def _once(values: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    if len(set(values)) < len(values):
        raise PydanticCustomError("twice", "twice")
    return values


def _text(longest: int, *, least: int = 1) -> Any:
    return Annotated[StrictStr, Field(min_length=least, max_length=longest)]


def _code(pattern: str) -> Any:
    return Annotated[StrictStr, Field(pattern=pattern)]


Day = Annotated[date, BeforeValidator(_day)]
Key = _code(KEY.pattern)
AgencyCode = _code(r"^[A-Z]{2,4}-[A-Z0-9-]{2,20}$")
CovenantCode = _code(r"^[A-Z][A-Z0-9-]{1,39}$")
Purpose = _code(r"^[a-z][a-z_]{1,39}$")
FieldCode = _code(r"^[a-z][a-z0-9_]*$")
Person = _text(120)
Value = Annotated[Any, BeforeValidator(_value)]
Values = Annotated[dict[FieldCode, Value], Field(min_length=1)]
HeldFields = Annotated[tuple[FieldCode, ...], BeforeValidator(_fields), AfterValidator(_once)]
Covenants = Annotated[tuple[CovenantCode, ...], Field(min_length=1), AfterValidator(_once)]
People = Annotated[tuple[Key, ...], Field(min_length=1), AfterValidator(_once)]


class Part(BaseModel):
    """Every part of a file: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PhaseItem(Part):
    phase: Literal["signal", "triage", "meeting", "plan", "monitoring", "aftercare"]
    starts: Day = Field(alias="from")
    by: AgencyCode
    note: _text(240, least=0) = ""  # type: ignore[valid-type]


class SubjectItem(Part):
    """`subject_ref`: the same person in another file or an earlier load has the same one."""

    key: Key
    subject_ref: _text(80) = ""  # type: ignore[valid-type]
    birth_date: Day | None = None
    role: Literal["subject", "circle"]


class ParticipationItem(Part):
    agency: AgencyCode
    starts: Day = Field(alias="from")
    until: Day | None = None
    mode: Literal["live", "extract"]
    people: People | None = None
    reason: _text(240)  # type: ignore[valid-type]


class ConditionItem(Part):
    condition: Literal[
        "explicit_consent", "good_care", "legal_permission", "om_consent", "source_consent", "rac_tested",
        "secrecy_signed", "invited", "acute_danger",
    ]  # fmt: skip
    subject: Key | None = None
    source: AgencyCode | None = None
    recipient: AgencyCode | None = None
    starts: Day = Field(alias="from")
    until: Day | None = None
    text: _text(2000)  # type: ignore[valid-type]
    recorded_by: Person


class CorrectionItem(Part):
    on: Day
    values: Values
    reason: _text(500)  # type: ignore[valid-type]


class WithdrawnItem(Part):
    on: Day
    reason: _text(500)  # type: ignore[valid-type]


class ContributionItem(Part):
    """`under` None: every covenant of the case to which the agency is a party when it gives."""

    key: Key
    subject: Key | None
    agency: AgencyCode
    under: Covenants | None = None
    section: FieldCode
    values: Values
    kind: Literal["fact", "opinion", "hearsay"]
    reliability: Annotated[StrictInt, Field(ge=1, le=4)]
    observed_on: Day
    given_on: Day
    by: Person
    basis: _text(60)  # type: ignore[valid-type]
    corrections: tuple[CorrectionItem, ...] = ()
    withdrawn: WithdrawnItem | None = None
    contested: Annotated[dict[FieldCode, _text(500)], Field(min_length=1)] | None = None  # type: ignore[valid-type]
    valid_until: Day | None = None


class HoldItem(Part):
    """`fields` empty: all."""

    kind: Literal["embargo", "objection", "restriction", "secrecy", "source_veto"]
    contribution: Key | None = None
    subject: Key | None = None
    source: AgencyCode | None = None
    recipient: AgencyCode | None = None
    fields: HeldFields
    ground: _text(2000)  # type: ignore[valid-type]
    starts: Day = Field(alias="from")
    until: Day | None = None
    review_on: Day | None = None
    recorded_by: Person


class ExtractItem(Part):
    agency: AgencyCode
    source: AgencyCode
    under: CovenantCode
    article: _code(r"^[0-9]+\.[0-9]+$")  # type: ignore[valid-type]
    purpose: Purpose
    subject: Key | None
    values: Values
    decided_on: Day
    decided_by: _text(160)  # type: ignore[valid-type]
    until: Day | None = None
    revoked_on: Day | None = None


class NextStep(Part):
    text: _text(160)  # type: ignore[valid-type]
    on: Day
    owner: AgencyCode


class CaseFile(Part):
    """One case as a file; docs/gegevens-inladen.md, section 3."""

    schema_: StrictStr = Field("", alias="$schema")
    format: Literal["verbond-case/1"]
    number: _code(r"^[A-Z]{2}-[0-9]{4}-[0-9]{4}$")  # type: ignore[valid-type]
    kind: Literal["person", "family", "area"]
    label: _text(120, least=0) = ""  # type: ignore[valid-type]
    purpose: Purpose
    district: _text(80)  # type: ignore[valid-type]
    urgency: Literal["acute", "high", "normal"]
    covenants: Covenants
    opened: Day
    phases: Annotated[tuple[PhaseItem, ...], Field(min_length=1)]
    state: Literal["draft", "open", "paused", "rejected", "closed", "erased"]
    subjects: tuple[SubjectItem, ...]
    participations: Annotated[tuple[ParticipationItem, ...], Field(min_length=1)]
    conditions: tuple[ConditionItem, ...] = ()
    contributions: tuple[ContributionItem, ...]
    holds: tuple[HoldItem, ...] = ()
    extracts: tuple[ExtractItem, ...] = ()
    notes: Annotated[tuple[Any, ...], Field(max_length=0)] = ()
    actions: Annotated[tuple[Any, ...], Field(max_length=0)] = ()
    next_step: NextStep | None = None
