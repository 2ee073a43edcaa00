"""Who reported hears that triage is over, and never what came out."""

import pytest
from django.db import transaction

from audit.journal.appender import append
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from cases.intake import answering
from cases.intake import commands as intake
from cases.intake.access import NotYourSignal
from cases.intake.models import Signal
from cases.models import Case, Participation
from cases.triage import commands as triage
from foundation import clock
from tests.cases.desk import Api, page, reading
from tests.cases.intake.test_reporting import report
from tests.cases.intake.test_resident import anybody, code_in, send, the_signal
from tests.invariants.world import World, _entry

pytestmark = pytest.mark.django_db


def judge(world: World, number: str, outcome: str) -> Case:
    """Triage of a signal, as far as a word of the controllers that ends it; then nobody else takes part."""
    case = triage.take_signal(reading(world, "nadia"), number).case
    if not Participation.objects.filter(case=case, agency__code="GEM-MD", is_open=True).exists():
        triage.invite_to_weigh(reading(world, "nadia"), case.number, "GEM-MD")
    triage.propose(reading(world, "nadia"), case.number, outcome, text="Hier is een reden voor.")
    triage.respond(reading(world, "sanne"), case.number, agrees=True)
    return case


def leave(case: Case, agency: str) -> None:
    """The agency takes part no longer."""
    with transaction.atomic(), write_scope():
        Participation.objects.filter(case=case, agency__code=agency).update(is_open=False, ends=clock.now())
        append([_entry()])


def test_the_reporter_finds_word_in_the_inbox_until_it_was_read(world: World) -> None:
    number = report(world, "ruben")
    desk = page(world, "ruben")
    assert "Uw signaal is beoordeeld" not in desk.get("/inbox/").content.decode()

    judge(world, number, "reject")

    assert "Uw signaal is beoordeeld" in desk.get("/inbox/").content.decode()
    told = desk.get(f"/signalen/{number}/antwoord/").content.decode()
    assert "de triage afgerond" in told
    assert desk.post(f"/signalen/{number}/antwoord/").status_code == 302
    assert "Uw signaal is beoordeeld" not in desk.get("/inbox/").content.decode()
    assert "Gelezen" not in desk.get(f"/signalen/{number}/antwoord/").content.decode()


@pytest.mark.parametrize("left", [False, True])
def test_the_message_is_the_same_whatever_came_out(world: World, left: bool) -> None:
    told = []
    for outcome in ("reject", "advice"):
        number = report(world, "ruben")
        case = judge(world, number, outcome)
        if left:
            leave(case, "POL-MD")
        body = page(world, "ruben").get(f"/signalen/{number}/antwoord/").content.decode()
        assert case.number not in body
        assert "Hier is een reden voor." not in body
        told.append(body.split("<main")[1].split("<form")[0].replace(number, "S"))

    assert told[0] == told[1]


def test_only_who_reported_it_hears(world: World) -> None:
    number = report(world, "ruben")
    with pytest.raises(NotYourSignal):
        answering.judged(reading(world, "ruben"), number)
    judge(world, number, "reject")

    for key in ("nadia", "sanne", "margot", "peter"):
        with pytest.raises(NotYourSignal):
            answering.judged(reading(world, key), number)
        with pytest.raises(NotYourSignal):
            answering.note_heard(reading(world, key), number)
    assert Signal.objects.get(number=number).heard_at is None


def test_reading_it_is_journalled_with_the_report_as_its_reason(world: World) -> None:
    number = report(world, "ruben")
    leave(judge(world, number, "reject"), "POL-MD")

    answer = Api(world, "ruben", "pga_adult").get(f"/signals/{number}/answer")

    assert (answer.status_code, answer.json()["case"]) == (200, "")
    entry = Entry.objects.filter(event_type="signal.answer").latest("uid")
    assert entry.reason_code == "R5"


def test_who_reported_a_signal_that_was_merged_hears_too(world: World) -> None:
    mine, other = report(world, "ruben"), report(world, "ruben")
    intake.merge_signal(reading(world, "nadia"), mine, into=other)

    judge(world, other, "reject")

    assert answering.judged(reading(world, "ruben"), mine).case == ""


def test_a_resident_reads_a_fixed_sentence_once_triage_is_over(world: World) -> None:
    code = code_in(send())
    signal = the_signal()
    before = anybody().post("/melden/volgen/", {"code": code}).content.decode()
    zvh = Signal.objects.get(pk=signal.pk)
    if zvh.handler.code != "ZVH-MD":
        intake.forward_signal(reading(world, "sanne"), signal.number, to="ZVH-MD")

    case = judge(world, signal.number, "reject")
    after = anybody().post("/melden/volgen/", {"code": code}).content.decode()

    assert "Wij hebben ernaar gekeken." not in before
    assert "Wij hebben ernaar gekeken." in after
    for hidden in (case.number, signal.number, "Hier is een reden voor."):
        assert hidden not in after


def test_an_answer_that_was_given_to_a_resident_stays(world: World) -> None:
    code = code_in(send())
    signal = the_signal()
    intake.reply_to_resident(reading(world, "sanne"), signal.number, reply="acted")
    if signal.handler.code != "ZVH-MD":
        intake.forward_signal(reading(world, "sanne"), signal.number, to="ZVH-MD")

    judge(world, signal.number, "reject")

    assert "Wij hebben er iets mee gedaan." in anybody().post("/melden/volgen/", {"code": code}).content.decode()
