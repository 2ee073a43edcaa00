"""Questions that are sent together: each its own rows, in order; an error is one, and the connection outlives it."""

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.prepared import answers

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = "WITH RECURSIVE upto(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM upto WHERE n < %s) SELECT n FROM upto"


def test_each_question_gets_its_own_rows() -> None:
    for _ in range(8):  # more often than PostgreSQL plans anew
        found = answers(connection, [(NUMBERS, [3]), ("SELECT 7 WHERE 1 = 0", []), (NUMBERS, [2])])
        assert [[n for (n,) in rows] for rows in found] == [[1, 2, 3], [], [1, 2]]
    assert answers(connection, []) == []


def test_a_percent_sign_and_more_parameters_than_a_driver_reads_once() -> None:
    text = f"SELECT '100%%' WHERE %s IN ({', '.join(['%s'] * 60)})"
    assert answers(connection, [(text, [7, *range(60)]), (text, [70, *range(60)])]) == [[("100%",)], []]


def test_what_answers_nothing_has_no_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tests_prepared (n integer)")
        put = ("INSERT INTO tests_prepared VALUES (%s)", [4])
        assert answers(connection, [put, put, ("SELECT count(*) FROM tests_prepared", [])]) == [[], [], [(2,)]]
        transaction.set_rollback(True)


def test_an_error_in_one_is_raised_as_djangos_and_leaves_the_connection_in_order() -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError):
            answers(connection, [(NUMBERS, [1]), ("SELECT nothing_like_it FROM nowhere", []), (NUMBERS, [1])])
        assert answers(connection, [(NUMBERS, [1])]) == [[(1,)]]


def test_they_see_what_the_transaction_around_them_did() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tests_prepared (n integer)")
        for n in range(3):
            cursor.execute("INSERT INTO tests_prepared VALUES (%s)", [n])
            found = answers(connection, [("SELECT count(*) FROM tests_prepared", []), (NUMBERS, [1])])
            assert found == [[(n + 1,)], [(1,)]]
        transaction.set_rollback(True)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_postgresql_keeps_each_by_name_and_plans_it_once() -> None:
    for _ in range(9):
        answers(connection, [(NUMBERS, [3])])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE statement LIKE 'WITH RECURSIVE%%'", []
        )
        assert cursor.fetchall() == [(True,)]
