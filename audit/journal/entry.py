"""One journal entry as a value, and its canonical bytes. Storing it lives in appender.py."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from foundation import masks

SCHEMA_V = 1
"""Version of the body's layout. A change of a name or a meaning in either half is a new version."""

FIELD_COLUMNS = 3
BITS_PER_COLUMN = 62
MAX_BITS = FIELD_COLUMNS * BITS_PER_COLUMN
_COLUMN = (1 << BITS_PER_COLUMN) - 1
# Beyond this, readers of JSON in other languages round (RFC 8785, section 3.2.2.3).
_MAX_INT = 2**53 - 1


class Action(StrEnum):
    """What was done: create, read, update, delete, execute (NEN 7513, EventActionCode)."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


class Outcome(StrEnum):
    """How it ended. `refused`: a rule said no. `failed`: it broke on the way."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRef:
    """A version row that this entry vouches for. `content` is bound by a salted commitment, not stored.

    standing: the row goes on changing, and the last entry about it counts; content b"" then says that it is gone.
    """

    table: str
    history_id: int
    content: bytes
    standing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why a read was somebody's work: the code of a reason and an opaque reference to the row that is the fact.

    rules: version of the rules by which it was found, here and in the floors that know the facts.
    """

    code: str
    fact_ref: str = ""
    rules: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, in the words of the floor that reports it. One per (request, subject).

    fields, announced: masks of fields whose value, or only whose existence, left (bit i = catalogue field i).
    actor_ref, agency_ref, case_ref: opaque references ("professional:<uuid>"); never a name.
    subject_ref, actor_name, reason: personal; they enter the body only as salted commitments.
    articles: "PGA-MD v2 art. 6.1" and the like. detail: small facts about the act, nothing personal.
    because: the reason of a read, when who reports it knows it; else it is asked for when the entry is written.
    Raises ValueError when a value does not fit the journal.
    Source: audit design 4.1; NEN 7513; Wpg art. 32a.
    """

    event_type: str
    action: Action
    outcome: Outcome
    actor_ref: str
    agency_ref: str
    case_ref: str = ""
    subject_ref: str = ""
    fields: int = 0
    announced: int = 0
    articles: tuple[str, ...] = ()
    purpose: str = ""
    legal_basis: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    policy_epoch: int = 0
    catalogue_hash: str = ""
    break_glass: bool = False
    reason: str = ""
    history: tuple[HistoryRef, ...] = ()
    detail: Mapping[str, str | int] = field(default_factory=dict)
    route: str = ""
    trace_id: str = ""
    span_id: str = ""
    actor_name: str = ""
    because: Because | None = None

    def __post_init__(self) -> None:
        if not (self.event_type and self.actor_ref and self.agency_ref):
            raise ValueError("a journal entry names its event_type, actor_ref and agency_ref")
        if (self.fields | self.announced) >> MAX_BITS:
            raise ValueError(f"the journal holds {MAX_BITS} fields; one more needs a migration")
        for key, value in self.detail.items():
            _check_detail(key, value)


def _check_detail(key: str, value: object) -> None:
    if not (key.isascii() and key.isidentifier()):
        raise ValueError(f"detail {key!r} is not an ASCII name")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"detail {key!r} is neither text nor a whole number")
    if isinstance(value, int) and abs(value) > _MAX_INT:
        raise ValueError(f"detail {key!r} is larger than JSON carries exactly")


def act_of(entry: Entry, *, recorded_at: str, parts: Mapping[str, str]) -> dict[str, Any]:
    """Who did what, why and under which rules: the half of a body that all entries of one request share.

    recorded_at: `moment_text`. parts: "actor" and "reason" -> commitment in hex. What is empty is left
    out, so an absent name means "", 0, False or nothing.
    """
    whole = {
        "action": entry.action.value,
        "actor_ref": entry.actor_ref,
        "agency_ref": entry.agency_ref,
        "break_glass": entry.break_glass,
        "catalogue_hash": entry.catalogue_hash,
        "event_type": entry.event_type,
        "legal_basis": entry.legal_basis,
        "outcome": entry.outcome.value,
        "parts": parts,
        "policy_epoch": entry.policy_epoch,
        "purpose": entry.purpose,
        "recorded_at": recorded_at,
        "roles": entry.roles,
        "route": entry.route,
        "schema_v": SCHEMA_V,
        "span_id": entry.span_id,
        "trace_id": entry.trace_id,
    }
    return {name: value for name, value in whole.items() if value}


def act_key(entry: Entry) -> tuple[Any, ...]:
    """Equal for entries whose `act_of` is equal, so that it is encoded once."""
    return _ACT(entry)


_ACT = attrgetter(
    "action", "actor_ref", "actor_name", "agency_ref", "break_glass", "catalogue_hash", "event_type",
    "legal_basis", "outcome", "policy_epoch", "purpose", "reason", "roles", "route", "span_id", "trace_id",
)  # fmt: skip


def matter_of(entry: Entry, *, uid: str, subject: str, history: list[dict[str, Any]]) -> dict[str, Any]:
    """On whom and what: the half of a body that is the entry's own.

    uid: 32 hex digits. subject: commitment in hex, or "". history: table, history_id, commitment, standing.
    """
    matter: dict[str, Any] = {"uid": uid}
    if entry.case_ref:
        matter["case_ref"] = entry.case_ref
    if subject:
        matter["subject"] = subject
    if entry.fields:
        matter["fields"] = masks.to_hex(entry.fields)
    if entry.announced:
        matter["announced"] = masks.to_hex(entry.announced)
    if entry.articles:
        matter["articles"] = entry.articles
    if entry.because:
        because = {"code": entry.because.code, "fact": entry.because.fact_ref, "rules": entry.because.rules}
        matter["because"] = {name: value for name, value in because.items() if value}
    if entry.detail:
        matter["detail"] = dict(entry.detail)
    if history:
        matter["history"] = history
    return matter


_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def canonical(value: Mapping[str, Any]) -> bytes:
    """`value` as sorted compact JSON in UTF-8. Equals foundation.canonical, at a tenth of its cost.

    Source: RFC 8785. Equality is a property test (tests/audit/test_canonical.py).
    """
    return _encode(value).encode()


def body_bytes(*, act: bytes, matter: bytes) -> bytes:
    """The body from its two canonical halves: the bytes that are hashed and kept."""
    return b'{"act":' + act + b',"matter":' + matter + b"}"


def moment_text(moment: datetime) -> str:
    """An aware moment as "2026-11-24T21:10:00.123456Z", always with six decimals."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def columns_of_mask(mask: int) -> tuple[int, int, int]:
    """The bitmask as three columns of 62 bits: `fields_k & bit` then works on either database."""
    return mask & _COLUMN, (mask >> BITS_PER_COLUMN) & _COLUMN, mask >> (2 * BITS_PER_COLUMN)


def mask_of_columns(columns: tuple[int, int, int]) -> int:
    """The inverse of `columns_of_mask`."""
    low, middle, high = columns
    return low | (middle << BITS_PER_COLUMN) | (high << (2 * BITS_PER_COLUMN))
