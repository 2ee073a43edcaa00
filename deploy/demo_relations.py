"""The relations of the demo, as the personas would record them, and the map of its town."""

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.relations.commands import Related, add_relation
from cases.relations.map_loading import load_map
from cases.relations.models import MapShape, Relation
from deploy.demo_map import FILE

JAYDEN, AZZOUZI, ZEEWIER = "MD-2026-0418", "MD-2026-0402", "MD-2026-0440"
# case, who says it, person A, what A is, of person B (places in the case file, from 0), in which words
RELATIONS: tuple[tuple[str, str, int, str, int, str], ...] = (
    (JAYDEN, "sanne", 1, "mother", 0, ""),
    (JAYDEN, "sanne", 1, "mother", 2, ""),
    (JAYDEN, "sanne", 4, "father", 0, ""),
    (JAYDEN, "sanne", 4, "ex_partner", 1, ""),
    (JAYDEN, "sanne", 2, "sibling", 0, ""),
    (JAYDEN, "sanne", 3, "mother", 1, ""),
    (JAYDEN, "sanne", 1, "guardian", 0, "Denise heeft alleen het gezag."),
    (JAYDEN, "sanne", 3, "support", 0, "Kookt op dinsdag en donderdag; wordt gebeld als het misgaat."),
    (AZZOUZI, "sanne", 0, "father", 2, ""),
    (AZZOUZI, "sanne", 1, "mother", 2, ""),
    (AZZOUZI, "sanne", 0, "father", 3, ""),
    (AZZOUZI, "sanne", 1, "mother", 3, ""),
    (ZEEWIER, "sanne", 2, "father", 0, ""),
    (ZEEWIER, "sanne", 2, "father", 1, ""),
    (ZEEWIER, "sanne", 3, "mother", 0, ""),
    (ZEEWIER, "sanne", 3, "mother", 1, ""),
    (ZEEWIER, "sanne", 2, "partner", 3, ""),
    # Only Veilig Thuis itself sees this: no article of the covenant gives a threat to anybody.
    (ZEEWIER, "fenna", 2, "threat", 3, "Ruzies met geweld in huis, ook waar de kinderen bij zijn."),
)
DAYS_AGO = {JAYDEN: 50, AZZOUZI: 20, ZEEWIER: 9}


def load_demo_map() -> None:
    """Read the map of the demo in; nothing when a map stands."""
    if not MapShape.objects.exists():
        load_map(FILE.read_text(encoding="utf-8"), by=operator("load_demo"))


@transaction.atomic
def load_demo_relations() -> None:
    """Record the relations as the personas would; nothing for one that stands or whose case is not there."""
    for n, (number, who, about, kind, other, words) in enumerate(RELATIONS):
        mark = _mark(n)
        case = Case.objects.filter(number=number).first()
        if case is None or Relation.objects.filter(submission=mark).exists():
            continue
        people = list(case.case_subjects.order_by("position").values_list("subject__uid", flat=True))
        related = Related(about=people[about], kind=kind, other=people[other], words=words, submission=mark)
        add_relation(_reading(who, days_ago=DAYS_AGO[number]), number, related)


def _mark(n: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"verbond:demo:relatie:{n}")


def _reading(persona: str, *, days_ago: int) -> Reading:
    """The persona at work then: the moment of what they write is that of the reading."""
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    now = Reading.begin(visit, route="load_demo", event="relation.added")
    return replace(now, at=now.at - timedelta(days=days_ago))
