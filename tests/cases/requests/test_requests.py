"""Asking a partner, answering, refusing with a ground: who sees what came of it, and who does not know of it at all."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from cases.casework import commands as casework
from cases.casework.commands.contribution import Given
from cases.casework.pending import Pending
from cases.models import Case
from cases.requests import commands, queries
from cases.requests.models import Request
from cases.requests.pending import pending_for
from foundation import clock
from foundation.errors import Invalid, NotFound, Problem, Refused
from tests.cases.desk import Api, changing, last_entry, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

ALL = ("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD", "JB-MD", "RCL-MD")
OPEN_TO_GEM = ("police_incident", "police_contacts_12m")
WHY = "Wij willen weten of het thuis veilig is."


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=ALL, extract=("WON-WATERWEG",))


def ask(world: World, key: str = "sanne", agency: str = "POL-MD", **more: Any) -> UUID:
    asking = {"fields": OPEN_TO_GEM, "why": WHY, "due_on": clock.today() + timedelta(days=5), "submission": uuid4()}
    return commands.ask(reading(world, key), "T-1", commands.Asking(agency=agency, **{**asking, **more}))


def give(world: World, key: str, **values: object) -> None:
    given = Given(values=values, observed_on=clock.today(), submission=uuid4())
    casework.add_contribution(reading(world, key), "T-1", given)


def seen(world: World, key: str) -> tuple[queries.Asked, ...]:
    return queries.case_requests(reading(world, key), "T-1", None).requests


def waiting(world: World, key: str) -> list[str]:
    return [found.kind for found in pending(world, key)]


def pending(world: World, key: str) -> list[Pending]:
    return [found for found in pending_for(reading(world, key)) if found.place == "T-1"]


def test_a_question_is_seen_by_who_asks_who_is_asked_and_who_directs(world: World, case: Case) -> None:
    ask(world)

    for key in ("sanne", "ruben", "nadia"):
        (found,) = seen(world, key)
        assert set(found.fields) == set(OPEN_TO_GEM)
        assert found.why is not None
        assert found.why.value == WHY
    for key in ("margot", "marloes"):
        assert seen(world, key) == ()
        assert WHY not in page(world, key).get("/casus/T-1/vragen/").content.decode()


def test_a_question_waits_in_the_inbox_of_who_is_asked(world: World, case: Case) -> None:
    ask(world)

    assert waiting(world, "ruben") == ["request"]
    assert waiting(world, "sanne") == waiting(world, "margot") == []


def test_a_question_that_is_late_waits_for_both(world: World, case: Case) -> None:
    ask(world)

    with time_machine.travel(clock.now() + timedelta(days=6)):
        (found,) = pending(world, "ruben")
        assert found.overdue
        assert waiting(world, "sanne") == ["request_late"]


def test_giving_all_that_was_asked_makes_it_answered(world: World, case: Case) -> None:
    uid = ask(world)
    give(world, "ruben", police_incident="Ruzie", police_contacts_12m=3)

    assert commands.settle(reading(world, "ruben"), "T-1", uid) == "answered"
    (found,) = seen(world, "sanne")
    assert (found.state, set(found.given)) == ("answered", set(OPEN_TO_GEM))
    assert waiting(world, "ruben") == []


def test_giving_some_makes_it_partly_answered_and_needs_a_ground(world: World, case: Case) -> None:
    uid = ask(world)
    give(world, "ruben", police_incident="Ruzie")

    with pytest.raises(Invalid) as error:
        commands.settle(reading(world, "ruben"), "T-1", uid)
    assert error.value.field == "ground"
    assert commands.settle(reading(world, "ruben"), "T-1", uid, ground="not_known") == "partly"
    (found,) = seen(world, "sanne")
    assert (found.state, found.given, found.ground) == ("partly", ("police_incident",), "not_known")


def test_what_was_given_before_the_question_does_not_answer_it(world: World, case: Case) -> None:
    give(world, "ruben", police_incident="Vorig jaar")
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        uid = ask(world)

        assert commands.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy") == "refused"


def test_a_correction_after_the_question_does(world: World, case: Case) -> None:
    earlier = Given(values={"police_contacts_12m": 2}, observed_on=clock.today(), submission=uuid4())
    (uid_of_fact,) = casework.add_contribution(reading(world, "ruben"), "T-1", earlier)
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        uid = ask(world, fields=("police_contacts_12m",))
        now = Given(values={"police_contacts_12m": 4}, observed_on=clock.today())
        casework.correct_contribution(reading(world, "ruben"), "T-1", uid_of_fact, now, reason="opnieuw geteld")

        assert commands.settle(reading(world, "ruben"), "T-1", uid) == "answered"


def test_a_ground_is_read_only_with_the_words_that_carry_it(world: World, case: Case) -> None:
    uid = ask(world)
    commands.settle(reading(world, "ruben"), "T-1", uid, ground="investigation", words="Daar loopt iets.")

    (mine,), (directors,) = seen(world, "sanne"), seen(world, "nadia")
    assert (mine.ground, mine.reply.value) == ("investigation", "Daar loopt iets.")  # type: ignore[union-attr]
    assert directors.ground == "investigation"
    # In triage no article gives notes: then the ground is not told either, only that nothing came.
    with changing():
        Case.objects.filter(pk=case.pk).update(phase="triage")
    assert queries.one_request(reading(world, "ruben"), "T-1", uid, None).request.ground == "investigation"
    assert all(other.ground == "" and other.reply is None for other in seen(world, "sanne"))


def test_whether_a_field_was_given_that_one_may_not_know_of_does_not_show_in_the_state(
    world: World, case: Case
) -> None:
    # Investigation notes reach nobody here; the question has one field that the asker reads, and one that it does not.
    uid = ask(world, fields=("police_incident", "investigation_note"))
    give(world, "ruben", police_incident="Ruzie")
    commands.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy")
    (without,) = seen(world, "sanne")
    second = ask(world, fields=("police_incident", "investigation_note"))
    give(world, "ruben", police_incident="Weer ruzie", investigation_note="Tap loopt")
    commands.settle(reading(world, "ruben"), "T-1", second)
    with_it = next(found for found in seen(world, "sanne") if found.uid == second)

    assert (without.state, without.given, without.ground) == (with_it.state, with_it.given, with_it.ground)
    assert with_it.state == "answered"


def test_only_fields_that_one_may_not_know_of_tell_no_more_than_that_the_question_is_closed(
    world: World, case: Case
) -> None:
    uid = ask(world, fields=("investigation_note",))
    commands.settle(reading(world, "ruben"), "T-1", uid, ground="not_known")

    (found,) = seen(world, "sanne")
    assert (found.state, found.closed, found.given) == ("", True, ())


def test_a_question_is_checked_before_it_is_stored(world: World, case: Case) -> None:
    for wrong, field in (
        ({"agency": "GGZ-MD"}, "agency"),
        ({"agency": "GEM-MD"}, "agency"),
        ({"fields": ()}, "fields"),
        ({"fields": ("school_observation",)}, "fields"),
        ({"fields": ("request_text",)}, "fields"),
        ({"why": "  "}, "why"),
        ({"why": "Waarom dan\x00?"}, "why"),
        ({"due_on": clock.today() - timedelta(days=1)}, "due_on"),
        ({"person": uuid4()}, "person"),
    ):
        with pytest.raises(Invalid) as error:
            ask(world, **wrong)
        assert error.value.field == field
    assert not Request.objects.filter(case=case).exists()


def test_the_same_form_twice_asks_once(world: World, case: Case) -> None:
    submission = uuid4()

    assert ask(world, submission=submission) == ask(world, submission=submission)
    assert Request.objects.filter(case=case).count() == 1
    assert last_entry().event_type == "request.repeated"


def test_only_who_is_asked_answers_and_only_who_asked_withdraws(world: World, case: Case) -> None:
    uid = ask(world)

    with pytest.raises(Refused):
        commands.settle(reading(world, "sanne"), "T-1", uid, ground="secrecy")
    with pytest.raises(Refused):
        commands.withdraw(reading(world, "ruben"), "T-1", uid)
    with pytest.raises(NotFound):
        commands.settle(reading(world, "margot"), "T-1", uid, ground="secrecy")
    with pytest.raises(Problem):
        commands.withdraw(reading(world, "hanneke"), "T-1", uid)
    commands.withdraw(reading(world, "sanne"), "T-1", uid)
    with pytest.raises(Invalid):
        commands.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy")


def test_a_question_is_settled_once(world: World, case: Case) -> None:
    uid = ask(world)
    commands.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy")

    with pytest.raises(Invalid):
        commands.settle(reading(world, "esra"), "T-1", uid, ground="not_known")


def test_a_third_party_answers_without_reading_the_case(world: World, case: Case) -> None:
    uid = ask(world, agency="WON-WATERWEG", fields=("rent_arrears_months",))

    (found,) = pending(world, "joost")
    browser = page(world, "joost")
    text = browser.get(found.url).content.decode()
    assert "Huurachterstand" in text
    assert WHY not in text
    give(world, "joost", rent_arrears_months=2)
    browser.post(found.url, {"words": ""})
    assert Request.objects.get(uid=uid).state == "answered"
    assert browser.get("/casus/T-1/vragen/").status_code == 404


def test_every_write_is_in_the_journal_with_its_version(world: World, case: Case) -> None:
    uid = ask(world)
    entry = last_entry()
    assert (entry.event_type, entry.action, entry.case_ref) == ("request.asked", "C", case.ref)

    commands.settle(reading(world, "ruben"), "T-1", uid, ground="secrecy")
    assert last_entry().event_type == "request.replied"


def test_the_form_says_beforehand_who_will_read_the_answer(world: World, case: Case) -> None:
    found = queries.whom_to_ask(reading(world, "sanne"), "T-1", None, agency="POL-MD")
    grades = {item.field.code: str(item.grade) for item in found.fields}

    assert grades["police_incident"] == "visible"
    assert grades["investigation_note"] == "silent"
    incident = next(item for item in found.fields if item.field.code == "police_incident")
    assert "ZVH" in incident.others
    assert "POL" not in incident.others


def test_the_form_asks_and_keeps_what_was_typed(world: World, case: Case) -> None:
    browser, url = page(world, "sanne"), "/casus/T-1/vragen/nieuw/?aan=POL-MD"
    form = {"agency": "POL-MD", "why": WHY, "due_on": clock.today().isoformat(), "submission": str(uuid4())}

    wrong = browser.post(url, form)
    assert wrong.status_code == 422
    assert WHY in wrong.content.decode()
    assert browser.post(url, form | {"fields_": list(OPEN_TO_GEM)}).status_code == 302
    assert WHY in browser.get("/casus/T-1/vragen/").content.decode()


def test_the_contribution_form_offers_only_what_was_asked(world: World, case: Case) -> None:
    uid = ask(world)
    person = case.case_subjects.get().subject.uid
    browser = page(world, "ruben")
    text = browser.get(f"/casus/T-1/bijdrage/?velden=police_incident&vraag={uid}").content.decode()

    assert 'name="police_incident"' in text
    assert 'name="police_suspect_status"' not in text
    answer = browser.post(
        f"/casus/T-1/bijdrage/?velden=police_incident&vraag={uid}",
        {"police_incident": "Ruzie", "person": person, "observed_on": clock.today(), "kind": "fact", "reliability": 2},
    )
    assert answer.headers["Location"] == f"/casus/T-1/vragen/{uid}/"
    whole = browser.get("/casus/T-1/bijdrage/?velden=bestaat_niet&vraag=geen").content.decode()
    assert 'name="police_suspect_status"' in whole


def test_partner_systems_ask_answer_and_read(world: World, case: Case) -> None:
    sanne, ruben = Api(world, "sanne", "pga_adult"), Api(world, "ruben", "pga_adult")
    body = {"agency": "POL-MD", "fields": list(OPEN_TO_GEM), "why": WHY, "due_on": str(date(2099, 1, 4))}

    made = sanne.post("/cases/T-1/requests", body)
    assert made.status_code == 201
    uid = made.json()["uid"]
    (found,) = ruben.get("/cases/T-1/requests").json()["requests"]
    assert (found["why"]["text"], found["state"]) == (WHY, "open")
    assert Api(world, "margot", "pga_adult").get("/cases/T-1/requests").json()["requests"] == []
    assert ruben.post(f"/cases/T-1/requests/{uid}/settlement", {}).status_code == 422
    settled = ruben.post(f"/cases/T-1/requests/{uid}/settlement", {"ground": "secrecy"})
    assert settled.json() == {"state": "refused"}
    assert sanne.get(f"/cases/T-1/requests/{uid}").json()["ground"] == "secrecy"
    fields = sanne.get("/cases/T-1/requests/fields?agency=POL-MD").json()
    assert {"visible", "silent"} <= {item["grade"] for item in fields}
