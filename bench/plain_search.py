"""Search without rights: the same index, the same full-text query and order, and whatever it finds is shown.

As in plain.py: same middleware, sign-in and schemas; what only a covenant can say stands in a table. The agency's
own cases are joined for their order, as the plain list does; nothing is decided, narrowed, limited or journalled.
"""

from collections import defaultdict
from typing import Any

from django.db import connection
from django.http import HttpRequest

from bench import plain
from cases.disclosure.wordforms import question_of
from cases.records.models import Case
from cases.search import schemas
from cases.search.full_text import joined, wanted

MOST_IN_A_CASE = 3
"""Matches of one question in one case of the bench, at most."""


@plain.router.post("/search", response=schemas.HitsOut)
def search(request: HttpRequest, body: schemas.SearchIn) -> dict[str, Any]:
    """The first cases in which the question stands, with the fields in which it does."""
    found = _matches(body.q, request.visit.agency.id, limit=MOST_IN_A_CASE * (body.size + 1))  # type: ignore[attr-defined]
    matched: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    last: dict[int, str] = {}
    for rank, day, case_id, contribution_id, bit in found:
        matched[case_id][contribution_id].add(bit)
        last[case_id] = f"{rank}.{str(day).replace('-', '')}.{case_id}"
    ids = list(matched)[: body.size]
    cases, given = Case.objects.in_bulk(ids), plain._given(ids)
    return {
        "items": [_item(cases[pk], given[pk], matched[pk]) for pk in ids],
        "next": last[ids[-1]] if len(matched) > body.size else "",
    }


def _matches(text: str, agency_id: int, *, limit: int) -> list[tuple[Any, ...]]:
    mine = (
        "SELECT case_id, urgency_rank, next_step_on FROM cases_participation "
        "WHERE agency_id = %s AND is_open AND mode = 'live'"
    )
    sql = f"""
        SELECT p.urgency_rank, p.next_step_on, p.case_id, s.contribution_id, s.bit
        {joined(connection.vendor, mine, common=False)}
        ORDER BY p.urgency_rank, p.next_step_on, p.case_id, s.contribution_id, s.bit
        LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [agency_id, wanted(connection.vendor, question_of(text)), limit])
        return list(cursor.fetchall())


def _item(case: Case, rows: list[dict[str, Any]], matched: dict[int, set[int]]) -> dict[str, Any]:
    persons: dict[int, dict[str, Any]] = {}
    codes: set[str] = set()
    for row in rows:
        here = {_by_bit()[bit] for bit in matched.get(row["id"], ())}
        wanted = here | (plain.NAMES if row["about__role"] == "subject" else frozenset())
        facts = plain._facts(row, frozenset(wanted), False)
        codes |= here
        if facts:
            persons.setdefault(row["about_id"], plain._person(row))["facts"] += facts
    line = plain._line(case, (), None, None, "")
    return line | {
        "persons": sorted(persons.values(), key=lambda person: person["position"]),
        "matched": sorted(codes),
    }


def _by_bit() -> dict[int, str]:
    from agreements.policy.catalogue import load_catalogue

    return {bit: field.code for bit, field in load_catalogue().by_bit.items()}
