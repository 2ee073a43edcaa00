"""Entries as lines for a SIEM: CEF and syslog (RFC 5424). Pseudonyms only: no name and no reference leaves.

A pseudonym is that of the agency's own key (audit/journal/commitments.py): the privacy officer finds the person again
in the journal, whoever holds the feed does not. Source: ArcSight Common Event Format 0.1; RFC 5424, section 6.
"""

import re
import socket
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings

from audit.exports.rows import Row
from audit.journal.commitments import pseudonym

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_AUDIT = 13  # facility "log audit" of RFC 5424, table 1
_UTF8 = "\ufeff"
SEVERITIES = {"ok": (3, 6), "refused": (6, 4), "failed": (7, 3)}
"""Outcome -> severity in CEF (0-10) and in syslog (0-7)."""
EMERGENCY = (8, 5)


def as_cef(rows: Sequence[Row]) -> bytes:
    """A CEF line per entry."""
    return b"".join(cef(row).encode() + b"\n" for row in rows)


def as_syslog(rows: Sequence[Row]) -> bytes:
    """A syslog message per entry, each ended by a line feed (RFC 6587, section 3.4.2)."""
    return b"".join(syslog(row).encode() + b"\n" for row in rows)


def cef(row: Row) -> str:
    """One entry in the Common Event Format."""
    header = ("Verbond", settings.VERBOND_NAME, "1", row.event_type, row.event_type, str(_severity(row)[0]))
    milliseconds = (row.at - _EPOCH) // timedelta(milliseconds=1)
    pairs = {
        "rt": str(milliseconds), "externalId": row.uid, "act": row.action, "outcome": row.outcome,
        "suid": actor_of(row), "cs1Label": "agency", "cs1": row.agency_ref, "cs2Label": "case", "cs2": case_of(row),
        "cs3Label": "subject", "cs3": row.subject, "cs4Label": "articles", "cs4": "; ".join(row.articles),
        "cs5Label": "purpose", "cs5": row.purpose, "cs6Label": "breakGlass", "cs6": str(row.break_glass).lower(),
        "cn1Label": "fields", "cn1": str(row.fields.bit_count()),
    }  # fmt: skip
    extension = " ".join(f"{key}={cef_value(value)}" for key, value in pairs.items() if value)
    return f"CEF:0|{'|'.join(cef_header(part) for part in header)}|{extension}"


def cef_header(text: str) -> str:
    """A field of the header: backslash and bar are escaped; it has no line breaks."""
    return _CONTROL.sub(" ", text).replace("\\", "\\\\").replace("|", "\\|")


def cef_value(text: str) -> str:
    r"""A value of the extension: backslash and equals sign are escaped, line breaks become \n."""
    escaped = text.replace("\\", "\\\\").replace("=", "\\=")
    return _CONTROL.sub(" ", re.sub(r"\r\n|\n|\r", r"\\n", escaped))


def syslog(row: Row) -> str:
    """One entry as a syslog message of version 1; what matters stands in its structured data."""
    priority = _AUDIT * 8 + _severity(row)[1]
    moment = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    header = f"<{priority}>1 {moment} {_name(_host(), 255)} verbond - {_name(row.event_type, 32)}"
    data = {
        "uid": row.uid, "action": row.action, "outcome": row.outcome, "actor": actor_of(row),
        "agency": row.agency_ref, "case": case_of(row), "subject": row.subject, "purpose": row.purpose,
        "articles": "; ".join(row.articles), "fields": str(row.fields.bit_count()),
        "breakGlass": str(row.break_glass).lower(),
    }  # fmt: skip
    return f"{header} {element(f'entry@{settings.SIEM_ENTERPRISE}', data)} {_UTF8}{_CONTROL.sub(' ', row.event_type)}"


def element(name: str, parameters: Mapping[str, str]) -> str:
    """An element of structured data; parameters without a value are left out."""
    given = [f' {key}="{param_value(value)}"' for key, value in parameters.items() if value]
    return f"[{name}{''.join(given)}]"


def param_value(text: str) -> str:
    """A PARAM-VALUE: quote, backslash and closing bracket are escaped (section 6.3.3); control characters go."""
    return re.sub(r'(["\\\]])', r"\\\1", _CONTROL.sub(" ", text))


def actor_of(row: Row) -> str:
    """The reader's pseudonym in hex."""
    return _pseudonym(row.actor_ref, row.agency_ref)


def case_of(row: Row) -> str:
    """The case's pseudonym in hex, or ""."""
    return _pseudonym(row.case_ref, row.agency_ref) if row.case_ref else ""


def _pseudonym(reference: str, agency_ref: str) -> str:
    return pseudonym(reference, agency_ref=agency_ref).hex()


def _severity(row: Row) -> tuple[int, int]:
    return EMERGENCY if row.break_glass else SEVERITIES.get(row.outcome, SEVERITIES["failed"])


@lru_cache(maxsize=1)
def _host() -> str:
    return socket.gethostname()


def _name(text: str, longest: int) -> str:
    """A field of the header: printable ASCII without spaces, or "-" for nothing."""
    return re.sub(r"[^\x21-\x7e]", "_", text)[:longest] or "-"
