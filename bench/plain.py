"""The list and the case page without visibility, masks and journal: what the product is measured against.

Same middleware, sign-in, order of the page, queries for cases and contributions, and the same schemas. What
only a covenant can say (purpose, articles, obligations) it says from a table that was filled beforehand.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from ninja import NinjaAPI, Query, Router

from agreements.parties.api import bearer
from bench import areas
from cases.casework import schemas
from cases.records.models import Case, CaseVisit, Contribution, Participation
from foundation import clock
from foundation.masks import from_hex

router = Router(tags=["plain"], auth=bearer)
NAMES = frozenset({"full_name", "date_of_birth"})
NO_DATE = "9999-12-31"
_COLUMNS = (
    "id", "uid", "case_id", "about_id", "about__role", "about__position", "about__subject__uid",
    "about__subject__born_on", "source_id", "source__code", "source__type", "source__name", "under", "present",
    "values", "kind", "reliability", "observed_on", "given_at", "valid_until",
)  # fmt: skip


@dataclass
class Said:
    """What a covenant says of an answer: filled from the product's own before the clock starts."""

    purpose: str = ""
    obligations: list[str] = field(default_factory=list)
    until: datetime | None = None
    articles: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, answer: dict[str, Any]) -> None:
        """From a case as the product gives it."""
        self.purpose = answer["purpose"]
        self.obligations = answer.get("obligations", self.obligations)
        self.until = answer.get("until", self.until)
        for person in answer["persons"]:
            for fact in person["facts"]:
                self.articles[fact["source"]["code"], fact["field"]] = fact["article"]


SAID = Said()


@router.get("/areas/{code}")
def area(request: HttpRequest, code: str) -> dict[str, Any]:
    """The numbers of an area: one query and JSON."""
    return areas.bare(code)


@router.get("/cases", response=schemas.CaseListOut)
def case_list(request: HttpRequest, after: str = "", size: int = Query(50, ge=1, le=100)) -> dict[str, Any]:
    """The first cases of the reader's agency, with the names of whom they are about."""
    visit = request.visit  # type: ignore[attr-defined]
    found = _of_professional(visit.agency.id, visit.professional_id)
    taken = list(found.order_by("urgency_rank", "next_step_on", "case_id")[: size + 1])
    given = _given([taking.case_id for taking in taken[:size]])
    last = taken[size - 1] if len(taken) > size else None
    return {
        "items": [_line(t.case, given[t.case_id], NAMES, t.seen, visit.agency.code) for t in taken[:size]],
        "next": f"{last.urgency_rank}.{last.next_step_on:%Y%m%d}.{last.case_id}" if last else "",
    }


@router.get("/cases/{number}", response=schemas.CaseOut)
def case_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """A case with every fact in it."""
    case = Case.objects.get(number=number)
    line = _line(case, _given([case.pk])[case.pk], None, None, request.visit.agency.code)  # type: ignore[attr-defined]
    return line | {
        "covenants": case.covenants.split(),
        "obligations": SAID.obligations,
        "at": clock.now(),
        "until": SAID.until,
        "n_visible": sum(len(person["facts"]) for person in line["persons"]),
        "n_announced": 0,
    }


# Queries are built once, as the product builds its own: else it would win by that alone. Putting them into SQL is
# left to the ORM, as one writes it; the product does that once too (cases/disclosure/asking.py).


@lru_cache(maxsize=512)
def _of_professional(agency_id: int, professional_id: int) -> QuerySet[Any]:
    mine = CaseVisit.objects.filter(professional_id=professional_id, case=OuterRef("case_id"))
    found = Participation.objects.filter(agency_id=agency_id, mode=Participation.Mode.LIVE, is_open=True)
    return found.annotate(seen=Subquery(mine.values("seen_at")[:1])).select_related("case")


@cache
def _standing() -> QuerySet[Any, Any]:
    found = Contribution.objects.filter(withdrawn_at__isnull=True).order_by("case_id", "id")
    return found.values_list(*_COLUMNS)


def _given(case_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    day = clock.today()
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for values in _standing().filter(case_id__in=case_ids):
        row = dict(zip(_COLUMNS, values, strict=True))
        if row["valid_until"] is None or row["valid_until"] >= day:
            found[row["case_id"]].append(row)
    return found


def _line(
    case: Case, rows: Iterable[dict[str, Any]], wanted: frozenset[str] | None, seen: datetime | None, own: str
) -> dict[str, Any]:
    persons: dict[int, dict[str, Any]] = {}
    news = 0
    for row in rows:
        fresh = seen is not None and row["source__code"] != own and row["given_at"] > seen
        if fresh and wanted is not None:
            news += from_hex(row["present"]).bit_count()
        if wanted is not None and row["about__role"] == "circle":
            continue
        facts = _facts(row, wanted, fresh)
        if facts:
            person = persons.setdefault(row["about_id"], _person(row))
            person["facts"] += facts
    return {
        "number": case.number,
        "kind": case.kind,
        "label": case.label,
        "district": case.district,
        "urgency": case.urgency,
        "phase": case.phase,
        "phase_since": case.phase_since,
        "partners": case.partners.split(),
        "next_step": case.next_step,
        "next_step_on": None if str(case.next_step_on) == NO_DATE else case.next_step_on,
        "purpose": SAID.purpose,
        "n_new": news,
        "persons": sorted(persons.values(), key=lambda person: person["position"]),
    }


def _person(row: dict[str, Any]) -> dict[str, Any]:
    subject = row["about__subject__uid"]
    return {
        "subject": str(subject) if subject else None,
        "role": row["about__role"] or "",
        "position": row["about__position"] or 0,
        "facts": [],
        "announced": [],
    }


def _facts(row: dict[str, Any], wanted: frozenset[str] | None, fresh: bool) -> list[dict[str, Any]]:
    # The bench reads the column as it stands: nothing is opened through a mask here, which is the point.
    values = json.loads(row["values"]._SealedFacts__text)["facts"]
    source = {"code": row["source__code"], "type": row["source__type"], "name": row["source__name"]}
    return [
        {
            "field": code,
            "value": value,
            "source": source,
            "article": SAID.articles[source["code"], code],
            "observed_on": row["observed_on"],
            "given_at": row["given_at"],
            "kind": row["kind"],
            "reliability": row["reliability"],
            "contribution": str(row["uid"]),
            "contested": "",
            "valid_until": row["valid_until"],
            "is_new": fresh,
        }
        for code, value in values.items()
        if wanted is None or code in wanted
    ]


plain_api = NinjaAPI(title="plain", urls_namespace="plain", docs_url=None, openapi_url=None)
plain_api.add_router("", router)
