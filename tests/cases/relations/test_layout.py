"""Where people stand: nobody on top of anybody, parents above children, and only from who is there."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.relations.kinds import Line, Place
from cases.relations.layout import HEIGHT, WIDTH, Link, lay_out
from cases.relations.lines import Bond, draw, zigzag

PEOPLE = [f"p{n}" for n in range(9)]
PLACES = st.sampled_from(list(Place))
PERSON = st.sampled_from(PEOPLE)
LINKS = st.lists(st.builds(Link, about=PERSON, other=PERSON, place=PLACES), max_size=16)
FAMILY = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8)), max_size=14).map(
    lambda pairs: [Link(PEOPLE[a], PEOPLE[b], Place.ABOVE) for a, b in pairs if a < b]
)
"""Parents in the order of the list, so that nobody is their own ancestor."""


@settings(deadline=None)
@given(LINKS)
def test_no_two_cards_overlap(links: list[Link]) -> None:
    spots = lay_out(PEOPLE, links)

    assert set(spots) == set(PEOPLE)
    for a, b in combinations(spots.values(), 2):
        assert abs(a.x - b.x) >= WIDTH or abs(a.y - b.y) >= HEIGHT


@settings(deadline=None)
@given(FAMILY)
def test_parents_stand_above_children(links: list[Link]) -> None:
    spots = lay_out(PEOPLE, links)

    for link in links:
        assert spots[link.about].y < spots[link.other].y


@settings(deadline=None)
@given(FAMILY)
def test_a_child_says_the_same_as_its_parent(links: list[Link]) -> None:
    turned = [Link(link.other, link.about, Place.BELOW) for link in links]

    assert lay_out(PEOPLE, turned) == lay_out(PEOPLE, links)


@settings(deadline=None)
@given(LINKS)
def test_ties_with_somebody_who_is_not_there_change_nothing(links: list[Link]) -> None:
    more = [Link("nobody", person, Place.ABOVE) for person in PEOPLE[:3]]

    assert lay_out(PEOPLE, [*more, *links]) == lay_out(PEOPLE, links)


@settings(deadline=None)
@given(LINKS)
def test_the_first_generation_is_the_top_and_the_first_column_the_edge(links: list[Link]) -> None:
    spots = lay_out(PEOPLE, links)

    assert min(spot.layer for spot in spots.values()) == 0
    assert min(spot.x for spot in spots.values()) == WIDTH / 2


@settings(deadline=None)
@given(LINKS)
def test_every_line_begins_and_ends_within_the_cards_of_its_people(links: list[Link]) -> None:
    spots = lay_out(PEOPLE, links)
    strokes = draw(spots, [Bond(link.about, link.other, link.place, Line.LOOSE) for link in links])

    for stroke in strokes:
        xs = [spot.x for spot in spots.values()]
        for x, _y in (stroke.points[0], stroke.points[-1]):
            assert min(xs) - WIDTH / 2 <= x <= max(xs) + WIDTH / 2
        assert len(zigzag(stroke.points)) >= len(stroke.points)


def test_partners_stand_side_by_side() -> None:
    spots = lay_out(["a", "c", "b"], [Link("a", "b", Place.COUPLE), Link("a", "c", Place.ABOVE)])

    assert spots["a"].y == spots["b"].y
    assert abs(spots["a"].x - spots["b"].x) < 2 * WIDTH


def test_a_parent_who_married_in_stands_beside_the_other_and_not_at_the_top() -> None:
    links = [
        Link("oma", "moeder", Place.ABOVE),
        Link("moeder", "kind", Place.ABOVE),
        Link("vader", "kind", Place.ABOVE),
    ]
    spots = lay_out(["kind", "moeder", "oma", "vader"], links)

    assert spots["vader"].layer == spots["moeder"].layer == 1


def test_contradicting_ties_still_give_a_picture() -> None:
    links = [Link("a", "b", Place.ABOVE), Link("b", "a", Place.ABOVE), Link("a", "b", Place.COUPLE)]

    assert len(lay_out(["a", "b"], links)) == 2


def test_siblings_of_a_drawn_parent_have_no_line_of_their_own() -> None:
    people = ["m", "x", "y"]
    ties = [("m", "x", Place.ABOVE), ("m", "y", Place.ABOVE), ("x", "y", Place.SIBLINGS)]
    spots = lay_out(people, [Link(*tie) for tie in ties])

    strokes = draw(spots, [Bond(*tie, Line.FAMILY) for tie in ties])

    assert [stroke.bond.place for stroke in strokes] == [Place.ABOVE, Place.ABOVE]
