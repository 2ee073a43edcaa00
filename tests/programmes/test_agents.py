"""Change agents: with consent, known to two, never to the police, counted in tens, gone when consent is."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from agreements.models import Agency, Membership, Professional
from agreements.parties.tokens import issue_token
from audit.journal.models import Entry, Part
from audit.journal.scope import write_scope
from deploy.demo_agents import load_demo_agents
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.agents import commands, queries
from programmes.agents.models import AgentPerson, ChangeAgent, SocialSupervisor
from programmes.agents.person import opened
from programmes.agents.rules import next_steps
from programmes.plans.models import Programme
from tests.cases.desk import changing
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE, AREA = "havenkwartier-2038", "bu99990004"
AT = f"/wijkprogrammas/{CODE}/sleutelfiguren/"
NAME, CONTACT, NETWORK = "Zqxnaam Bentaleb", "06-zqxtelefoon", "Zqxkring op dinsdag"
NOTED = commands.Noted(name=NAME, contact=CONTACT, languages="Darija", network=NETWORK, pay="hours")
SECRETS = ("Zqxnaam", "Bentaleb", "zqxtelefoon", "Zqxkring")


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def row_of(key: str) -> int:
    return Membership.objects.in_force().get(professional__demo_key=key).pk


def note(given: commands.Noted = NOTED, *, by: str = "anouk", officer: str = "sanne", **more: Any) -> ChangeAgent:
    asked = {"area": AREA, "officer": row_of(officer), "consent_on": clock.today(), "consent_form": "written"} | more
    return commands.note_agent(visit(by), CODE, given, **asked)


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key)) if key else Client(HTTP_HOST="localhost")


def api(key: str, part: str) -> Any:
    token = issue_token(Membership.objects.get(pk=row_of(key)), purpose="pga_youth").token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}").get(
        f"/api/v1/programmes/{CODE}/{part}"
    )  # fmt: skip


def reads() -> list[Entry]:
    return list(Entry.objects.filter(event_type="agents.read", outcome="ok"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"consent_on": None}, "consent_on"), ({"consent_on": date(2999, 1, 1)}, "consent_on"),
        ({"consent_form": "zork"}, "consent_form"), ({"area": "bu99990001"}, "area"),
        ({"officer": "wouter"}, "officer"),
    ],
)  # fmt: skip
def test_nobody_is_noted_without_consent_or_with_an_officer_who_is_no_partner(
    programme: Programme, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as raised:
        note(**more)
    assert raised.value.field == field
    assert not ChangeAgent.objects.exists()
    assert not AgentPerson.objects.exists()


@pytest.mark.parametrize("field", ["name", "contact", "languages", "network"])
def test_an_empty_field_is_named(programme: Programme, field: str) -> None:
    given = {"name": "A", "contact": "B", "languages": "C", "network": "D"} | {field: " "}
    with pytest.raises(Invalid) as raised:
        note(commands.Noted(**given))
    assert raised.value.field == field


def test_the_officer_and_the_lead_know_somebody_and_each_read_says_who_read_whom(programme: Programme) -> None:
    agent = note()
    other = note(commands.Noted(name="Iemand", contact="b", languages="c", network="d"), officer="farid")

    assert queries.one_agent(visit("sanne"), agent.uid).person.name == NAME
    assert {one.person.name for one in queries.known_agents(visit("anouk"), CODE)} == {NAME, "Iemand"}
    with pytest.raises(NotFound):
        queries.one_agent(visit("sanne"), other.uid)

    found = [(row.actor_ref, bytes(row.body).decode()) for row in reads()]
    assert [ref for ref, _body in found] == [visit(key).actor_ref for key in ("sanne", "anouk", "anouk")]
    assert str(agent.uid) in found[0][1]
    assert [row.reason_code for row in reads()] == ["R2", "R7", "R7"]
    assert Part.objects.filter(kind="subject").exists(), "the person can ask who read about them"


@pytest.mark.parametrize("key", ["hilde", "ruben", "dirk", "esra"])
def test_the_police_is_refused_with_the_rule_whoever_asks_and_however(programme: Programme, key: str) -> None:
    agent = note()
    for ask in (
        lambda: queries.one_agent(visit(key), agent.uid), lambda: queries.one_agent(visit(key), uuid4()),
        lambda: queries.known_agents(visit(key), CODE), lambda: commands.withdraw(visit(key), agent.uid),
        lambda: note(by=key),
    ):  # fmt: skip
        with pytest.raises(Refused) as raised:
            ask()
        assert raised.value.article == "AVG art. 5(1)(b)"
        assert "Politie" in raised.value.sentence
    client = client_of(key)
    page = client.get(f"/sleutelfiguren/{agent.uid}/")
    assert page.status_code == 403
    assert "AVG art. 5(1)(b)" in page.content.decode()
    answer = api(key, "change-agents")
    assert (answer.status_code, answer.json()["article"]) == (403, "AVG art. 5(1)(b)")
    assert Entry.objects.filter(event_type__startswith="agents.", outcome="refused").count() == 7
    assert not reads()


def test_the_police_is_never_a_contact_officer_or_supervisor_and_knows_nobody_as_lead_of_the_programme(
    programme: Programme,
) -> None:
    agent = note()
    for make in (
        lambda: note(officer="hilde"),
        lambda: commands.assign_officer(visit("anouk"), agent.uid, officer=row_of("ruben")),
        lambda: commands.name_supervisor(visit("anouk"), CODE, area=AREA, membership=row_of("ruben"), task="x"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as raised:
            make()
        assert raised.value.article == "AVG art. 5(1)(b)"
    with changing():
        Programme.objects.filter(pk=programme.pk).update(lead=Agency.objects.get(code="POL-MD"))
        ChangeAgent.objects.filter(pk=agent.pk).update(officer=row_of("hilde"))
    page = queries.agents_page(visit("hilde"), CODE)
    assert (page.known, page.supervisors, page.leads, page.kept_out) == ((), (), False, True)
    with pytest.raises(Refused):
        queries.one_agent(visit("hilde"), agent.uid)


def test_an_installation_may_keep_out_others_as_well(programme: Programme) -> None:
    agent = note(officer="farid")
    assert queries.one_agent(visit("farid"), agent.uid)
    with override_settings(PROGRAMME_AGENTS_NEVER=frozenset({"POL", "JW"})), pytest.raises(Refused) as raised:
        queries.one_agent(visit("farid"), agent.uid)
    assert "Jongerenwerk" in raised.value.sentence


def test_no_page_answer_file_or_search_shows_anybody_else_a_name(programme: Programme) -> None:
    agent = note()
    commands.move_agent(visit("anouk"), agent.uid, to="screened")
    pages = (
        AT, "/wijkprogrammas/", f"/wijkprogrammas/{CODE}/", f"/wijkprogrammas/{CODE}/halfjaarberichten/", "/lessen/",
        f"/wijken/{AREA}/", "/wijken/open-data.csv", f"/api/v1/programmes/{CODE}/agents", "/api/v1/programmes",
        f"/api/v1/programmes/{CODE}", f"/wijkprogrammas/{CODE}/pact/", "/zoeken/?q=zqxnaam&doel=pga_youth",
        "/privacy/logboek/", f"/sleutelfiguren/{agent.uid}/", f"{AT}experiment/", "/mijn-inzages/",
    )  # fmt: skip
    for key in ("", "hilde", "ruben", "farid", "karin", "joost", "ineke", "lieke"):
        client = client_of(key)
        for path in pages:
            text = client.get(path).content.decode(errors="replace")
            assert not [word for word in SECRETS if word.casefold() in text.casefold().replace("q=zqxnaam", "")], path
    assert not reads()


def test_how_many_is_told_in_tens_and_never_changes_by_one(programme: Programme) -> None:
    made = []
    for n in range(10):
        one = note(commands.Noted(name=f"N{n}", contact="b", languages="c", network="d"))
        commands.move_agent(visit("anouk"), one.uid, to="screened")
        assert queries.told_of(programme) is None
        commands.move_agent(visit("anouk"), one.uid, to="active")
        made.append(one)
    assert queries.told_of(programme) == 10
    commands.withdraw(visit("anouk"), made[0].uid)
    commands.move_agent(visit("sanne"), made[1].uid, to="resting")
    assert queries.told_of(programme) == 10
    assert Client().get(f"/api/v1/programmes/{CODE}/agents").json() == {"active": 10}
    assert "ten minste 10" in Client().get(AT).content.decode()


def test_nobody_is_active_without_having_been_screened(programme: Programme) -> None:
    agent = note()
    assert next_steps("resting", screened=False) == ("screened",)
    commands.move_agent(visit("sanne"), agent.uid, to="resting")
    with pytest.raises(Invalid):
        commands.move_agent(visit("sanne"), agent.uid, to="active")
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        ChangeAgent.objects.filter(pk=agent.pk).update(state="active")


def test_another_officer_takes_over_and_the_former_one_knows_nobody(programme: Programme) -> None:
    agent = note()
    with pytest.raises(Refused):
        commands.assign_officer(visit("sanne"), agent.uid, officer=row_of("farid"))
    commands.assign_officer(visit("anouk"), agent.uid, officer=row_of("farid"))
    assert queries.one_agent(visit("farid"), agent.uid).person.name == NAME
    with pytest.raises(NotFound):
        queries.one_agent(visit("sanne"), agent.uid)


def test_withdrawing_leaves_the_fact_of_consent_and_the_journal_and_nobody_to_read(programme: Programme) -> None:
    agent = note()
    queries.one_agent(visit("anouk"), agent.uid)
    before = Entry.objects.count()
    commands.withdraw(visit("sanne"), agent.uid)

    row = ChangeAgent.objects.get(pk=agent.pk)
    assert (row.state, row.withdrawn_on, row.officer) == ("withdrawn", clock.today(), None)
    assert not AgentPerson.objects.exists()
    assert Entry.objects.count() == before + 1, "the journal stands"
    for act in (
        lambda: queries.one_agent(visit("anouk"), agent.uid), lambda: commands.withdraw(visit("anouk"), agent.uid),
        lambda: commands.change_agent(visit("anouk"), agent.uid, NOTED),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    assert not any("Zqxnaam" in bytes(row.body).decode() for row in Entry.objects.all())


def test_a_box_tells_nothing_by_itself(programme: Programme) -> None:
    note()
    person = AgentPerson.objects.get()
    assert not [word for word in SECRETS if word.encode() in bytes(person.box)]
    assert NAME not in f"{person!r} {person} {opened(person.box)!r} {opened(person.box)}"


def test_a_supervisor_is_named_by_membership_and_ends_with_it(programme: Programme) -> None:
    made = commands.name_supervisor(visit("anouk"), CODE, area=AREA, membership=row_of("farid"), task="Verbindt.")
    with pytest.raises(Invalid):
        commands.name_supervisor(visit("anouk"), CODE, area=AREA, membership=row_of("farid"), task="Nog eens.")
    with pytest.raises(Refused):
        commands.name_supervisor(visit("karin"), CODE, area=AREA, membership=row_of("farid"), task="x")
    assert "Farid Amrani" in client_of("karin").get(AT).content.decode()
    for key in ("", "hilde", "wouter"):
        assert "Farid Amrani" not in client_of(key).get(AT).content.decode()
    with changing():
        Membership.objects.filter(pk=row_of("farid")).update(ends=clock.now() - timedelta(hours=1))
    assert "Farid Amrani" not in client_of("karin").get(AT).content.decode()
    commands.end_supervisor(visit("anouk"), made.uid)
    with pytest.raises(Invalid):
        commands.end_supervisor(visit("anouk"), made.uid)
    assert SocialSupervisor.objects.get().until == clock.today()


def test_the_pages_note_move_change_and_erase(programme: Programme) -> None:
    anouk, sanne = client_of("anouk"), client_of("sanne")
    form = {
        "name": NAME, "contact": CONTACT, "languages": "Darija", "network": NETWORK, "pay": "none", "area": AREA,
        "officer": row_of("sanne"), "consent_on": clock.today().isoformat(), "consent_form": "spoken",
    }  # fmt: skip
    assert "Politie" not in anouk.get(f"{AT}nieuw/").content.decode().split('name="officer"')[1].split("</select>")[0]
    kept = anouk.post(f"{AT}nieuw/", form | {"consent_on": "2999-01-01"})
    assert (kept.status_code, NAME in kept.content.decode()) == (422, True)
    assert anouk.post(f"{AT}nieuw/", form).status_code == 302
    uid: UUID = ChangeAgent.objects.get().uid
    at = f"/sleutelfiguren/{uid}/"
    assert CONTACT in sanne.get(at).content.decode()
    assert NAME in anouk.get(AT).content.decode()
    assert sanne.post(f"{at}stap/", {"to": "screened"}).status_code == 302
    assert sanne.post(f"{at}wijzig/", form | {"name": "Anders Genoemd"}).status_code == 302
    assert anouk.post(f"{at}contactpersoon/", {"officer": row_of("sanne")}).status_code == 302
    assert sanne.get(f"{at}contactpersoon/").status_code == 403
    assert "meteen gewist" in sanne.get(f"{at}toestemming-ingetrokken/").content.decode()
    assert ChangeAgent.objects.get().state == "screened"
    assert sanne.post(f"{at}toestemming-ingetrokken/").status_code == 302
    assert anouk.get(at).status_code == 404
    assert "Anders" not in anouk.get(AT).content.decode()
    regisseur = {"area": AREA, "membership": row_of("farid"), "task": "Verbindt."}
    assert anouk.post(f"{AT}regisseur/", regisseur).status_code == 302
    assert anouk.post(f"/sociaal-regisseurs/{SocialSupervisor.objects.get().uid}/stop/").status_code == 302


def test_the_api_gives_persons_to_who_may_know_them(programme: Programme) -> None:
    note()
    [line] = api("anouk", "change-agents").json()
    assert (line["name"], line["contact"], line["officer"]) == (NAME, CONTACT, "Sanne de Wit")
    assert len(api("sanne", "change-agents").json()) == 1
    assert len(reads()) == 2
    assert api("karin", "change-agents").status_code == 403
    assert api("wouter", "experiments").status_code == 403


def test_the_demo_stands_once_and_tables_change_only_by_commands(programme: Programme) -> None:
    load_demo_agents()
    load_demo_agents()
    assert ChangeAgent.objects.count() == 3
    for table in (ChangeAgent, AgentPerson):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.all().delete()
