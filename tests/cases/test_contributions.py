"""Giving, correcting and withdrawing facts: by commands and by the API, and what everybody reads afterwards."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from agreements.models import Party
from cases.casework import commands, queries
from cases.casework.commands.contribution import Given
from cases.models import Case, Contribution
from foundation import clock
from foundation.errors import Invalid, NotFound, Problem, Refused
from foundation.masks import from_hex
from tests.cases.desk import Api, changing, changing_rules, give, last_entry, make_case, page, reading, shown
from tests.invariants.crawl import get
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

ALL = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "GGZ-MD")


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=ALL, extract=("WON-WATERWEG", "OND-BAKEN"))


def given(**values: object) -> Given:
    return Given(values=values, observed_on=clock.today(), submission=uuid4())


def add(world: World, key: str, what: Given, number: str = "T-1") -> tuple[UUID, ...]:
    return commands.add_contribution(reading(world, key), number, what)


def seen_by(world: World, key: str, number: str = "T-1") -> dict[tuple[str, str], object]:
    return shown(queries.open_case(reading(world, key), number, None).answer)


def test_fields_of_several_sections_become_several_contributions(world: World, case: Case) -> None:
    made = add(world, "sanne", given(full_name="Bo Roos", debt_problem=True, support_goals="Werk vinden"))

    sections = Contribution.objects.filter(uid__in=made).values_list("section", flat=True)
    assert sorted(sections) == ["debts", "identity", "social_support"]


def test_what_was_given_is_read_by_those_whom_an_article_lets_read_it(world: World, case: Case) -> None:
    add(world, "sanne", given(full_name="Bo Roos", debt_problem=True))

    assert seen_by(world, "sanne") == {("GEM-MD", "full_name"): "Bo Roos", ("GEM-MD", "debt_problem"): True}
    assert seen_by(world, "ruben") == {("GEM-MD", "full_name"): "Bo Roos"}


def test_each_contribution_has_one_entry_with_its_fields_person_and_version(world: World, case: Case) -> None:
    add(world, "ruben", given(police_incident="Ruzie op straat"))

    entry = last_entry()
    assert (entry.event_type, entry.action, entry.case_ref) == ("contribution.added", "C", case.ref)
    made = Contribution.objects.get(case=case)
    assert entry.fields_0 == from_hex(made.present)
    assert Contribution.history.filter(uid=made.uid).count() == 1


def test_the_same_submission_adds_once(world: World, case: Case) -> None:
    what = given(full_name="Bo Roos", debt_problem=True)

    assert add(world, "sanne", what) == add(world, "sanne", what)
    assert Contribution.objects.filter(case=case).count() == 2


def test_a_submission_of_one_case_is_no_answer_for_another(world: World, case: Case) -> None:
    make_case("T-2", live=ALL)
    what = given(full_name="Bo Roos")
    first = add(world, "sanne", what)

    with pytest.raises(Invalid) as refusal:
        add(world, "sanne", what, number="T-2")

    assert refusal.value.field == "submission"
    assert Contribution.objects.filter(submission=what.submission).count() == len(first)


def test_two_agencies_may_use_the_same_submission(world: World, case: Case) -> None:
    what = given(visit_risk="two_people")

    assert add(world, "sanne", what) != add(world, "ruben", what)


def test_a_correction_replaces_the_facts_and_keeps_the_former_version(world: World, case: Case) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Ros"))

    commands.correct_contribution(reading(world, "sanne"), "T-1", uid, given(full_name="Bo Roos"), reason="Tikfout")

    assert seen_by(world, "ruben")["GEM-MD", "full_name"] == "Bo Roos"
    versions = queries.versions(reading(world, "ruben"), "T-1", uid, None)
    assert [fact.value for person in versions.disclosures for fact in person.facts] == ["Bo Roos", "Bo Ros"]
    text = get(world, page(world, "ruben"), f"/casus/T-1/bijdrage/{uid}/versies/").text
    assert "Bo Roos" in text
    assert "Bo Ros" in text


def test_a_correction_may_not_move_to_another_section(world: World, case: Case) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Ros"))

    with pytest.raises(Invalid, match="rubriek"):
        commands.correct_contribution(reading(world, "sanne"), "T-1", uid, given(debt_problem=True), reason="Tikfout")


@pytest.mark.parametrize("reason", ["", "    ", "x", "half \ud800", "nul \x00 erin"])
def test_a_correction_and_a_withdrawal_need_a_reason_in_words(world: World, case: Case, reason: str) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Ros"))

    with pytest.raises(Invalid) as correction:
        commands.correct_contribution(reading(world, "sanne"), "T-1", uid, given(full_name="Bo"), reason=reason)
    with pytest.raises(Invalid) as withdrawal:
        commands.withdraw_contribution(reading(world, "sanne"), "T-1", uid, reason=reason)

    assert correction.value.field == withdrawal.value.field == "reason"


def test_a_withdrawal_hides_the_facts_and_their_versions_from_everybody(world: World, case: Case) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Ros"))
    commands.correct_contribution(reading(world, "sanne"), "T-1", uid, given(full_name="Bo Roos"), reason="Tikfout")
    commands.withdraw_contribution(reading(world, "sanne"), "T-1", uid, reason="Verkeerde persoon")

    for key in ("sanne", "ruben", "nadia", "margot"):
        assert seen_by(world, key) == {}
        client = page(world, key)
        history = get(world, client, f"/casus/T-1/bijdrage/{uid}/versies/")
        assert history.status == 404
        for text in (history.text, *(get(world, client, f"/casus/T-1/{part}").text for part in ("", "tijdlijn/"))):
            assert "Bo Ro" not in text
    assert Contribution.objects.get(uid=uid).withdrawn_at is not None


@pytest.mark.parametrize("key", ["ruben", "margot", "marloes"])
def test_only_the_source_corrects_or_withdraws(world: World, case: Case, key: str) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Roos"))

    with pytest.raises(NotFound):
        commands.correct_contribution(reading(world, key), "T-1", uid, given(full_name="Anders"), reason="Niet van mij")
    with pytest.raises(NotFound):
        commands.withdraw_contribution(reading(world, key), "T-1", uid, reason="Niet van mij")

    assert seen_by(world, "sanne") == {("GEM-MD", "full_name"): "Bo Roos"}


def test_what_was_withdrawn_is_neither_corrected_nor_withdrawn_again(world: World, case: Case) -> None:
    (uid,) = add(world, "sanne", given(full_name="Bo Roos"))
    commands.withdraw_contribution(reading(world, "sanne"), "T-1", uid, reason="Verkeerde persoon")

    with pytest.raises(NotFound):
        commands.withdraw_contribution(reading(world, "sanne"), "T-1", uid, reason="Verkeerde persoon")
    with pytest.raises(NotFound):
        commands.correct_contribution(reading(world, "sanne"), "T-1", uid, given(full_name="Bo"), reason="Toch niet")


def test_an_agency_gives_only_fields_of_which_it_is_the_source(world: World, case: Case) -> None:
    with pytest.raises(Invalid) as refusal:
        add(world, "sanne", given(police_incident="x", diagnosis="y", full_name="Bo"))

    assert dict(refusal.value.errors).keys() == {"police_incident", "diagnosis"}
    assert not Contribution.objects.filter(case=case).exists()


@pytest.mark.parametrize("key", ["carla", "bas", "ineke", "dirk"])
def test_a_role_without_case_work_gives_nothing(world: World, case: Case, key: str) -> None:
    with pytest.raises(Problem) as refusal:
        add(world, key, given(visit_risk="two_people"))

    assert refusal.value.status in (403, 404)
    assert not Contribution.objects.filter(case=case).exists()


def test_an_agency_that_is_no_party_any_more_gives_nothing(world: World, case: Case) -> None:
    with changing_rules():
        Party.objects.filter(agency__code="GEM-MD", covenant__code="PGA-MD").update(ends=clock.now())

    with pytest.raises(Refused) as refusal:
        add(world, "sanne", given(full_name="Bo Roos"))
    assert refusal.value.remedy

    statement = {"observed_on": clock.today().isoformat(), "kind": "fact", "reliability": "2"}
    person = str(case.case_subjects.get().subject.uid)
    answer = page(world, "sanne").post(
        "/casus/T-1/bijdrage/", statement | {"person": person, "full_name": "Bo Roos-getypt"}
    )
    assert answer.status_code == 403
    assert "Bo Roos-getypt" in answer.content.decode(), "what was typed must still be on the screen"


def test_a_person_who_is_not_in_the_case_is_refused_by_name_of_the_field(world: World, case: Case) -> None:
    with pytest.raises(Invalid) as refusal:
        add(world, "sanne", Given(values={"full_name": "Bo"}, observed_on=clock.today(), person=uuid4()))

    assert refusal.value.field == "person"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"observed_on": clock.today() + timedelta(days=1)}, "observed_on"),
        ({"kind": "rumour"}, "kind"),
        ({"reliability": 0}, "reliability"),
        ({"reliability": 5}, "reliability"),
        ({"valid_until": clock.today() - timedelta(days=1)}, "valid_until"),
    ],
)
def test_a_statement_that_does_not_fit_names_its_field(world: World, case: Case, change: dict, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add(world, "sanne", Given(**{"values": {"full_name": "Bo"}, "observed_on": clock.today(), **change}))

    assert refusal.value.field == field
    assert refusal.value.remedy


def test_a_third_party_reports_into_the_case_and_bureau_and_municipality_read_it(world: World, case: Case) -> None:
    with changing():
        Case.objects.filter(pk=case.pk).update(purpose="prevent_eviction")
    today = clock.today().isoformat()

    answer = page(world, "joost").post(
        "/casus/T-1/bijdrage/", {"observed_on": today, "kind": "fact", "reliability": "1", "rent_arrears_months": "4"}
    )

    assert answer.status_code == 302
    assert answer.url == "/verstrekkingen/T-1/"
    reported = ("WON-WATERWEG", "rent_arrears_months")
    assert seen_by(world, "nadia")[reported] == 4
    assert seen_by(world, "sanne")[reported] == 4
    assert reported not in seen_by(world, "ruben")
    assert shown(queries.partner_case(reading(world, "joost"), "T-1").answer) == {reported: 4}


def test_a_third_party_corrects_and_withdraws_its_own_report(world: World, case: Case) -> None:
    (uid,) = add(world, "joost", given(rent_arrears_months=4))
    client = page(world, "joost")
    form = {"observed_on": clock.today().isoformat(), "kind": "fact", "reliability": "1", "rent_arrears_months": "5"}

    corrected = client.post(f"/casus/T-1/bijdrage/{uid}/corrigeer/", form | {"reason": "Een maand erbij"})
    assert corrected.status_code == 302
    assert shown(queries.partner_case(reading(world, "joost"), "T-1").answer) == {
        ("WON-WATERWEG", "rent_arrears_months"): 5
    }

    withdrawn = client.post(f"/casus/T-1/bijdrage/{uid}/trek-in/", {"reason": "Alles is betaald"})
    assert withdrawn.status_code == 302
    assert shown(queries.partner_case(reading(world, "joost"), "T-1").answer) == {}


def test_the_api_adds_corrects_and_withdraws_as_the_pages_do(world: World, case: Case) -> None:
    api = Api(world, "ruben", "pga_adult")
    body = {"values": {"police_contacts_12m": 3}, "observed_on": "2026-01-05", "submission": str(uuid4())}
    added = api.post("/cases/T-1/contributions", body)
    again = api.post("/cases/T-1/contributions", body)
    (uid,) = added.json()["contributions"]

    assert (added.status_code, again.status_code) == (201, 201)
    assert again.json() == added.json()
    assert (
        api.put(
            f"/cases/T-1/contributions/{uid}", body | {"values": {"police_contacts_12m": 4}, "reason": "Geteld"}
        ).status_code
        == 204
    )
    assert seen_by(world, "margot")["POL-MD", "police_contacts_12m"] == 4
    assert api.post(f"/cases/T-1/contributions/{uid}/withdrawal", {"reason": "Onjuist geteld"}).status_code == 204
    assert api.get(f"/cases/T-1/contributions/{uid}").status_code == 404
    assert seen_by(world, "margot") == {}


def test_a_fact_past_its_last_day_is_gone_the_day_after(world: World, case: Case) -> None:
    made = give(world, case, "GEM-MD", full_name="Bo Roos")
    with changing():
        Contribution.objects.filter(pk=made.pk).update(valid_until=clock.today())
    assert seen_by(world, "ruben")
    with changing():
        Contribution.objects.filter(pk=made.pk).update(valid_until=clock.today() - timedelta(days=1))

    assert seen_by(world, "ruben") == seen_by(world, "sanne") == {}
