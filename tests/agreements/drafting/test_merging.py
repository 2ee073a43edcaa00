"""Two changes of one text: together where they do not touch, side by side where they do."""

from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.merging import line_changes, merge

BASE = "a\nb\nc\nd\ne\nf\ng\n"
texts = st.lists(st.sampled_from(["a", "b", "c", "", "  x"]), max_size=12).map("\n".join)


def test_changes_apart_are_merged() -> None:
    assert merge(BASE, BASE.replace("b", "B"), BASE.replace("f\n", "")) == "a\nB\nc\nd\ne\ng\n"


def test_changes_of_one_line_or_of_neighbours_are_not_merged() -> None:
    assert merge(BASE, BASE.replace("b", "B"), BASE.replace("b", "X")) is None
    assert merge(BASE, BASE.replace("b", "B"), BASE.replace("c", "C")) is None


def test_where_they_touch_mine_can_be_preferred() -> None:
    assert merge(BASE, BASE.replace("b", "B"), BASE.replace("b", "X"), prefer_mine=True) == BASE.replace("b", "B")


@given(base=texts, mine=texts)
def test_one_change_alone_is_itself(base: str, mine: str) -> None:
    assert merge(base, mine, base) == mine
    assert merge(base, base, mine) == mine
    assert merge(base, mine, mine) == mine


@given(base=texts, mine=texts, theirs=texts)
def test_merging_is_the_same_from_either_side(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@given(before=texts, after=texts)
def test_changes_tell_every_line_that_went_and_came(before: str, after: str) -> None:
    changes = line_changes(before, after)

    gone, new = [[line for sign, line in changes if sign == which] for which in "-+"]
    assert bool(changes) == (before.splitlines() != after.splitlines())
    assert len(before.splitlines()) - len(gone) == len(after.splitlines()) - len(new)
    assert all(line in before.splitlines() for line in gone)
    assert all(line in after.splitlines() for line in new)


def test_places_far_apart_are_told_apart() -> None:
    before = "\n".join("abcdefghijklmnop")

    changes = line_changes(before, before.replace("c", "C").replace("n", "N"))

    assert "".join(line if sign != "…" else sign for sign, line in changes) == "abcCde…lmnNop"


def test_a_hundred_thousand_equal_lines_take_no_time() -> None:
    many = "x\ny\n" * 50_000

    assert merge(many, "a\n" + many, many + "b\n") == "a\n" + many + "b\n"
    assert line_changes(many, "y\nx\n" * 50_000 + "z")
