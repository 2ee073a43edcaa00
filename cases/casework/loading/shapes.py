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


Day = Annotated[date, BeforeValidator(_day)]
Key = Annotated[StrictStr, Field(pattern=KEY.pattern)]
CaseNumber = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{4}$")]
AgencyCode = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2,4}-[A-Z0-9-]{2,20}$")]
CovenantCode = Annotated[StrictStr, Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
ArticleNumber = Annotated[StrictStr, Field(pattern=r"^[0-9]+\.[0-9]+$")]
Purpose = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
FieldCode = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Basis = Annotated[StrictStr, Field(min_length=1, max_length=60)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=80)]
Person = Annotated[StrictStr, Field(min_length=1, max_length=120)]
Label = Annotated[StrictStr, Field(max_length=120)]
Line = Annotated[StrictStr, Field(min_length=1, max_length=160)]
Note = Annotated[StrictStr, Field(max_length=240)]
Reason = Annotated[StrictStr, Field(min_length=1, max_length=240)]
Words = Annotated[StrictStr, Field(min_length=1, max_length=500)]
Ground = Annotated[StrictStr, Field(min_length=1, max_length=2000)]
Value = Annotated[Any, BeforeValidator(_value)]
Values = Annotated[dict[FieldCode, Value], Field(min_length=1)]
Disputed = Annotated[dict[FieldCode, Words], Field(min_length=1)]
HeldFields = Annotated[tuple[FieldCode, ...], BeforeValidator(_fields), AfterValidator(_once)]
Covenants = Annotated[tuple[CovenantCode, ...], Field(min_length=1), AfterValidator(_once)]
People = Annotated[tuple[Key, ...], Field(min_length=1), AfterValidator(_once)]
Unused = Annotated[tuple[Any, ...], Field(max_length=0)]


class Part(BaseModel):
    """Every part of a file: unknown keys are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PhaseItem(Part):
    phase: Literal["signal", "triage", "meeting", "plan", "monitoring", "aftercare"]
    starts: Day = Field(alias="from")
    by: AgencyCode
    note: Note = ""


class SubjectItem(Part):
    """`subject_ref`: the same person in another file or an earlier load has the same one."""

    key: Key
    subject_ref: Name = ""
    birth_date: Day | None = None
    role: Literal["subject", "circle"]


class ParticipationItem(Part):
    agency: AgencyCode
    starts: Day = Field(alias="from")
    until: Day | None = None
    mode: Literal["live", "extract"]
    people: People | None = None
    reason: Reason


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
    text: Ground
    recorded_by: Person


class CorrectionItem(Part):
    on: Day
    values: Values
    reason: Words


class WithdrawnItem(Part):
    on: Day
    reason: Words


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
    basis: Basis
    corrections: tuple[CorrectionItem, ...] = ()
    withdrawn: WithdrawnItem | None = None
    contested: Disputed | None = None
    valid_until: Day | None = None


class HoldItem(Part):
    """`fields` empty: all."""

    kind: Literal["embargo", "objection", "restriction", "secrecy", "source_veto"]
    contribution: Key | None = None
    subject: Key | None = None
    source: AgencyCode | None = None
    recipient: AgencyCode | None = None
    fields: HeldFields
    ground: Ground
    starts: Day = Field(alias="from")
    until: Day | None = None
    review_on: Day | None = None
    recorded_by: Person


class ExtractItem(Part):
    agency: AgencyCode
    source: AgencyCode
    under: CovenantCode
    article: ArticleNumber
    purpose: Purpose
    subject: Key | None
    values: Values
    decided_on: Day
    decided_by: Line
    until: Day | None = None
    revoked_on: Day | None = None


class NextStep(Part):
    text: Line
    on: Day
    owner: AgencyCode


class CaseFile(Part):
    """One case as a file; docs/gegevens-inladen.md, section 3."""

    schema_: StrictStr = Field("", alias="$schema")
    format: Literal["verbond-case/1"]
    number: CaseNumber
    kind: Literal["person", "family", "area"]
    label: Label = ""
    purpose: Purpose
    district: Name
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
    notes: Unused = ()
    actions: Unused = ()
    next_step: NextStep | None = None
