"""Entries as the Logboek Dataverwerkingen of one controller, as its own JSON and as OTLP/JSON. No user identities.

Source: Logboek Dataverwerkingen 1.0.0 (Logius); OpenTelemetry Protocol 1.x, JSON Protobuf encoding; OpenTelemetry
file exporter (one object a line). Attributes that the standard does not name stand under `vhh.`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from audit.exports.rows import Row

VERSION = "1.0.0"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TRACE = re.compile(r"(?!0{32})[0-9a-f]{32}")
_SPAN = re.compile(r"(?!0{16})[0-9a-f]{16}")
_NO_COVENANT = "-"
_OK, _ERROR = 1, 2  # StatusCode of OTLP
_INTERNAL = 1  # SpanKind of OTLP


def as_json(rows: Sequence[Row]) -> bytes:
    """Log lines as the standard names their members, between commas."""
    return b",\n".join(_dumps(line_of(row)) for row in rows)


def as_otlp(rows: Sequence[Row]) -> bytes:
    """One line: a TracesData with a resource for each controller."""
    by_agency: dict[str, list[Row]] = {}
    for row in rows:
        by_agency.setdefault(row.agency_ref, []).append(row)
    resources = [
        {
            "resource": {"attributes": _typed(_resource(agency))},
            "scopeSpans": [
                {"scope": {"name": "verbond.journal", "version": VERSION}, "spans": [_span(row) for row in mine]}
            ],
        }
        for agency, mine in by_agency.items()
    ]
    return _dumps({"resourceSpans": resources}) + b"\n"


def line_of(row: Row) -> dict[str, Any]:
    """One log line: one processing of the data of one person. Moments in milliseconds since 1970."""
    moment = (row.at - _EPOCH) // timedelta(milliseconds=1)
    trace, span, parent = ids_of(row)
    line = {
        "trace_id": trace,
        "span_id": span,
        "status": "Ok" if row.outcome == "ok" else "Error",
        "name": row.event_type,
        "start_time": moment,
        "end_time": moment,
        "resource": {"attributes": _resource(row.agency_ref)},
        "attributes": attributes_of(row),
    }
    return line | ({"parent_span_id": parent} if parent else {})


def ids_of(row: Row) -> tuple[str, str, str]:
    """(trace, span, parent span or ""), in hex of 16, 8 and 8 bytes.

    Entries of one request share its trace; the span is the entry's own, so a line is found again by its entry. An
    entry of no request makes a trace by itself.
    """
    trace = row.trace_id if _TRACE.fullmatch(row.trace_id) else row.uid
    digest = hashlib.sha256(f"span/{row.uid}".encode()).hexdigest()[:16]
    parent = row.span_id if _SPAN.fullmatch(row.span_id) and trace == row.trace_id else ""
    return trace, digest if _SPAN.fullmatch(digest) else "1".rjust(16, "0"), parent


def attributes_of(row: Row) -> dict[str, Any]:
    """The attributes of the standard, and under `vhh.` what else says why; empty ones are left out."""
    found: dict[str, Any] = {
        "dpl.core.processing_activity_id": activity_of(row),
        "dpl.core.data_subject_id": row.subject,
        "dpl.core.data_subject_id_type": "pseudonym" if row.subject else "",
        "vhh.entry_uid": row.uid,
        "vhh.action": row.action,
        "vhh.outcome": row.outcome,
        "vhh.purpose": row.purpose,
        "vhh.articles": list(row.articles),
        "vhh.legal_basis": list(row.legal_basis),
        "vhh.fields": row.fields.bit_count(),
        "vhh.break_glass": row.break_glass,
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def activity_of(row: Row) -> str:
    """The URI of the processing activity in the register: that of a covenant and a purpose, or of the event."""
    covenant = row.articles[0].partition(" ")[0] if row.articles else _NO_COVENANT
    return settings.LDV_ACTIVITY_URI.format(covenant=covenant, purpose=row.purpose or row.event_type)


def _resource(agency_ref: str) -> dict[str, str]:
    return {"service.name": settings.VERBOND_NAME, "vhh.controller": agency_ref, "vhh.ldv_version": VERSION}


def _span(row: Row) -> dict[str, Any]:
    # Whole microseconds first: a float of nanoseconds would lose the last digits.
    moment = str((row.at - _EPOCH) // timedelta(microseconds=1) * 1000)
    trace, span, parent = ids_of(row)
    found: dict[str, Any] = {"traceId": trace, "spanId": span}
    if parent:
        found["parentSpanId"] = parent
    return found | {
        "name": row.event_type,
        "kind": _INTERNAL,
        "startTimeUnixNano": moment,
        "endTimeUnixNano": moment,
        "attributes": _typed(attributes_of(row)),
        "status": {"code": _OK if row.outcome == "ok" else _ERROR},
    }


def _typed(attributes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in attributes.items()]


def _value(value: Any) -> dict[str, Any]:
    """An AnyValue; whole numbers of 64 bits are text in this encoding."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return {"arrayValue": {"values": [_value(item) for item in value]}}
    return {"stringValue": value}


def _dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
