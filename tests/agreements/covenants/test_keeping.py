"""The database itself keeps agreed versions: no change, no removal, no two at one moment. On both databases."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.covenants.guards import APART, FIXED, KEPT
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import State
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock
from tests.agreements.covenants.world import days, load, signatures, unsigned, version

pytestmark = pytest.mark.usefixtures("house")


def _inside(change: Callable[[], object]) -> None:
    """In a scope with an entry, so that only these triggers can object."""
    entry = Entry(event_type="test", action=Action.UPDATE, outcome=Outcome.OK, actor_ref="x", agency_ref="y")
    with transaction.atomic(), write_scope():
        change()
        append([entry])


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("column", ["text", "document", "sha256", "state"])
def test_an_agreed_version_does_not_change(column: str) -> None:
    load()

    with pytest.raises(IntegrityError, match=FIXED):
        _inside(lambda: _sql(f"UPDATE agreements_covenantversion SET {column} = 'draft'"))


@pytest.mark.usefixtures("rows_by_hand")
def test_an_agreed_version_does_not_begin_or_end_at_another_time() -> None:
    load()
    versions = CovenantVersion.objects.all()

    for change in ({"starts": clock.now()}, {"ends": clock.now() + days(9999)}, {"ends": None}, {"number": 9}):
        with pytest.raises(IntegrityError, match=FIXED):
            _inside(lambda change=change: versions.update(**change))
    _inside(lambda: versions.update(ends=clock.now()))


def test_an_agreed_version_is_not_removed() -> None:
    load()

    with pytest.raises(IntegrityError, match=KEPT):
        _inside(lambda: _sql("DELETE FROM agreements_covenantversion"))


def test_two_agreed_versions_never_rule_at_one_moment() -> None:
    load()
    load(version(3), unsigned(signatures(version_starts=30), "OM-MD"))
    later = CovenantVersion.objects.filter(number=3)

    with pytest.raises(IntegrityError, match=APART):
        _inside(lambda: later.update(state=State.AGREED))


@pytest.mark.usefixtures("rows_by_hand")
def test_a_version_that_waits_for_signatures_can_still_change() -> None:
    load(data=unsigned(signatures(), "OM-MD"))

    _inside(lambda: CovenantVersion.objects.update(text="anders"))


def test_no_covenant_changes_outside_a_write_scope() -> None:
    load()

    for table in ("covenant", "covenantversion", "party", "signature"):
        with pytest.raises(IntegrityError), transaction.atomic():
            _sql(f"UPDATE agreements_{table} SET id = id")
