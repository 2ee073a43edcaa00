"""How many statements a list and a case take, whatever their size; and that the list walks its index."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.desk import Api, give, make_case
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

FRAME = re.compile(r"^(BEGIN|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK|COMMIT)")
ON_POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
MOST = 8


def statements(api: Api, path: str) -> list[str]:
    """The statements of one request, without the frame of transactions."""
    with CaptureQueriesContext(connection) as taken:
        answer = api.get(path)
    assert answer.status_code == 200, answer.content
    return [query["sql"] for query in taken if not FRAME.match(query["sql"])]


def fill(world: World, n: int, *, facts: int = 3) -> None:
    for number in range(n):
        case = make_case(f"T-{number}", live=("RCL-MD", "GEM-MD", "POL-MD"))
        for _ in range(facts):
            give(world, case, "GEM-MD", full_name=f"Bo {number}")
            give(world, case, "POL-MD", police_incident="Ruzie")


def test_a_list_takes_as_many_statements_for_one_case_as_for_fifty(world: World, db: None) -> None:
    api, counts = Api(world, "wouter", "pga_adult"), []
    api.get("/cases")
    for more in (1, 4, 45):
        fill_from(world, more)
        counts.append(len(statements(api, "/cases")))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST


def fill_from(world: World, n: int) -> None:
    from cases.models import Case

    start = Case.objects.count()
    for number in range(start, start + n):
        case = make_case(f"T-{number}", live=("RCL-MD", "GEM-MD", "POL-MD"))
        give(world, case, "GEM-MD", full_name=f"Bo {number}")
        give(world, case, "POL-MD", police_incident="Ruzie")


def test_a_case_takes_as_many_statements_for_one_fact_as_for_fifty(world: World, db: None) -> None:
    api, counts = Api(world, "wouter", "pga_adult"), []
    case = make_case("T-1", live=("RCL-MD", "GEM-MD", "POL-MD"))
    api.get("/cases/T-1")
    for more in (1, 4, 45):
        for _ in range(more):
            give(world, case, "POL-MD", police_incident="Ruzie")
        counts.append(len(statements(api, "/cases/T-1")))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST


def test_no_statement_of_a_reading_carries_a_value_of_a_fact(world: World, db: None) -> None:
    case = make_case("T-1", live=("RCL-MD", "GEM-MD", "POL-MD"))
    give(world, case, "POL-MD", police_incident="zqx-ruzie")
    api = Api(world, "wouter", "pga_adult")

    assert not [sql for path in ("/cases", "/cases/T-1") for sql in statements(api, path) if "zqx-ruzie" in sql]


@pytest.mark.parametrize("key", ["wouter", "sanne", "esra"])
def test_the_list_walks_its_index(world: World, db: None, key: str) -> None:
    fill(world, 5, facts=0)
    (sql,) = [
        sql
        for sql in statements(Api(world, key, "pga_adult"), "/cases?size=2")
        if "cases_participation" in sql and "ORDER BY" in sql
    ]

    plan = explained(sql)

    assert "worklist_order" in plan, plan
    for sorting in ("TEMP B-TREE", "Sort Key"):
        assert sorting not in plan, "the index gives the order; nothing is sorted"


def explained(sql: str) -> str:
    """The database's own plan. PostgreSQL reads a small table whole, and sorts a few rows, so it is told to do without
    where it can: what it knows of the tables differs with what ran before."""
    with connection.cursor() as cursor:
        if ON_POSTGRES:
            for habit in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{habit} = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(" ".join(str(part) for part in row) for row in cursor.fetchall())
