"""A second, narrow door to sealed facts: the words by which a field can be found, for the search index alone.

Why it is there: a question can only be answered quickly from an index that was made before anybody asked, so that
the words must leave the seal without a reader, a purpose or a mask. Why it is narrow: what leaves is no value but a
sorted bag of words per field, of fields that people search by; numbers, choices, BSN and secret addresses stay
inside. Only cases.search.building may call it, at build time (import-linter) and at run time (below), and it hands
nothing on: what a search shows is opened anew by disclosure, through the reader's mask, and journalled.

The index is as sensitive as the facts: who can read its table can read the words (docs/zoeken.md).
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from agreements.policy.catalogue import Catalogue
from cases.disclosure._opener import open_facts
from cases.disclosure.wordforms import words_of
from cases.records.sealed import SealBroken, SealedFacts, is_module

_BUILDER = "cases.search.building"
_TYPES = frozenset({"text", "long", "address", "person", "date"})
_NOT_FOUND_BY = frozenset({"bsn", "secret_address", "reporter_contact"})
"""A number that only settles who somebody is, the address of somebody who is threatened, how to reach who reported."""


class FieldWords(NamedTuple):
    """The words of one field of one contribution (or words of a room), sorted, with spaces between; never empty."""

    contribution_id: int
    bit: int
    words: str


def found_by(catalogue: Catalogue) -> int:
    """The fields that people can search by, as a mask."""
    return catalogue.mask(f.code for f in catalogue.fields if f.type in _TYPES and f.code not in _NOT_FOUND_BY)


def _named_by(catalogue: Catalogue) -> int:
    """The fields of which a file is found by its name, as a mask: a file has a name whatever the type of its field."""
    return catalogue.mask(f.code for f in catalogue.fields if f.code not in _NOT_FOUND_BY)


def words_for_index(
    contributions: Iterable[tuple[int, SealedFacts]], *, catalogue: Catalogue, files: bool = False
) -> list[FieldWords]:
    """Per field of these contributions (row number, sealed values) the words to find it by.

    files: they are files, found by name and caption; what opens their bytes is none of that.
    Raises SealBroken for every caller but the builder of the search index.
    """
    if not is_module(sys._getframe(1).f_globals, _BUILDER):
        raise SealBroken(f"Only {_BUILDER} gets the words of sealed facts.")
    mask = _named_by(catalogue) if files else found_by(catalogue)
    found = []
    for contribution_id, sealed in contributions:
        facts, _contested, _reason = open_facts(sealed, mask, catalogue=catalogue)
        for code, value in facts.items():
            if words := words_of(_said(value, file=files)):
                found.append(FieldWords(contribution_id, catalogue.by_code[code].bit, " ".join(sorted(words))))
    return found


def _said(value: Any, *, file: bool) -> str:
    """The text of a value that people search by; "" for anything else."""
    if file:
        return f"{value.get('name', '')} {value.get('caption', '')}" if isinstance(value, Mapping) else ""
    return value if isinstance(value, str) else ""
