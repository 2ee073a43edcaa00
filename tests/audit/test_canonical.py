"""The bytes that are hashed: canonical, complete, and without a personal word."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.journal.entry import (
    MAX_BITS,
    Entry,
    act_key,
    act_of,
    body_bytes,
    canonical,
    columns_of_mask,
    mask_of_columns,
    matter_of,
    moment_text,
)
from audit.journal.evidence import copies_of
from audit.journal.uids import floor_of, new_uids
from foundation.canonical import canonical_bytes
from tests.audit.stand_ins import entry

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
masks = st.integers(0, 2**MAX_BITS - 1)
details = st.dictionaries(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True), words | st.integers(-(2**53) + 1, 2**53 - 1), max_size=4
)
entries = st.builds(
    entry,
    case_ref=words,
    fields=masks,
    announced=masks,
    articles=st.lists(words, max_size=3).map(tuple),
    purpose=words,
    legal_basis=st.lists(words, max_size=3).map(tuple),
    roles=st.lists(words, max_size=3).map(tuple),
    policy_epoch=st.integers(0, 2**53 - 1),
    catalogue_hash=words,
    break_glass=st.booleans(),
    detail=details,
    route=words,
)
UID = "01a20f7ce8ea71289a1f18ef723ec6ba"
AT = "2026-11-24T21:10:00.123456Z"


def body(value: Entry) -> bytes:
    act = act_of(value, recorded_at=AT, parts={})
    return body_bytes(act=canonical(act), matter=canonical(matter_of(value, uid=UID, subject="", history=[])))


@given(entries)
def test_a_body_is_the_canonical_json_of_rfc_8785(value: Entry) -> None:
    assert body(value) == canonical_bytes(json.loads(body(value)))


@given(entries)
def test_a_body_tells_every_query_column(value: Entry) -> None:
    copies = copies_of(json.loads(body(value)))

    assert mask_of_columns((copies["fields_0"], copies["fields_1"], copies["fields_2"])) == value.fields
    assert copies["legal_basis"] == "; ".join(value.legal_basis)
    for name in ("action", "outcome", "actor_ref", "agency_ref", "case_ref", "purpose", "route", "policy_epoch"):
        assert copies[name] == getattr(value, name)


@given(entries, entries)
def test_entries_share_an_act_only_when_their_acts_are_equal(one: Entry, other: Entry) -> None:
    same = act_of(one, recorded_at=AT, parts={}) == act_of(other, recorded_at=AT, parts={})

    assert (act_key(one) == act_key(other)) <= same


@given(masks)
def test_a_mask_survives_its_three_columns(mask: int) -> None:
    columns = columns_of_mask(mask)

    assert mask_of_columns(columns) == mask
    assert all(0 <= column < 2**62 for column in columns)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": 1 << MAX_BITS},
        {"announced": 1 << MAX_BITS},
        {"actor_ref": ""},
        {"agency_ref": ""},
        {"event_type": ""},
        {"detail": {"n": 1.5}},
        {"detail": {"n": True}},
        {"detail": {"n": 2**60}},
        {"detail": {"naïef": "x"}},
        {"detail": {"with space": "x"}},
    ],
)
def test_an_entry_that_does_not_fit_the_journal_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"journal|detail"):
        entry(**wrong)


@given(st.integers(0, 2**42).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC)), st.integers(1, 60))
def test_uids_rise_are_version_7_and_carry_their_moment(moment: datetime, n: int) -> None:
    uids = new_uids(n, at=moment) + new_uids(n, at=moment)

    assert sorted(set(uids)) == uids
    assert all(uid[12] == "7" and uid[16] in "89ab" and len(uid) == 32 for uid in uids)
    assert {uid[:12] for uid in uids} == {floor_of(moment).hex[:12]}


def test_a_moment_always_has_six_decimals() -> None:
    assert moment_text(datetime(2026, 11, 24, 21, 10, tzinfo=UTC)) == "2026-11-24T21:10:00.000000Z"
