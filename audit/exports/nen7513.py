"""Entries in the terms of NEN 7513, as CSV and JSON. Names and persons come from the erasable parts.

Source: NEN 7513:2018, chapter 6 (its tables of names); codes of the outcome and of objects as DICOM PS3.15 A.5 has
them. A treatment relation is here: the reason why a read was the reader's work.
"""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.conf import settings

from audit.exports.rows import Row

COLUMNS = (
    "EventID", "EventActionCode", "EventDateTime", "EventOutcomeIndicator", "EventTypeCode", "UserID",
    "AlternateUserID", "UserName", "UserIsRequestor", "RoleIDCode", "PurposeOfUse", "NetworkAccessPointTypeCode",
    "NetworkAccessPointID", "AuditEnterpriseSiteID", "AuditSourceID", "AuditSourceTypeCode",
    "ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole", "ParticipantObjectIDTypeCode", "ParticipantObjectID",
    "ParticipantObjectQuery", "autorisatieProtocol", "behandelrelatieProtocol", "toestemmingsProfiel", "controles",
)  # fmt: skip

OUTCOMES = {"ok": "0", "refused": "4", "failed": "8"}
"""Success, minor failure, serious failure."""
_PERSON, _SYSTEM_OBJECT, _PATIENT, _JOB = "1", "2", "1", "20"
_NO_ADDRESS = ""
_APPLICATION = "4"


def head() -> bytes:
    """The line of names."""
    return _csv([COLUMNS])


def as_csv(rows: Sequence[Row]) -> bytes:
    """A line per entry (RFC 4180)."""
    return _csv([[_plain(value) for value in line_of(row).values()] for row in rows])


def as_json(rows: Sequence[Row]) -> bytes:
    """An object per entry, between commas."""
    return b",\n".join(
        json.dumps(line_of(row), ensure_ascii=False, separators=(",", ":")).encode() for row in rows
    )  # fmt: skip


def line_of(row: Row) -> dict[str, str]:
    """One entry by the names of the standard. What the journal does not keep (an address) is empty."""
    about_person = bool(row.subject or row.subject_ref)
    found = (
        row.uid, row.action, row.at.isoformat(), OUTCOMES.get(row.outcome, "8"), row.event_type, row.actor_ref,
        "", row.actor_name, "true", "; ".join(row.roles), row.purpose, _NO_ADDRESS,
        _NO_ADDRESS, row.agency_ref, settings.VERBOND_NAME, _APPLICATION, _PERSON if about_person else _SYSTEM_OBJECT,
        _PATIENT if about_person else _JOB, "subject_ref" if about_person else "case_ref",
        row.subject_ref if about_person else row.case_ref, row.case_ref if about_person else "",
        "; ".join(row.articles), row.reason, "", controls_of(row),
    )  # fmt: skip
    return dict(zip(COLUMNS, found, strict=True))


def controls_of(row: Row) -> str:
    """What was checked, as four letters T or F: authorisation, treatment relation, consent, emergency.

    Consent: whether a legal basis of consent stood among those of the articles.
    """
    explained = row.reason not in ("", "U")
    consent = any("6(1)(a)" in basis or "9(2)(a)" in basis for basis in row.legal_basis)
    return "".join("T" if held else "F" for held in (bool(row.articles), explained, consent, row.break_glass))


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _plain(value: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
