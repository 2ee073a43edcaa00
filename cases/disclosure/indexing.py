"""A second, narrow door to sealed facts: the words by which a field can be found, for the search index alone.

Why it is there: a question can only be answered quickly from an index that was made before anybody asked, so that
the words must leave the seal without a reader, a purpose or a mask. Why it is narrow: what leaves is no value but a
sorted bag of words per field, of fields that people search by; numbers, choices, BSN and secret addresses stay
inside. Only cases.search.building may call it, at build time (import-linter) and at run time (below), and it hands
nothing on: what a search shows is opened anew by disclosure, through the reader's mask, and journalled.

The index is as sensitive as the facts: who can read its table can read the words (docs/zoeken.md).
"""

import sys
from collections.abc import Iterable
from typing import NamedTuple

from agreements.policy.catalogue import Catalogue
from cases.disclosure._opener import open_facts
from cases.disclosure.wordforms import words_of
from cases.records.sealed import SealBroken, SealedFacts, is_module

_BUILDER = "cases.search.building"
_TYPES = frozenset({"text", "long", "address", "person", "date"})
_NOT_FOUND_BY = frozenset({"bsn", "secret_address"})
"""A number that only settles who somebody is, and the address of somebody who is threatened."""


class FieldWords(NamedTuple):
    """The words of one field of one contribution, sorted, with spaces between them; never empty."""

    contribution_id: int
    bit: int
    words: str


def found_by(catalogue: Catalogue) -> int:
    """The fields that people can search by, as a mask."""
    return catalogue.mask(f.code for f in catalogue.fields if f.type in _TYPES and f.code not in _NOT_FOUND_BY)


def words_for_index(contributions: Iterable[tuple[int, SealedFacts]], *, catalogue: Catalogue) -> list[FieldWords]:
    """Per field of these contributions (row number, sealed values) the words to find it by.

    Raises SealBroken for every caller but the builder of the search index.
    """
    if not is_module(sys._getframe(1).f_globals, _BUILDER):
        raise SealBroken(f"Only {_BUILDER} gets the words of sealed facts.")
    mask = found_by(catalogue)
    found = []
    for contribution_id, sealed in contributions:
        facts, _contested, _reason = open_facts(sealed, mask, catalogue=catalogue)
        for code, value in facts.items():
            if isinstance(value, str) and (words := words_of(value)):
                found.append(FieldWords(contribution_id, catalogue.by_code[code].bit, " ".join(sorted(words))))
    return found
