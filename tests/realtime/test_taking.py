"""Entries of a log become contributions or a signal: only one's own agency's words, each once, all or none."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.journal.models import Entry
from cases.intake.models import Report, Signal
from cases.models import Contribution
from cases.retention.rows import erase_case
from foundation import clock
from foundation.errors import Invalid, Refused
from realtime.channels.commands.opening import Plan, open_channel
from realtime.channels.models import Event
from realtime.report.models import TakenOver
from realtime.report.taking import AsSignal, Wanted, take_over
from tests.cases.desk import changing, give, hat_of, make_case, page, reading
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db
SIGNAL = AsSignal(kind="crime", place="Kade 9")


@pytest.fixture
def quay(world: World) -> Street:
    """A channel for an operation in an area: it gives signals."""
    return street(world)


@pytest.fixture
def about_him(world: World) -> Street:
    """A channel about a person: it gives contributions to the case."""
    case = make_case("ST-2", live=("ZVH-MD", "POL-MD", "GEM-MD"))
    plan = Plan(
        title="Rond de halte", scope="case", under="PGA-MD", ends_at=clock.now() + timedelta(hours=6),
        members=[hat_of(world, key).pk for key in ("esra", "maarten")],
    )  # fmt: skip
    made = open_channel(reading(world, "anouk", event="channel.opened"), case, plan)
    return Street(world=world, case=case, channel=made)


def take(stage: Street, key: str, *events: Event | UUID, **more: Any) -> Any:
    uids = [one if isinstance(one, UUID) else one.uid for one in events]
    return take_over(stage.by(key), stage.channel.uid, Wanted(events=uids, **more), None)


def url_of(stage: Street) -> str:
    return f"/straat/{stage.channel.uid}/logboek/"


def test_an_observation_becomes_a_contribution_of_the_agency_that_said_it(about_him: Street) -> None:
    said = about_him.says("esra", ("street_message", "Ik loop"), ("street_observation", "Stond alleen bij de halte"))

    taken = take(about_him, "esra", said)

    made = Contribution.objects.get(case=about_him.case)
    assert (taken.case, taken.signal) == ("ST-2", "")
    assert (made.source.code, made.section) == ("POL-MD", "signals")
    assert made.observed_on == said.given_at.astimezone(clock.AMSTERDAM).date()
    row = TakenOver.objects.get()
    assert (row.event, row.contributions, row.fields) == (said.uid, [str(made.uid)], "street_observation")
    entry = Entry.objects.filter(event_type="street.taken_over").get()
    assert entry.case_ref == about_him.case.ref
    assert str(said.uid) in bytes(entry.body).decode()
    shown = page(about_him.world, "esra").get("/casus/ST-2/", follow=True).content.decode()
    assert "Stond alleen bij de halte" in shown
    # Logistics that stood in the same breath stay in the channel.
    assert "Ik loop" not in shown


def test_a_colleague_of_the_same_agency_takes_it_over_and_twice_is_once(about_him: Street) -> None:
    said = [about_him.says("anouk", ("visit_instruction", f"Bel eerst aan, {number}")) for number in range(2)]

    first, again = take(about_him, "maarten", *said), take(about_him, "anouk", *reversed(said))

    assert Contribution.objects.filter(case=about_him.case, source__code="GEM-MD").count() == 2
    assert {row.event for row in first.entries} == {row.event for row in again.entries} == {one.uid for one in said}
    assert TakenOver.objects.count() == 2
    assert Entry.objects.filter(event_type="street.taken_over").count() == 2


def test_what_another_agency_said_cannot_be_taken_over_and_then_nothing_is(about_him: Street) -> None:
    mine = about_him.says("anouk", ("visit_instruction", "Bel eerst aan"))
    theirs = about_him.says("esra", ("street_observation", "Stond alleen bij de halte"))

    with pytest.raises(Invalid) as wrong:
        take(about_him, "anouk", mine, theirs)

    assert [place for place, _said in wrong.value.errors] == [f"event:{theirs.uid}"]
    assert "Alleen de bron" in wrong.value.errors[0][1]
    assert not Contribution.objects.filter(case=about_him.case).exists()
    assert not TakenOver.objects.exists()


def test_a_fact_of_another_that_was_only_pointed_at_is_not_ones_own(about_him: Street) -> None:
    given = give(about_him.world, about_him.case, "POL-MD", visit_instruction="Ga met z'n tweeën")
    pointed = about_him.says("anouk", fact=(given.uid, "visit_instruction"))

    with pytest.raises(Invalid) as wrong:
        take(about_him, "anouk", pointed)
    assert wrong.value.errors[0][0] == f"event:{pointed.uid}"


def test_what_one_may_not_know_is_as_what_is_not_there(quay: Street) -> None:
    hidden = quay.says("farid", ("street_question", "Kun jij even bellen?"), kind="question", to="POL-MD")

    said = []
    for uid in (hidden.uid, uuid4()):
        with pytest.raises(Invalid) as wrong:
            take(quay, "anouk", uid, signal=SIGNAL)
        said.append((wrong.value.errors[0][1], str(wrong.value.sentence)))

    assert said[0] == said[1]


def test_what_lives_only_in_a_channel_stays_there(about_him: Street) -> None:
    said = about_him.says("esra", ("street_task", "Kijk bij de brug"), kind="task")

    with pytest.raises(Invalid) as wrong:
        take(about_him, "esra", said)
    assert "hoort alleen in het kanaal" in wrong.value.errors[0][1]


def test_what_was_seen_at_a_place_becomes_one_signal_with_each_message_once(quay: Street) -> None:
    said = [quay.says("farid", ("hotspot_note", f"Groep bij de trap {number}")) for number in range(3)]

    taken = take(quay, "farid", *said, signal=SIGNAL)
    again = take(quay, "farid", *said, signal=SIGNAL)

    signal = Signal.objects.get(number=taken.signal)
    assert again.signal == taken.signal
    assert Report.objects.filter(signal=signal).count() == 3
    assert signal.reported_by.code == "JW-HAVEN"
    assert {row.signal for row in TakenOver.objects.all()} == {taken.signal}


def test_an_entry_goes_into_one_signal_only(quay: Street) -> None:
    first = quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    taken = take(quay, "farid", first, signal=SIGNAL)
    second = quay.says("farid", ("hotspot_note", "Groep bij de brug"))

    with pytest.raises(Invalid) as wrong:
        take(quay, "farid", first, second, signal=SIGNAL)

    assert wrong.value.errors == ((f"event:{first.uid}", f"Dit staat al in signaal {taken.signal}."),)
    assert Signal.objects.filter(reported_by__code="JW-HAVEN", number__gt=taken.signal).count() == 0


def test_one_entry_that_does_not_fit_keeps_all_of_them_out(quay: Street) -> None:
    good = quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    half = "Lang verhaal over de trap. " * 6
    long = quay.says("farid", ("hotspot_note", half.strip()), ("street_message", "en"), ("hotspot_note", half.strip()))
    before = Signal.objects.count()

    with pytest.raises(Invalid) as wrong:
        take(quay, "farid", good, long, signal=SIGNAL)

    assert [place for place, _said in wrong.value.errors] == [f"event:{long.uid}"]
    assert Signal.objects.count() == before
    assert not TakenOver.objects.exists()


def test_who_gives_no_facts_is_refused(quay: Street) -> None:
    said = quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    from agreements.models import Membership

    hat = hat_of(quay.world, "farid")
    with changing():
        Membership.objects.filter(pk=hat.pk).update(roles=["chair"])
    with pytest.raises(Refused):
        take(quay, "farid", said, signal=SIGNAL)


def test_it_goes_with_the_case(about_him: Street) -> None:
    take(about_him, "esra", about_him.says("esra", ("street_observation", "Stond alleen bij de halte")))
    with changing():
        assert erase_case(about_him.case)["realtime_takenover"] == 1


def sent_of(*events: Event) -> dict[str, Any]:
    """The form as a browser sends it."""
    ticked = [str(one.uid) for one in events]
    return {"event": ticked, "kind": "crime", "place": "Kade 9", "urgency": "normal", "reliability": "single"}


def boxes(text: str) -> list[tuple[str, bool]]:
    """The entries that can be ticked, and whether they are."""
    found = re.findall(r'<input type="checkbox" name="event" id="v-[^"]+" value="([^"]+)"( checked)?', text)
    return [(uid, bool(checked)) for uid, checked in found]


def test_the_log_offers_ones_own_words_and_says_what_was_taken(quay: Street) -> None:
    mine = quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    quay.says("esra", ("hotspot_note", "Scooter zonder kenteken"))
    quay.says("farid", ("street_message", "Ik loop"))
    client = page(quay.world, "farid")

    assert boxes(client.get(url_of(quay)).content.decode()) == [(str(mine.uid), False)]
    sent = {
        "event": [str(mine.uid)],
        "kind": SIGNAL.kind,
        "place": "Kade 9",
        "urgency": "normal",
        "reliability": "single",
    }
    answer = client.post(f"{url_of(quay)}overnemen/", sent, follow=True)

    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    number = TakenOver.objects.get().signal
    assert f"Overgenomen in signaal {number}" in text
    assert f"1 bericht staat in signaal {number}." in text
    assert boxes(text) == []
    assert "Overgenomen in signaal" not in page(quay.world, "esra").get(url_of(quay)).content.decode()


def test_what_was_ticked_and_typed_stays_when_it_cannot_be(quay: Street) -> None:
    mine = [quay.says("farid", ("hotspot_note", f"Groep bij de trap {number}")) for number in range(2)]
    client = page(quay.world, "farid")
    sent = {"event": [str(mine[1].uid)], "kind": "", "place": "Bij de brug", "urgency": "high", "reliability": "single"}

    answer = client.post(f"{url_of(quay)}overnemen/", sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert boxes(text) == [(str(mine[0].uid), False), (str(mine[1].uid), True)]
    assert 'value="Bij de brug"' in text
    assert '<option value="high" selected>' in text
    assert "Kies waar het over gaat." in text
    assert not TakenOver.objects.exists()


def test_an_error_stands_at_its_entry(quay: Street) -> None:
    good = quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    half = ("Lang verhaal over de trap. " * 6).strip()
    long = quay.says("farid", ("hotspot_note", half), ("street_message", "en"), ("hotspot_note", half))
    sent = sent_of(good, long)

    answer = page(quay.world, "farid").post(f"{url_of(quay)}overnemen/", sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert boxes(text) == [(str(good.uid), True), (str(long.uid), True)]
    assert f'aria-describedby="e-{long.uid}"' in text
    assert f'id="e-{good.uid}"' not in text


def test_nothing_ticked_is_said_at_once(quay: Street) -> None:
    quay.says("farid", ("hotspot_note", "Groep bij de trap"))
    sent = sent_of()

    answer = page(quay.world, "farid").post(f"{url_of(quay)}overnemen/", sent)

    assert answer.status_code == 422
    assert "Vink eerst berichten aan." in answer.content.decode()
