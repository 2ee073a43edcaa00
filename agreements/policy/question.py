"""What is asked of the policy: frozen values. The answers live in decide.py and explain.py."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Mask = int
"""A set of fields: bit i stands for the catalogue field with bit i."""


class Grade(StrEnum):
    """How much of a field reaches a reader. Silent is the default and cannot be told from empty."""

    VISIBLE = "visible"
    ANNOUNCED = "announced"
    SILENT = "silent"


class Delivery(StrEnum):
    """How the reader reads: in the joint case, from a sealed copy pushed to them (WGS art. 2.31(9)), or in
    acute danger under a break-glass article, which asks for no purpose and no phase.
    """

    LIVE = "live"
    EXTRACT = "extract"
    BREAK_GLASS = "break_glass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An agency as the rules see it: its own code and the code of its type (`POL`, `OND`, …)."""

    code: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: one agency, the roles held there, the purpose declared. Purpose "" grants nothing."""

    agency: Actor
    roles: frozenset[str]
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The case as the rules see it: its kind, its phase, the covenants it runs under (codes)."""

    kind: str
    phase: str
    covenants: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlassAct:
    """One article of a covenant, opened to one agency (code) from `starts` until `until` (exclusive, aware).

    Who of that agency acts, and why, is the caller's to keep: nothing here knows a person.
    """

    covenant: str
    article: str
    agency: str
    starts: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """May this reader know the fields that this source gave in this case, at this moment?

    under: covenants under which the facts were given; only those can grant them.
    satisfied: conditions that hold for reader, case and subject, as bits of conditions.Condition.
    held: fields under a hold (embargo, objection, restriction); beats every grant, never own facts.
    at: aware datetime; the versions in force at that moment decide.
    act: with break-glass, the act under which is read: its article alone gives, to its agency, while it stands.
        None asks what break-glass articles could open at all: a question about rules, not a reading.
    """

    reader: Reader
    setting: Setting
    source: Actor
    under: frozenset[str]
    satisfied: int
    at: datetime
    held: Mask = 0
    via: Delivery = Delivery.LIVE
    act: BreakGlassAct | None = None
