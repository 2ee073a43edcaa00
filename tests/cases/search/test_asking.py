"""Questions that are put into words once give what the ORM gives, and ask no less when there is nothing to ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agency
from cases.disclosure import rows
from cases.disclosure.asking import Kept, in_turn
from cases.disclosure.circumstances import NOTHING_RECORDED, RECORDED, circumstances_of, folded, unfolded
from cases.disclosure.files import files_of
from cases.models import Case, Circumstance, Contribution
from cases.records.sealed import SealedFacts, fingerprint
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import changing, give, make_case, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _plain(values: object) -> object:
    return fingerprint(values) if isinstance(values, SealedFacts) else values


def _as_told(found: object) -> list[tuple[object, ...]]:
    return [tuple(map(_plain, row)) for row in found]  # type: ignore[attr-defined]


def _recorded(case: Case) -> None:
    """Conditions and holds of every kind: for anybody or one agency, of one source, person or contribution, ended."""
    now, police = clock.now(), Agency.objects.get(code="POL-MD")
    made = Contribution.objects.get(case=case)
    with changing():
        for number, more in enumerate(
            (
                {"nature": "condition", "code": "explicit_consent"},
                {"nature": "condition", "code": "om_consent", "recipient": police, "source": police},
                {"nature": "hold", "code": "embargo", "about": made.about, "fields": to_hex(0b1010)},
                {"nature": "hold", "code": "objection", "contribution": made, "ends": now + timedelta(hours=1)},
                {"nature": "hold", "code": "embargo", "fields": to_hex(0b1), "ends": now - timedelta(minutes=1)},
                {"nature": "hold", "code": "embargo", "fields": to_hex(0b100), "starts": now + timedelta(minutes=1)},
            )
        ):
            row = {"starts": now - timedelta(days=1, microseconds=number)} | more
            Circumstance.objects.create(case=case, recorded_by="proef", **row)


def test_a_kept_question_gives_what_the_orm_gives(world: World) -> None:
    ids = list(Case.objects.values_list("pk", flat=True))[:7]
    standing = rows._standing().filter(case_id__in=ids)

    assert len(standing) > 7
    assert _as_told(rows.STANDING.ask(ids)) == _as_told(standing)


def test_files_hold_what_the_orm_gives(world: World) -> None:
    for number in ("Z-1", "Z-2"):
        give(world, make_case(number, live=("GEM-MD", "POL-MD")), "POL-MD", police_incident="platvink")
    _recorded(Case.objects.get(number="Z-1"))
    seat, cases = reading(world, "ruben"), Case.objects.in_bulk()

    files = files_of(seat, cases)

    assert set(files) == set(cases)
    for pk, case in cases.items():
        assert vars(files[pk].case) | {"_state": None} == vars(case) | {"_state": None}
    assert not files[min(cases)].case._state.adding
    day, recipient = clock.today(), seat.visit.agency.id
    standing = rows.standing_rows(cases, day=day)
    assert {pk: _as_told(file.rows) for pk, file in files.items()} == {pk: _as_told(standing[pk]) for pk in cases}
    known = circumstances_of(cases, recipient=recipient, at=seat.at)
    assert {pk: file.recorded for pk, file in files.items()} == {pk: known.get(pk, NOTHING_RECORDED) for pk in cases}


def test_what_a_candidate_brings_along_is_what_is_recorded_in_its_case(world: World) -> None:
    for number in ("Z-1", "Z-2"):
        give(world, make_case(number, live=("GEM-MD", "POL-MD")), "POL-MD", police_incident="platvink")
    _recorded(Case.objects.get(number="Z-1"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id, {folded(connection.vendor, 'c.id')} FROM cases_case c")
        brought = dict(cursor.fetchall())

    now = clock.now()
    for agency in Agency.objects.filter(code__in=("POL-MD", "GEM-MD")):
        expected = circumstances_of(brought, recipient=agency.pk, at=now)
        found = {pk: unfolded(text, recipient=agency.pk, at=now) for pk, text in brought.items()}
        assert found == {pk: expected.get(pk, NOTHING_RECORDED) for pk in brought}
    assert any(known.holds for known in found.values())


def test_a_question_about_nothing_is_asked_all_the_same(world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert RECORDED.ask([]) == []
        assert in_turn([RECORDED, rows.STANDING], []) == [[], []]

    assert len(captured) == 3


def test_a_question_with_a_parameter_of_its_own_is_not_kept() -> None:
    with pytest.raises(TypeError):
        Kept(lambda: Case.objects.filter(kind="area").values_list("pk"), "pk").ask([1])
