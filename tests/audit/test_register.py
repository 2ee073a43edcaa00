"""What the upper floors hand in: names, searches, the meaning of bits; and the months of the journal."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from audit import checks, ports
from audit.journal import models
from audit.journal.appender import append
from audit.journal.errors import FieldsetConflict
from audit.journal.fieldset import FieldLabel, labels, named, sync_fieldset
from audit.journal.keys import master_key
from audit.journal.partitions import make_months
from tests.audit.stand_ins import POLICE, Officer, UpperFloor, entry


def label(bit: int, field: str, nl: str = "Naam") -> FieldLabel:
    return FieldLabel(bit=bit, field=field, label_nl=nl, label_en="Name")


@pytest.mark.django_db
def test_a_catalogue_is_registered_once() -> None:
    assert sync_fieldset([label(0, "a"), label(1, "b")], version="1", catalogue_hash="aa") == 2
    assert sync_fieldset([label(0, "a"), label(1, "b")], version="1", catalogue_hash="aa") == 0
    assert models.Fieldset.objects.count() == 2


@pytest.mark.django_db
def test_an_entry_keeps_the_words_of_its_own_catalogue() -> None:
    sync_fieldset([label(0, "a", "Oud")], version="1", catalogue_hash="aa")
    sync_fieldset([label(0, "a", "Nieuw")], version="2", catalogue_hash="bb")

    assert named(1, catalogue_hash="aa")[0].label_nl == "Oud"
    assert labels()[0].label_nl == "Nieuw"
    assert named(0b11, catalogue_hash="bb")[1].field == "bit_1"
    assert named(1, catalogue_hash="never registered")[0].label_nl == "Nieuw"


@pytest.mark.django_db
def test_a_bit_never_gets_a_second_meaning() -> None:
    sync_fieldset([label(0, "a")], version="1", catalogue_hash="aa")

    with pytest.raises(FieldsetConflict, match="bit 0"):
        sync_fieldset([label(0, "z")], version="2", catalogue_hash="bb")


def test_floors_together_fill_the_ports(upper_floor: UpperFloor) -> None:
    assert ports.unfilled() == ()
    assert checks.check_ports() == []
    assert ports.labels_of([POLICE, "professional:gone", POLICE, ""]) == {
        POLICE: "Politie Maasdelta",
        "professional:gone": "professional:gone",
    }
    assert upper_floor.asked == [(POLICE, "professional:gone")]
    assert ports.label_of(POLICE) == "Politie Maasdelta"


def test_an_unfilled_port_fails_the_system_check_and_the_call(upper_floor: UpperFloor) -> None:
    ports.withdraw("stand-in")

    assert {error.id for error in checks.check_ports()} == {"audit.E001"}
    assert len(ports.unfilled()) == 6
    with pytest.raises(ports.PortUnfilled):
        ports.find(ports.Sort.CASE, "x", Officer(agency_ref=POLICE))
    with pytest.raises(ports.PortUnfilled):
        ports.scope_of(Officer(agency_ref=POLICE))


@pytest.mark.parametrize("key", ["", "00" * 31, "not base64!", "c2hvcnQ=", b"short"])
def test_a_missing_or_short_key_fails_the_system_check(settings: object, key: object) -> None:
    settings.JOURNAL_KEY = key  # type: ignore[attr-defined]

    assert [error.id for error in checks.check_key()] == ["audit.E002"]


@pytest.mark.parametrize("key", ["ab" * 32, "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=", b"\xab" * 32])
def test_a_key_may_be_hex_base64_or_bytes(settings: object, key: object) -> None:
    settings.JOURNAL_KEY = key  # type: ignore[attr-defined]

    assert master_key() == b"\xab" * 32
    assert checks.check_key() == []


@pytest.mark.django_db
def test_months_are_made_ahead_and_once() -> None:
    now = datetime(2031, 11, 30, 23, 59, tzinfo=UTC)
    if connection.vendor != "postgresql":
        assert make_months(connection, now=now) == ()
        return

    assert make_months(connection, now=now, ahead=2) == (
        "audit_entry_2031_11",
        "audit_entry_2031_12",
        "audit_entry_2032_01",
    )
    assert make_months(connection, now=now, ahead=2) == ()


@pytest.mark.django_db
def test_an_entry_goes_to_its_month_or_to_the_rest(time_machine: object) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no partitions")
    make_months(connection, now=datetime(2031, 11, 1, tzinfo=UTC), ahead=0)
    for moment in (datetime(2031, 11, 30, 23, 59, 59, 999000, tzinfo=UTC), datetime(2031, 12, 1, tzinfo=UTC)):
        time_machine.move_to(moment, tick=False)  # type: ignore[attr-defined]
        append([entry()])

    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_entry ORDER BY uid")
        assert [name for (name,) in cursor.fetchall()] == ["audit_entry_2031_11", "audit_entry_rest"]
    assert make_months(connection, now=datetime(2031, 12, 1, tzinfo=UTC), ahead=0) == ()
