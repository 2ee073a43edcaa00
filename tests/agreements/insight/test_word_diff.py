"""Two texts word by word: whatever is compared, each side can be read back whole."""

from hypothesis import given
from hypothesis import strategies as st

from agreements.insight.word_diff import MOST_WORDS, compared

TEXTS = st.lists(st.sampled_from(["school", "ziet", "niet", ",", ".", " ", "\n", "art. 6.4", "é", "10-2026"])).map(
    " ".join
)


@given(before=TEXTS, after=TEXTS)
def test_each_side_reads_as_its_own_text(before: str, after: str) -> None:
    sides = compared(before, after)

    assert "".join(piece.text for piece in sides.before) == before
    assert "".join(piece.text for piece in sides.after) == after
    assert sides.differs == (before != after)
    assert {piece.change for piece in sides.before} <= {"same", "gone"}
    assert {piece.change for piece in sides.after} <= {"same", "new"}


def test_what_changed_is_marked_and_no_more() -> None:
    sides = compared("De school ziet alleen verzuim.", "De school ziet verzuim en gedrag.")

    assert [piece.text for piece in sides.before if piece.change == "gone"] == [" alleen"]
    assert [piece.text for piece in sides.after if piece.change == "new"] == [" en gedrag"]


def test_a_day_or_a_number_is_one_word() -> None:
    sides = compared("tot 2026-09-01", "tot 2027-09-01")

    assert [piece.text for piece in sides.after if piece.change == "new"] == [" 2027-09-01"]


def test_a_very_long_text_is_shown_whole_against_whole() -> None:
    sides = compared("a " * MOST_WORDS, "b " * MOST_WORDS)

    assert [piece.change for piece in (*sides.before, *sides.after)] == ["gone", "new"]
