"""What is known per life domain, for this reader: how much, and the latest scores. From an answer alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import language
from cases.casework.pages import person_label
from cases.disclosure.answer import Answer, Fact
from cases.relations.pages import chip
from cases.relations.queries import SCORES

HIGHEST = 5
"""A self-sufficiency score goes from 1 (acute) to 5 (fully self-sufficient)."""


def domains_context(answer: Answer, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """`domains`: per life domain how much this reader may know of; `scores`: per person the latest of each part.

    The counts are of what is in the answer: a domain of which nothing may be known is not there.
    """
    found = list(_domains(answer, catalogue, number=number))
    # One bar compares nothing: an area has a single domain.
    return {
        "domains": found if len(found) > 1 else [],
        "scores": list(_scores(answer, catalogue, number=number)),
    }


def _domains(answer: Answer, catalogue: Catalogue, *, number: str) -> Iterable[dict[str, Any]]:
    counts: dict[str, int] = {}
    for person in answer.disclosures:
        known = [fact.code for fact in person.facts] + [told.code for told in person.announcements]
        for code in known:
            section = catalogue.by_code[code].section
            counts[section] = counts.get(section, 0) + 1
    lines = [
        (domain, sum(counts.get(section, 0) for section in domain.sections)) for domain in catalogue.domains
    ]  # fmt: skip
    most = max((n for _domain, n in lines), default=0)
    for domain, n in lines:
        if n:
            yield {
                "label": domain.label_en if language() == "en" else domain.label_nl,
                "n": n,
                "share": round(100 * n / most),
                "url": f"{reverse('case', args=[number])}#{domain.code}",
            }


def _scores(answer: Answer, catalogue: Catalogue, *, number: str) -> Iterable[dict[str, Any]]:
    parts = {code: en if language() == "en" else nl for code, nl, en in catalogue.by_code[SCORES].choices}
    for position, person in enumerate(answer.disclosures, 1):
        facts = sorted(
            (fact for fact in person.facts if fact.code == SCORES), key=lambda fact: (fact.observed_on, fact.given_at)
        )
        if not facts:
            continue
        latest: dict[str, tuple[Fact, Any]] = {}
        whole = []
        for fact in facts:
            if isinstance(fact.value, Mapping):
                latest |= {part: (fact, score) for part, score in fact.value.items()}
            else:
                whole.append(chip(fact, catalogue, number=number, person=person.subject))
        order = {part: n for n, part in enumerate(parts)}
        yield {
            "person": person_label(person, position),
            "parts": [
                {
                    "label": parts.get(part, part),
                    "score": score,
                    "pips": range(1, HIGHEST + 1),
                    "row": chip(fact, catalogue, number=number, person=person.subject),
                }
                for part, (fact, score) in sorted(latest.items(), key=lambda item: order.get(item[0], len(order)))
            ],
            "whole": whole,
        }
