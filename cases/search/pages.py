"""Makes the values that the templates of search take, from answers alone. No table, no decision here."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import LONG, Row, fact_row
from cases.casework.pages import worklist_row
from cases.disclosure.answer import Disclosure, Fact
from cases.disclosure.wordforms import Question, words_of
from cases.search.queries import Hit, Said, text_of

AROUND = 14
"""Words before and after the one that was found, of a text that is too long to show whole."""
_WORD = re.compile(r"\S+")


Parts = Sequence[Question]


def hit_row(hit: Hit, catalogue: Catalogue, question: Parts) -> dict[str, Any]:
    """One case that was found, with the facts and the words of rooms in which the question stood."""
    number = hit.answer.head.number
    line = worklist_row(hit.answer)
    return line | {
        "by_number": hit.by_number and not hit.facts and not hit.words,
        "words": [_said(said, catalogue, question, number=number) for said in hit.words],
        "facts": [_fact(person, fact, catalogue, question, number=number) for person, fact in hit.facts],
    }


def known_checks_url() -> str:
    """Where agencies can be asked whether they know somebody; "" while nothing of the kind is there."""
    try:
        return reverse("known_checks")
    except NoReverseMatch:
        return ""


def _said(said: Said, catalogue: Catalogue, question: Parts, *, number: str) -> dict[str, Any]:
    """Words with their source chip: they have no page of versions, and are no statement that somebody graded."""
    row = fact_row(said.fact, catalogue, number=number)
    row = replace(row, label=said.room, value="", long=False, history_url="", observed_on=None)
    return {"room": said.room, "url": said.url, "text": excerpt(text_of(said), question), "row": row}


def _fact(person: Disclosure, fact: Fact, catalogue: Catalogue, question: Parts, *, number: str) -> Row:
    row = fact_row(fact, catalogue, number=number, person=person.subject)
    if person.role == "circle":
        row = replace(row, label=_("%(field)s (directe kring)") % {"field": row.label})
    return replace(row, value=excerpt(row.value, question), long=False) if row.long else row


def excerpt(text: str, question: Parts) -> str:
    """The part of a long text around the first word that was looked for; of the same field and no other."""
    words = list(_WORD.finditer(text))
    if len(text) <= LONG or len(words) <= 2 * AROUND:
        return text
    first = next((at for at, word in enumerate(words) if _is_asked(word[0], question)), 0)
    begin, end = max(0, first - AROUND), min(len(words), first + AROUND)
    part = text[words[begin].start() : words[end - 1].end()]
    return f"{'… ' if begin else ''}{part}{' …' if end < len(words) else ''}"


def _is_asked(word: str, question: Parts) -> bool:
    found = words_of(word)
    return any(
        not found.isdisjoint(part.words) or bool(part.start and any(one.startswith(part.start) for one in found))
        for part in question
    )
