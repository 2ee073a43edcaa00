"""An officer asks a reader to explain: who may ask, who may answer, what the reader sees; it decides nothing."""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from ninja import NinjaAPI
from ninja.testing import TestClient

from audit.journal import models as journal
from audit.oversight import api_own, asking, looking
from audit.oversight.models import FindingState, Verdict
from audit.oversight.rules import OwnReads, StepNotPossible
from foundation.errors import Invalid, NotFound, SignInNeeded
from tests.audit.conftest import run
from tests.audit.oversight.test_findings import officer, opened, step
from tests.audit.stand_ins import POLICE, SCHOOL, TEACHER, WIJKAGENT
from tests.audit.stand_ins import Officer as Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor")]


def reader(agency: str = POLICE, actor: str = WIJKAGENT) -> Visitor:
    return Visitor(agency_ref=agency, actor_ref=actor, roles=frozenset({"professional"}), name="D. Kuipers")


def asked(text: str = "Waarom las u dit?") -> tuple[UUID, UUID]:
    finding = opened()
    return finding, looking.ask(officer(), str(finding), text=text)


def answered(uid: UUID, text: str = "Ik nam een melding aan.", by: Any = None) -> None:
    asking.answer(by or reader(), str(uid), text=text, route="test")


def state(finding: UUID) -> str:
    return looking.finding(officer(), str(finding)).line.state


def test_a_question_waits_for_its_reader_and_the_answer_comes_back_and_decides_nothing() -> None:
    finding, uid = asked()
    assert [one.uid for one in asking.waiting_for(reader())] == [uid]

    shown = asking.to_explain(reader(), str(uid), route="test")
    assert (shown.asked.question, len(shown.reads), shown.closed) == ("Waarom las u dit?", 1, False)
    assert {read.line.actor_ref for read in shown.reads} == {WIJKAGENT}
    answered(uid)

    (one,) = looking.questions_of(looking.finding(officer(), str(finding)))
    assert (one.question, one.answer) == ("Waarom las u dit?", "Ik nam een melding aan.")
    assert asking.waiting_for(reader()) == ()
    assert state(finding) == FindingState.OPEN
    step(finding, FindingState.EXPLAINED, reason="Melding 12 staat in het systeem.")
    assert state(finding) == FindingState.EXPLAINED


def test_words_are_sealed_and_each_act_is_an_entry() -> None:
    _finding, uid = asked("Kent u de buurman?")
    asking.to_explain(reader(), str(uid), route="test")
    answered(uid, "Nee, het was een vergissing.")

    events = list(journal.Entry.objects.order_by("id").values_list("event_type", flat=True))[-3:]
    assert events == ["explanation.asked", "explanation.read", "explanation.given"]
    bodies = b"".join(bytes(row.body) for row in journal.Entry.objects.all())
    assert b"buurman" not in bodies
    assert b"vergissing" not in bodies


@pytest.mark.parametrize("who", [reader(actor=TEACHER), reader(agency=SCHOOL), reader(agency=SCHOOL, actor=TEACHER)])
def test_nobody_else_opens_or_answers_it_and_that_is_recorded(who: Visitor) -> None:
    _finding, uid = asked()
    before = journal.Entry.objects.filter(outcome="refused").count()

    assert asking.waiting_for(who) == ()
    with pytest.raises(NotFound):
        asking.to_explain(who, str(uid), route="test")
    with pytest.raises(NotFound):
        answered(uid, by=who)
    assert journal.Entry.objects.filter(outcome="refused").count() == before + 2


def test_who_is_not_signed_in_is_asked_to() -> None:
    with pytest.raises(SignInNeeded):
        asking.to_explain(None, "zqx", route="test")


def test_an_officer_asks_only_within_scope_never_themselves_and_one_question_at_a_time() -> None:
    finding, uid = asked()

    with pytest.raises(NotFound):
        looking.ask(officer(SCHOOL), str(finding), text="Waarom?")
    with pytest.raises(OwnReads):
        looking.ask(officer(actor_ref=WIJKAGENT), str(finding), text="Waarom?")
    with pytest.raises(StepNotPossible):
        looking.ask(officer(), str(finding), text="En nog iets?")
    answered(uid)
    looking.ask(officer(), str(finding), text="En nog iets?")


@pytest.mark.parametrize("text", ["", "  \n", "a\0b", "x" * 2001])
def test_words_must_be_there_and_readable(text: str) -> None:
    finding, uid = asked()
    with pytest.raises(Invalid) as caught:
        answered(uid, text)
    assert caught.value.field == "text"
    answered(uid)
    with pytest.raises(Invalid):
        looking.ask(officer(), str(finding), text=text)


def test_an_answer_is_given_once_and_not_after_the_end() -> None:
    _finding, uid = asked()
    answered(uid)
    with pytest.raises(StepNotPossible):
        answered(uid, "Toch iets anders.")

    finding, late = asked()
    step(finding, FindingState.CLOSED, Verdict.JUSTIFIED)
    assert asking.waiting_for(reader()) == ()
    assert asking.to_explain(reader(), str(late), route="test").closed
    with pytest.raises(StepNotPossible):
        answered(late)
    with pytest.raises(StepNotPossible):
        looking.ask(officer(), str(finding), text="Nog iets?")


def test_the_api_gives_a_reader_the_question_and_takes_the_answer_once() -> None:
    finding, uid = asked()
    faces = NinjaAPI(urls_namespace="own-reads-test")
    faces.add_router("", api_own.router)
    client = TestClient(faces)

    (line,) = client.get("/own-reads/questions", visit=reader()).json()
    shown = client.get(f"/own-reads/questions/{uid}", visit=reader()).json()
    given = {"text": "Ik nam een melding aan."}
    told = client.post(f"/own-reads/questions/{uid}/answer", json=given, visit=reader()).json()

    assert (line["uid"], line["late"], "question" in line) == (str(uid), False, False)
    assert (shown["question"], shown["answer"], len(shown["reads"])) == ("Waarom las u dit?", None, 1)
    assert (told["answer"], told["closed"]) == ("Ik nam een melding aan.", False)
    assert client.get("/own-reads/questions", visit=reader()).json() == []
    assert state(finding) == FindingState.OPEN
    with pytest.raises(StepNotPossible):
        client.post(f"/own-reads/questions/{uid}/answer", json=given, visit=reader())
    with pytest.raises(NotFound):
        client.get(f"/own-reads/questions/{uid}", visit=reader(actor=TEACHER))


@pytest.mark.parametrize("sql", ["UPDATE audit_question SET answer_by = asked_at", "DELETE FROM audit_answer"])
def test_what_was_asked_and_answered_cannot_be_changed(sql: str) -> None:
    answered(asked()[1])

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql)
