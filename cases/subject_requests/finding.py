"""Which persons in cases may be the one who asks. What is found goes to no officer, only to where it is looked up.

The search runs over all agencies' names and dates of birth, by the words that the search index keeps. Each controller
then sees, on its own sheet, those persons alone on whom it gave facts itself or whom its own people looked up. So the
officer who took the request in learns nothing, not even which agencies know the person: every agency is asked.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from agreements.policy.catalogue import load_catalogue
from cases.disclosure.wordforms import words_of
from cases.records.models import CaseSubject, Subject
from cases.search.models import SearchRow

NAME, BORN = "full_name", "date_of_birth"
PARTICLES = frozenset({"aan", "al", "de", "den", "der", "el", "het", "in", "op", "te", "ten", "ter", "van", "von"})
SHORTEST = 2


def places_of(name: str, born_on: date) -> list[tuple[UUID, UUID]]:
    """(case, person) of everybody born on that day who shares a word of the name, other than a particle.

    Wide on purpose: the controller, who knows the person, says whether it is them.
    """
    said = _telling(words_of(name))
    born = _born_on(born_on)
    if not said or not born:
        return []
    bit = load_catalogue().by_code[NAME].bit
    named: dict[int, set[str]] = defaultdict(set)
    rows = SearchRow.objects.filter(bit=bit, contribution__about__subject_id__in=born)
    for subject, words in rows.values_list("contribution__about__subject_id", "words"):
        named[subject].update(words.split())
    found = [subject for subject, words in named.items() if said & _telling(words)]
    places = CaseSubject.objects.filter(subject_id__in=found).order_by("pk")
    return list(places.values_list("case__uid", "subject__uid"))


def _born_on(day: date) -> set[int]:
    """Persons of whom some agency gave this date of birth, or whose age is reckoned from it."""
    bit = load_catalogue().by_code[BORN].bit
    told = SearchRow.objects.filter(bit=bit, words__contains=f"{day:%Y%m%d}")
    known = set(told.values_list("contribution__about__subject_id", flat=True))
    return {pk for pk in known if pk} | set(Subject.objects.filter(born_on=day).values_list("pk", flat=True))


def _telling(words: "frozenset[str] | set[str]") -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in PARTICLES)
