"""A typed line: who, when and what, in the ways that people write them."""

from datetime import date
from uuid import UUID

import pytest

from cases.meetings.entry_line import Line, Owner, read_line

TODAY = date(2026, 11, 24)  # a Tuesday
SCHOOL = Owner(agency="OND-BAKEN", type="OND", monogram="OND", name="Het Baken College")
OTHER_SCHOOL = Owner(agency="OND-KADE", type="OND", monogram="OND", name="Kade Lyceum")
PETER = Owner(
    agency="OND-BAKEN", type="OND", monogram="OND", name="Het Baken College", person=UUID(int=1),
    person_name="Peter van Dam",
)  # fmt: skip
POLICE = Owner(agency="POL-MD", type="POL", monogram="POL", name="Politie")


def read(line: str, *owners: Owner) -> Line:
    return read_line(line, today=TODAY, owners=owners or (SCHOOL, PETER, POLICE))


@pytest.mark.parametrize(
    ("ending", "day"),
    [
        ("vr", date(2026, 11, 27)),
        ("VR", date(2026, 11, 27)),
        ("vrijdag", date(2026, 11, 27)),
        ("di", date(2026, 12, 1)),
        ("ma", date(2026, 11, 30)),
        ("vandaag", date(2026, 11, 24)),
        ("morgen", date(2026, 11, 25)),
        ("overmorgen", date(2026, 11, 26)),
        ("3 dec", date(2026, 12, 3)),
        ("3 december", date(2026, 12, 3)),
        ("3 jan", date(2027, 1, 3)),
        ("3 jan 2028", date(2028, 1, 3)),
        ("+7", date(2026, 12, 1)),
        ("+2w", date(2026, 12, 8)),
        ("1-12", date(2026, 12, 1)),
        ("1-12-2026", date(2026, 12, 1)),
        ("1-12-26", date(2026, 12, 1)),
        ("voor vr", date(2026, 11, 27)),
    ],
)
def test_the_day_at_the_end(ending: str, day: date) -> None:
    line = read(f"@OND verzuim terugkoppelen {ending}")

    assert (line.due_on, line.text, line.faults) == (day, "verzuim terugkoppelen", ())


@pytest.mark.parametrize("who", ["@OND", "@ond", "@OND-BAKEN", "@peter", "@Peter", "@peter,"])
def test_who_does_it(who: str) -> None:
    line = read(f"{who} verzuim terugkoppelen vr")

    assert line.owner is not None
    assert line.owner.agency == "OND-BAKEN"
    assert (line.owner.person is not None) == ("peter" in who.lower())


def test_who_may_stand_anywhere_in_the_line() -> None:
    assert read("verzuim @OND terugkoppelen vr").text == "verzuim terugkoppelen"


def test_a_monogram_of_two_agencies_asks_which_and_the_code_settles_it() -> None:
    double = read("@OND bellen vr", SCHOOL, OTHER_SCHOOL)

    assert "OND-KADE" in double.faults[0][1]
    assert read("@OND-KADE bellen vr", SCHOOL, OTHER_SCHOOL).owner == OTHER_SCHOOL


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("", {"owner", "due_on", "text"}),
        ("@OND", {"due_on", "text"}),
        ("@OND vr", {"text"}),
        ("@OND bellen", {"due_on"}),
        ("bellen vr", {"owner"}),
        ("@XYZ bellen vr", {"owner"}),
        ("@OND @POL bellen vr", {"owner"}),
        ("@OND bellen 1-1-2020", {"due_on"}),
        ("@OND bellen 31 feb", {"due_on"}),
        ("@OND bellen +9999", {"due_on"}),
        ("!", {"text"}),
        ("!   ", {"text"}),
    ],
)
def test_what_is_missing_or_unclear_is_said(line: str, fields: set[str]) -> None:
    assert {place for place, _said in read(line).faults} == fields


def test_a_mark_in_front_makes_a_decision_and_needs_no_owner() -> None:
    line = read("! Avondhulp thuis vanaf maandag")

    assert (line.is_decision, line.text, line.faults) == (True, "Avondhulp thuis vanaf maandag", ())
