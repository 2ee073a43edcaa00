"""Why: an answer about rules, the same whatever the case holds, as of any past moment, in step with the page."""

import re
from datetime import timedelta

import pytest

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.question import Grade
from cases.casework import queries
from cases.disclosure.why import why
from cases.models import Case, Circumstance, Contribution, Participation, PhaseChange
from foundation import clock
from foundation.errors import Invalid
from tests.cases.desk import Api, changing, give, make_case, page, reading, shown, told
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

ASK = "/casus/T-1/waarom/?veld={field}&bron={source}"
VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "GGZ-MD", "RCL-MD"))


def grade(world: World, key: str, case: Case, field: str, source: str, *, at=None, purpose="pga_adult") -> str:
    mine = reading(world, key, event="rule.explained")
    return why(mine, case, field=field, source=source, purpose=purpose, at=at or mine.at).explanation.grade


def answers(world: World, key: str, field: str, source: str) -> tuple[str, object]:
    """The page and the API's answer, less what is different each time."""
    text = page(world, key).get(ASK.format(field=field, source=source)).content.decode()
    told_by_api = Api(world, key, "pga_adult").get(f"/cases/T-1/why?field={field}&source={source}").json()
    del told_by_api["at"]
    return VOLATILE.sub("", text), told_by_api


def hold(case: Case, fields: str = "") -> None:
    with changing():
        Circumstance.objects.create(
            case=case,
            nature="hold",
            code="embargo",
            fields=fields,
            starts=clock.now() - timedelta(days=1),
            recorded_by="x",
        )


@pytest.mark.parametrize("field", ["police_incident", "police_contacts_12m", "investigation_note", "weapon_risk"])
def test_the_answer_is_the_same_whether_the_field_holds_a_value_or_a_hold_rests_on_it(
    world: World, case: Case, field: str
) -> None:
    empty = answers(world, "sanne", field, "POL-MD")
    example = {"police_contacts_12m": 3, "weapon_risk": True}.get(field, "Ruzie")
    give(world, case, "POL-MD", **{field: example})
    filled = answers(world, "sanne", field, "POL-MD")
    hold(case)

    assert empty == filled == answers(world, "sanne", field, "POL-MD")


def test_every_answer_says_that_it_is_about_rules_and_not_about_data(world: World, case: Case) -> None:
    text, _api = answers(world, "sanne", "police_incident", "POL-MD")

    assert "Dit antwoord gaat over regels" in text


def test_a_moment_before_the_participation_gives_the_answer_of_then(world: World, case: Case) -> None:
    with changing():
        Participation.objects.filter(case=case, agency__code="GEM-MD").update(starts=clock.now() - timedelta(days=3))

    assert grade(world, "sanne", case, "police_incident", "POL-MD") == Grade.VISIBLE
    assert grade(world, "sanne", case, "police_incident", "POL-MD", at=clock.now() - timedelta(days=4)) == Grade.SILENT


def test_a_moment_in_an_earlier_phase_gives_the_answer_of_then(world: World, case: Case) -> None:
    with changing():
        PhaseChange.objects.filter(case=case).update(starts=clock.now() - timedelta(days=5))
        PhaseChange.objects.create(
            case=case, phase="triage", starts=clock.now() - timedelta(days=20), by=Agency.objects.get(code="ZVH-MD")
        )

    assert grade(world, "sanne", case, "police_incident", "POL-MD") == Grade.VISIBLE
    assert grade(world, "sanne", case, "police_incident", "POL-MD", at=clock.now() - timedelta(days=6)) == Grade.SILENT
    assert (
        grade(world, "sanne", case, "police_contacts_12m", "POL-MD", at=clock.now() - timedelta(days=6))
        == Grade.VISIBLE
    )


def test_a_moment_under_an_earlier_version_gives_the_answer_of_that_version(world: World, db: None) -> None:
    """PGA-MD version 1 only announced what leerplicht knew (6.4); version 2 shows it."""
    began = clock.now() - timedelta(days=400)
    case = make_case("T-1", live=("GEM-MD", "JB-MD"), kind="family", purpose="pga_youth", born=14, began=began)
    then = clock.start_of(clock.today().replace(year=2025, month=12, day=20)).astimezone(began.tzinfo)
    then = then.replace(hour=12)

    mine = reading(world, "marloes", event="rule.explained")
    now = why(mine, case, field="truancy_hours", source="GEM-MD", purpose="pga_youth", at=mine.at).explanation
    before = why(mine, case, field="truancy_hours", source="GEM-MD", purpose="pga_youth", at=then).explanation

    assert (now.grade, before.grade) == (Grade.VISIBLE, Grade.ANNOUNCED)
    assert {article.version for article in before.articles} == {1}
    assert {article.version for article in now.articles} == {2}


def test_a_moment_before_the_case_began_shows_nothing(world: World, case: Case) -> None:
    for field in ("police_incident", "full_name"):
        assert grade(world, "sanne", case, field, "POL-MD", at=clock.now() - timedelta(days=40)) == Grade.SILENT


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("field=full_name&source=POL-MD&at=2999-01-01T00:00:00Z", "at"),
        ("field=full_name&source=POL-MD&at=2026-01-01T00:00:00", "at"),
        ("field=geheim_veld&source=POL-MD", "field"),
        ("field=full_name&source=WON-WATERWEG", "source"),
        ("field=full_name&source=NERGENS", "source"),
        ("field=full_name&source=POL-MD&person=00000000-0000-0000-0000-000000000000", "person"),
    ],
)
def test_a_question_that_cannot_be_asked_names_the_place(world: World, case: Case, query: str, field: str) -> None:
    answer = Api(world, "sanne", "pga_adult").get(f"/cases/T-1/why?{query}")

    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["remedy"]


@pytest.mark.parametrize(
    "query",
    [
        "veld=full_name&bron=POL-MD&op=2999-01-01T00:00",
        "veld=geheim&bron=POL-MD",
        "veld=full_name",
        "bron=POL-MD",
        "veld=full_name&bron=X",
        "veld=full_name&bron=POL-MD&op=gisteren",
        "veld=full_name&bron=POL-MD&persoon=x",
    ],
)
def test_the_page_refuses_the_same_questions(world: World, case: Case, query: str) -> None:
    assert page(world, "sanne").get(f"/casus/T-1/waarom/?{query}").status_code == 422


def test_facts_of_an_agency_that_left_can_still_be_asked_about(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie")
    with changing():
        Participation.objects.filter(case=case, agency__code="POL-MD").update(is_open=False, ends=clock.now())
    text = page(world, "sanne").get("/casus/T-1/").content.decode()

    link = re.search(r'href="(/casus/T-1/waarom/\?veld=police_incident[^"]+)"', text)[1].replace("&amp;", "&")
    assert page(world, "sanne").get(link).status_code == 200
    assert page(world, "sanne").get("/casus/T-1/regels/").status_code == 200


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("peter", "MW-1"),
        ("ruben", "MW-2"),
        ("farid", "MW-3"),
        ("sanne", "MW-4"),
    ],
)
def test_why_agrees_with_what_the_page_shows_for_every_marker(world: World, key: str, number: str) -> None:
    catalogue, case, mine = load_catalogue(), world.cases[number], reading(world, key)
    answer = queries.open_case(mine, number, None).answer
    grades = {
        (person.subject, item.source.code, item.code): grade
        for person in answer.disclosures
        for grade, items in ((Grade.VISIBLE, person.facts), (Grade.ANNOUNCED, person.announcements))
        for item in items
    }
    assert grades

    for row in Contribution.objects.filter(case=case).select_related("source", "about__subject"):
        uid = row.about.subject.uid if row.about else None
        for code in catalogue.codes(int(row.present, 16)):
            found = why(
                mine, case, field=code, source=row.source.code, purpose=answer.purpose, at=mine.at, person=uid
            ).explanation.grade
            shown_as = grades.get((str(uid) if uid else None, row.source.code, code), Grade.SILENT)
            assert found == shown_as, (number, row.source.code, code)


def test_why_answers_for_the_person_it_is_asked_about(world: World, db: None) -> None:
    """In MW-1 the first person is fifteen and the second forty-four: what hangs on `minor` differs."""
    first, second = (row.subject.uid for row in world.cases["MW-1"].case_subjects.select_related("subject"))
    api = Api(world, "marloes", "pga_youth")
    ask = "/cases/MW-1/why?field=truancy_hours&source=GEM-MD"

    assert api.get(ask).json()["grade"] == api.get(f"{ask}&person={first}").json()["grade"] == "visible"
    assert api.get(f"{ask}&person={second}").json()["grade"] == "silent"


def test_a_question_is_journalled_with_the_field_and_without_any_fact(world: World, case: Case) -> None:
    from tests.cases.desk import last_entry

    grade(world, "sanne", case, "police_incident", "POL-MD")

    entry = last_entry()
    assert entry.event_type == "rule.explained"
    assert (entry.fields_0, entry.fields_1, entry.fields_2) == (0, 0, 0)
    assert b"police_incident" in bytes(entry.body)


def test_a_future_moment_is_refused_by_the_query_itself(world: World, case: Case) -> None:
    with pytest.raises(Invalid) as refusal:
        grade(world, "sanne", case, "full_name", "POL-MD", at=clock.now() + timedelta(minutes=1))

    assert refusal.value.field == "at"


def test_an_announced_field_is_told_as_announced(world: World, case: Case) -> None:
    with changing():
        Circumstance.objects.create(
            case=case,
            nature="condition",
            code="explicit_consent",
            starts=clock.now() - timedelta(days=1),
            recorded_by="x",
        )
    give(world, case, "GGZ-MD", diagnosis="zqx-secret")

    answer = queries.open_case(reading(world, "sanne"), "T-1", None).answer
    assert told(answer) == {("GGZ-MD", "diagnosis")}
    assert shown(answer) == {}
    assert grade(world, "sanne", case, "diagnosis", "GGZ-MD") == Grade.ANNOUNCED
