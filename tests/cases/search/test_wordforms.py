"""How text and questions become words: both sides must meet."""

import pytest

from cases.disclosure.wordforms import LONGEST_WORD, Question, question_of, words_of
from foundation.errors import Invalid


def found(question: Question, text: str) -> bool:
    """As both databases match."""
    words = words_of(text)
    return set(question.words) <= words and (
        not question.start or any(word.startswith(question.start) for word in words)
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("jayden", "Jayden van der Berg"),
        ("JAYDEN VAN DER BERG", "Jayden van der Berg"),
        ("berg jay", "Jayden van der Berg"),
        ("muller", "J.P. Müller"),
        ("Müller", "j.p. muller"),
        ("strasse", "Straße 4"),
        ("5-3-2010", "2010-03-05"),
        ("05/03/2010", "2010-03-05"),
        ("5 maart 2010", "2010-03-05"),
        ("5 mrt. 2010", "2010-03-05"),
        ("2010-03-05", "geboren op 5 maart 2010 te Maasdelta"),
        ("2010", "2010-03-05"),
        ("3011 ab", "Kade 12, 3011AB Maasdelta"),
        ("3011AB", "Kade 12, 3011 AB Maasdelta"),
        ("kade 12", "Kade 12, 3011 AB Maasdelta"),
        ("0612345678", "06-12345678"),
        ("06 12 34 56 78", "+31 6 12345678"),
        ("x" * 80, "x" * 90),
    ],
)
def test_a_question_finds_the_text(typed: str, text: str) -> None:
    assert found(question_of(typed), text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("jayde van", "Jayden van der Berg"),
        ("5-3-2010", "2010-05-03"),
        ("jansen", "Jan Sen"),
        ("kade 1", "Lade 12"),
    ],
)
def test_a_question_does_not_find_another_text(typed: str, text: str) -> None:
    assert not found(question_of(typed), text)


@pytest.mark.parametrize("typed", ["", " ", "a", "a b c", "- . /", "'\"*", "x" * 101, "aa bb cc dd ee ff gg hh ii"])
def test_a_question_that_is_none_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        question_of(typed)

    assert refused.value.field == "q"


@pytest.mark.parametrize(
    "typed", ['"ja* OR b"', "naam:x NEAR(y)", "'; DROP TABLE x --", "a & b | !cc", "💥 boem", "\\'aa"]
)
def test_signs_of_a_query_language_are_no_words(typed: str) -> None:
    question = question_of(typed)

    assert all(word.isalnum() and len(word) <= LONGEST_WORD for word in (*question.words, question.start) if word)


def test_a_day_that_does_not_exist_is_just_numbers() -> None:
    assert question_of("31-02-2010").kind == "words"
    assert question_of("28-02-2010").kind == "date"
