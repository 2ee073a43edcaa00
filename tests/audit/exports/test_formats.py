"""The formats against their standards: shapes, types, and what must be escaped."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.exports import ldv, nen7513, siem
from audit.exports.rows import Row
from tests.audit.stand_ins import CASE, POLICE, SCHOOL, WIJKAGENT, ZORRO

AT = datetime(2026, 11, 24, 21, 10, 0, 123457, tzinfo=UTC)
UID = "01a20f7ce8ea71289a1f18ef723ec6ba"
TRACE = "ab" * 16
# Without the sign that stands in for a line break below.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ue000"), max_size=40)


def row(**what: Any) -> Row:
    given: dict[str, Any] = {
        "uid": UID, "at": AT, "event_type": "case.read", "action": "R", "outcome": "ok", "agency_ref": POLICE,
        "actor_ref": WIJKAGENT, "case_ref": CASE, "purpose": "pga_youth", "break_glass": False, "route": "case",
        "trace_id": TRACE, "span_id": "", "fields": 0b1011, "articles": ("PGA-MD v2 art. 6.1",),
        "legal_basis": ("AVG art. 6(1)(e)",), "roles": ("professional",), "subject": "cd" * 32, "subject_ref": ZORRO,
        "actor_name": "D. Kuipers", "reason": "R3",
    }  # fmt: skip
    return Row(**(given | what))


def spans(*rows: Row) -> list[dict[str, Any]]:
    found = json.loads(ldv.as_otlp(rows))
    return [span for one in found["resourceSpans"] for scope in one["scopeSpans"] for span in scope["spans"]]


def test_otlp_has_ids_in_hex_nanoseconds_as_text_and_typed_attributes() -> None:
    (span,) = spans(row(span_id="ef" * 8))

    assert (span["traceId"], span["parentSpanId"]) == (TRACE, "ef" * 8)
    assert re.fullmatch(r"[0-9a-f]{16}", span["spanId"])
    assert span["startTimeUnixNano"] == span["endTimeUnixNano"] == "1795554600123457000"
    assert span["status"] == {"code": 1}
    typed = {one["key"]: one["value"] for one in span["attributes"]}
    assert typed["dpl.core.data_subject_id"] == {"stringValue": "cd" * 32}
    assert typed["vhh.fields"] == {"intValue": "3"}
    assert typed["vhh.break_glass"] == {"boolValue": False}
    assert typed["vhh.articles"] == {"arrayValue": {"values": [{"stringValue": "PGA-MD v2 art. 6.1"}]}}


def test_otlp_is_one_object_a_line_with_a_resource_for_each_controller() -> None:
    text = ldv.as_otlp([row(), row(agency_ref=SCHOOL), row()])

    assert text.count(b"\n") == 1
    found = json.loads(text)["resourceSpans"]
    assert [len(one["scopeSpans"][0]["spans"]) for one in found] == [2, 1]


def test_a_refusal_is_an_error_and_an_entry_of_no_request_makes_its_own_trace() -> None:
    (span,) = spans(row(outcome="refused", trace_id="", span_id="ef" * 8))

    assert span["status"] == {"code": 2}
    assert span["traceId"] == UID
    assert "parentSpanId" not in span


def test_the_log_of_processing_has_the_names_of_the_standard_in_milliseconds() -> None:
    line = json.loads(ldv.as_json([row()]))

    assert set(line) == {"trace_id", "span_id", "status", "name", "start_time", "end_time", "resource", "attributes"}
    assert (line["status"], line["start_time"]) == ("Ok", 1795554600123)
    core = {name for name in line["attributes"] if name.startswith("dpl.")}
    assert core == {
        "dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type"
    }  # fmt: skip
    assert line["attributes"]["dpl.core.processing_activity_id"] == "urn:verbond:verwerking:PGA-MD:pga_youth"


@pytest.mark.parametrize("write", [ldv.as_json, ldv.as_otlp, siem.as_cef, siem.as_syslog])
def test_what_goes_to_others_names_no_reader_person_or_case(write: Any) -> None:
    text = write([row()]).decode()

    for told in (WIJKAGENT, "Kuipers", ZORRO, CASE, WIJKAGENT.split(":")[1]):
        assert told not in text


def test_nen_7513_names_who_what_when_and_on_what_ground() -> None:
    line = nen7513.line_of(row())

    assert tuple(line) == nen7513.COLUMNS
    assert (line["EventActionCode"], line["EventOutcomeIndicator"]) == ("R", "0")
    assert (line["UserID"], line["UserName"]) == (WIJKAGENT, "D. Kuipers")
    assert (line["ParticipantObjectID"], line["ParticipantObjectTypeCode"]) == (ZORRO, "1")
    assert line["controles"] == "TTFF"
    assert nen7513.line_of(row(articles=(), reason="U", break_glass=True))["controles"] == "FFFT"
    assert json.loads(nen7513.as_json([row()])) == line


def cef_parts(line: str) -> tuple[list[str], dict[str, str]]:
    """A CEF line read as a SIEM reads it: seven fields between bare bars, then pairs whose equals signs are bare."""
    *header, extension = _bars(line)
    pairs = re.split(r"(?:^| )(\w+)(?<!\\)=", extension)[1:]
    plain = {key: _unescaped(value) for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
    return header, plain


def _bars(line: str) -> list[str]:
    found, part, escaped = [], "", False
    for position, sign in enumerate(line):
        if len(found) == 7:
            return [*found, line[position:]]
        if escaped:
            part, escaped = part + sign, False
        elif sign == "\\":
            escaped = True
        elif sign == "|":
            found, part = [*found, part], ""
        else:
            part += sign
    return [*found, part]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), text)


@given(words)
def test_cef_header_and_extension_come_back_as_they_were(text: str) -> None:
    header, plain = cef_parts(siem.cef(row(event_type=text or "x", purpose=f"{text}.", outcome=text or "ok")))

    clean = siem._CONTROL.sub(" ", text)
    assert (header[0], header[1], header[3], len(header)) == ("CEF:0", "Verbond", "1", 7)
    assert header[4] == (clean or "x")
    value = siem._CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\ue000"))
    assert plain["cs5"] == f"{value}.".replace("\ue000", "\n")


def test_cef_escapes_what_the_format_says() -> None:
    assert siem.cef_header("a|b\\c=d\ne") == "a\\|b\\\\c=d e"
    assert siem.cef_value("a|b\\c=d\r\ne\nf") == "a|b\\\\c\\=d\\ne\\nf"
    line = siem.cef(row(break_glass=True, articles=("A=B|C", "D")))
    assert line.startswith("CEF:0|Verbond|")
    assert "|8|rt=1795554600123 " in line
    assert "cs4=A\\=B|C; D" in line


@given(words)
def test_structured_data_comes_back_as_it_was_and_a_message_stays_one_line(text: str) -> None:
    element = siem.element("entry@32473", {"p": f"{text}."})
    line = siem.syslog(row(event_type=text or "x", purpose=text))

    value = re.fullmatch(r'\[entry@32473 p="((?:[^"\\\]]|\\["\\\]])*)"\]', element)
    assert value, element
    assert re.sub(r'\\(["\\\]])', r"\1", value[1]) == siem._CONTROL.sub(" ", f"{text}.")
    assert "\n" not in line
    assert re.match(r"<110>1 2026-11-24T21:10:00\.123457Z [!-~]{1,255} verbond - [!-~]{1,32} \[entry@32473 ", line), (
        line
    )


def test_syslog_says_by_its_priority_how_it_ended() -> None:
    def priority(**what: Any) -> int:
        return int(siem.syslog(row(**what))[1:4])

    assert priority() == 13 * 8 + 6
    assert priority(outcome="refused") == 13 * 8 + 4
    assert priority(break_glass=True) == 13 * 8 + 5
