"""Who was affected by a data breach: counted right, within one's oversight, recorded, and fit for the notification."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.testing import TestClient

from audit import ports
from audit.breach import api, looking, queries, views
from audit.journal import articles, models
from audit.journal.appender import append
from audit.journal.entry import Action, Outcome
from audit.journal.erasure import erase_parts
from audit.journal.evidence import agreement_of, body_value
from audit.journal.fieldset import FieldLabel, sync_fieldset
from audit.journal.filters import Filter
from audit.journal.reading import NotYourJournal, admit
from audit.journal.urgency import needs_sealing_at_once
from foundation import clock
from foundation.errors import Invalid
from tests.audit.conftest import run
from tests.audit.flushing import guards_lifted
from tests.audit.stand_ins import BUREAU, CASE, NADIA, POLICE, SCHOOL, TEACHER, WIJKAGENT, ZORRO, UpperFloor, entry
from tests.audit.stand_ins import Officer as Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
NAME, ADDRESS, DEBT = 1 << 0, 1 << 70, 1 << 130
ORDINARY = ports.DataClass(code="o", label="gewone persoonsgegevens", is_special=False)
SPECIAL = ports.DataClass(code="s", label="bijzondere gegevens", is_special=True)
V2 = "PGA-MD v2 art. 6.1"


@pytest.fixture
def house(upper_floor: UpperFloor) -> None:
    ports.supply("classes", ports.Supply(class_of={"name": ORDINARY, "address": ORDINARY, "debt": SPECIAL}.get))
    named = (("name", 0, "Naam"), ("address", 70, "Adres"), ("debt", 130, "=Schulden"))
    labels = [FieldLabel(bit=bit, field=code, label_nl=words, label_en=words) for code, bit, words in named]
    sync_fieldset(labels, version="1", catalogue_hash="aa")


def officer(agency: str = BUREAU, **who: Any) -> Any:
    return admit(Visitor(agency_ref=agency, **who), route="test")


def wrote(*entries: Any) -> None:
    with transaction.atomic():
        append(list(entries))


def leak() -> None:
    """The police officer saw Zorro twice and that Nadia is known; the teacher saw Zorro once, under another article."""
    wrote(entry(subject_ref=ZORRO, fields=NAME, articles=(V2, "PGA-MD v2 art. 7")))
    wrote(entry(subject_ref=ZORRO, fields=ADDRESS | DEBT, articles=(V2,)), entry(subject_ref=NADIA))
    wrote(entry(agency_ref=SCHOOL, actor_ref=TEACHER, subject_ref=ZORRO, fields=NAME, articles=("JS-MD v1 art. 6.12",)))


def affected(wanted: Filter, agency: str = BUREAU) -> dict[str, queries.Affected]:
    return {one.subject_ref: one for one in looking.affected(officer(agency), wanted).breach.persons}


def since(**what: Any) -> Filter:
    return Filter(since=clock.now() - timedelta(hours=1), **what)


def test_one_person_read_by_two_agencies_is_one_with_all_that_was_shown() -> None:
    leak()

    kit = looking.affected(officer(), since())

    zorro, nadia = (one for one in kit.breach.persons)
    assert (zorro.subject_ref, zorro.reads, zorro.fields) == (ZORRO, 3, NAME | ADDRESS | DEBT)
    assert zorro.agencies == (POLICE, SCHOOL)
    assert zorro.first < zorro.last
    assert zorro.case_ref == CASE
    assert (nadia.subject_ref, nadia.fields) == (NADIA, 0)
    assert (kit.breach.reads, kit.breach.first, kit.breach.last) == (4, zorro.first, zorro.last)
    assert [(one.code, one.persons, one.fields) for one in kit.categories] == [
        ("s", 1, ("=Schulden",)),
        ("o", 1, ("Naam", "Adres")),
    ]
    assert kit.n_special == 1


def test_reader_case_article_and_time_narrow_together() -> None:
    leak()
    wrote(entry(subject_ref=NADIA, fields=NAME, case_ref=CASE + "x", articles=("PGA-MD v20 art. 6.1",)))

    assert set(affected(Filter(readers=(TEACHER,)))) == {ZORRO}
    assert set(affected(Filter(cases=(CASE + "x",)))) == {NADIA}
    assert affected(Filter(article=V2))[ZORRO].reads == 2
    assert affected(Filter(article="PGA-MD v2 art. 7"))[ZORRO].fields == NAME
    assert set(affected(Filter(article="PGA-MD v2"))) == {ZORRO}
    assert set(affected(Filter(article="PGA-MD"))) == {ZORRO, NADIA}
    assert affected(Filter(article="JS-MD", readers=(WIJKAGENT,))) == {}
    assert affected(Filter(article="PGA-MD v2 art. 6", readers=(WIJKAGENT,)))[ZORRO].reads == 2
    assert affected(Filter(since=clock.now() + timedelta(minutes=1))) == {}
    assert articles.known() == ("JS-MD v1 art. 6.12", "PGA-MD v2 art. 6.1", "PGA-MD v2 art. 7", "PGA-MD v20 art. 6.1")


def test_an_entry_of_before_articles_had_a_number_is_found_in_its_body() -> None:
    leak()
    with guards_lifted(connection):
        run("UPDATE audit_entry SET articles_ref = NULL")

    assert affected(Filter(article=V2))[ZORRO].reads == 2
    assert affected(Filter(article="JS-MD"))[ZORRO].reads == 1
    assert all(agreement_of(row).whole for row in models.Entry.objects.all())


def test_a_number_of_articles_that_is_not_that_of_the_body_is_found() -> None:
    leak()
    with guards_lifted(connection):
        run("UPDATE audit_entry SET articles_ref = 7 WHERE actor_ref = %s", [TEACHER])

    row = models.Entry.objects.get(actor_ref=TEACHER)
    assert agreement_of(row).differing == ("articles_ref",)


def test_what_was_refused_or_written_affects_nobody() -> None:
    wrote(
        entry(subject_ref=ZORRO, fields=NAME, outcome=Outcome.REFUSED),
        entry(subject_ref=ZORRO, fields=NAME, action=Action.CREATE),
    )

    assert looking.affected(officer(), since()).breach.persons == ()


def test_an_officer_learns_of_own_readers_only_and_others_are_refused_and_recorded() -> None:
    leak()

    assert affected(since(), POLICE)[ZORRO].agencies == (POLICE,)
    assert set(affected(since(), SCHOOL)) == {ZORRO}
    assert affected(since(readers=(WIJKAGENT,)), SCHOOL) == {}
    with pytest.raises(NotYourJournal):
        officer(POLICE, roles=frozenset({"professional"}))
    assert models.Entry.objects.filter(outcome="refused").count() == 1


def test_who_was_erased_is_still_counted_without_a_name() -> None:
    leak()
    parts = models.Part.objects.exclude(pseudonym=None).values_list("commitment", flat=True)
    erase_parts([bytes(one) for one in parts], entry=entry(event_type="parts.erased", action=Action.DELETE))

    found = looking.affected(officer(), since()).breach

    assert (found.persons, found.nameless, found.nameless_fields) == ((), 4, NAME | ADDRESS | DEBT)


def test_all_of_the_log_is_no_breach() -> None:
    for wanted in (Filter(), Filter(until=clock.now())):
        with pytest.raises(Invalid) as problem:
            looking.affected(officer(), wanted)
        assert problem.value.field == "since"


def test_the_number_of_queries_does_not_grow_with_the_entries(django_assert_max_num_queries: Any) -> None:
    wrote(*[entry(subject_ref=f"subject:{n % 40}", fields=1 << n % 100) for n in range(300)])

    with django_assert_max_num_queries(8):
        assert len(affected(since())) == 40


def asked(agency: str, query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/privacy/datalek/{query}")
    request.visit = Visitor(agency_ref=agency)  # type: ignore[attr-defined]
    return request


def test_the_page_tells_special_data_apart_and_its_look_is_an_entry() -> None:
    leak()

    empty = views.breach(asked(BUREAU)).content.decode()
    html = views.breach(asked(BUREAU, "?case=0425")).content.decode()

    assert "personen getroffen" not in empty
    assert "2 personen getroffen" in html
    assert "bijzondere gegevens" in html
    assert CASE not in html
    look = models.Entry.objects.get(event_type="breach.affected")
    assert (look.agency_ref, body_value(look)["matter"]["detail"]["persons"]) == (BUREAU, 2)


def test_a_question_without_anything_keeps_what_was_typed_and_says_what_to_do() -> None:
    answer = views.breach(asked(BUREAU, "?reader=&until=2026-01-01T10:00"))

    assert answer.status_code == 422
    assert "hele logboek" in answer.content.decode()
    assert "2026-01-01T10:00" in answer.content.decode()
    assert not models.Entry.objects.filter(event_type="breach.affected").exists()


def test_the_list_leaves_as_csv_and_json_and_that_is_sealed_at_once() -> None:
    leak()

    sheet = views.breach_file(asked(BUREAU, "?case=0425"), "csv").content.decode("utf-8-sig")
    whole = json.loads(views.breach_file(asked(BUREAU, "?case=0425"), "json").content)

    rows = list(csv.DictReader(StringIO(sheet)))
    assert [row["person"] for row in rows] == [ZORRO, NADIA]
    assert rows[0]["special_fields"] == "'=Schulden"
    assert (whole["persons"], whole["persons_special"]) == (2, 1)
    assert whole["affected"][0]["fields"] == ["name", "address", "debt"]
    left = models.Entry.objects.filter(event_type="breach.downloaded")
    assert left.count() == 2
    assert needs_sealing_at_once("breach.downloaded", False)


def test_the_api_gives_the_same() -> None:
    leak()
    faces = NinjaAPI(urls_namespace="breach-test")
    faces.add_router("", api.router)

    answer = TestClient(faces).get(f"/breach/affected?actor_ref={WIJKAGENT}", visit=Visitor(agency_ref=POLICE))

    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert [one["subject_ref"] for one in found["affected"]] == [ZORRO, NADIA]
    assert found["agencies"] == [POLICE]


def test_the_question_is_answered_by_indexes() -> None:
    leak()
    sql, params = queries.statement(Filter(article=V2, readers=(WIJKAGENT,)), scope_agency_ref=POLICE)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = " ".join(row[3] for row in cursor.fetchall())

    assert "SCAN audit_entry" not in plan, plan
    assert "COVERING INDEX audit_part_of_entry" in plan, plan
