"""One typed line is who, what and by when."""

from datetime import date

import pytest

from cases.plans.quick import read_line
from foundation.errors import Invalid

AGENCIES = (("GEM-MD", "GEM"), ("POL-MD", "POL"), ("OND-BAKEN", "OND"), ("OND-KADE", "OND"))
FRIDAY = date(2026, 11, 6)


def read(line: str):
    found = read_line(line, agencies=AGENCIES, today=FRIDAY)
    return found.text, found.agency, found.due_on


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@GEM belt moeder vr", ("belt moeder", "GEM-MD", date(2026, 11, 13))),
        ("belt @pol-md  morgen", ("belt", "POL-MD", date(2026, 11, 7))),
        ("@GEM belt ma", ("belt", "GEM-MD", date(2026, 11, 9))),
        ("@GEM belt over 2 weken", ("belt", "GEM-MD", date(2026, 11, 20))),
        ("@GEM belt 24-12", ("belt", "GEM-MD", date(2026, 12, 24))),
        ("@GEM belt 1-2", ("belt", "GEM-MD", date(2027, 2, 1))),
        ("@GEM belt 1-2-2028", ("belt", "GEM-MD", date(2028, 2, 1))),
        ("belt moeder", ("belt moeder", "", None)),
        ("mail naar x@y.nl", ("mail naar x@y.nl", "", None)),
        ("vraagt of zij komt", ("vraagt of zij komt", "", None)),
        ("@OND-KADE belt vandaag", ("belt", "OND-KADE", FRIDAY)),
    ],
)
def test_a_line_says_who_and_when(line: str, expected: tuple) -> None:
    assert read(line) == expected


@pytest.mark.parametrize("line", ["@OND belt", "@XYZ belt", "@GEM belt 31-2", "@GEM belt 29-2"])
def test_what_could_be_two_or_none_is_asked_again(line: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(line)

    assert refused.value.field == "text"
