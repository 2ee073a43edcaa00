"""Accession: asked by who is named but no party, carried by the consent that the covenant demands."""

import json
from datetime import timedelta

import pytest
import time_machine

from agreements.covenants.commands import withdraw_party
from agreements.covenants.models import Party, Signature
from agreements.joining.commands import StepRefused, answer, carry_out, take_back
from agreements.policy.question import Actor
from agreements.signing.certificates import read_certificate
from agreements.signing.statement import open_signed
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.agreements.covenants.world import BY, grade
from tests.agreements.joining.world import (
    PARTIES,
    PGA,
    agree,
    ask,
    events,
    in_days,
    last_refusal,
    load,
    motion,
    party,
    visit,
)

pytestmark = pytest.mark.usefixtures("house")
JB = Actor(code="JB-MD", type="JB")
EVERYBODY = ("hilde", "otto", "carla", "rosa")


def test_the_last_consent_makes_a_party_from_that_moment() -> None:
    load()
    before = clock.now()
    ask()
    for key in EVERYBODY[:-1]:
        assert agree(key).carried_at is None
        assert grade(reader=JB) == "silent"

    carried = agree(EVERYBODY[-1])

    assert carried.carried_at is not None
    assert grade(reader=JB) == "visible"
    assert grade(before, reader=JB) == "silent"
    assert (party("JB-MD").capacity, party("JB-MD").ends) == ("participant", None)
    assert events()[-3:] == ["motion.agreed", "party.acceded", "motion.carried"]


def test_who_accedes_has_signed_the_version_that_rules() -> None:
    version = load()
    ask()
    place = Signature.objects.get(version=version, agency__code="JB-MD")
    assert place.signed_on is None
    for key in EVERYBODY:
        agree(key)

    place.refresh_from_db()
    said = open_signed(place.jws, read_certificate(place.certificate))
    assert place.signed_on == clock.today()
    assert (said.purpose, said.document_sha256, said.agency) == ("accede", version.sha256, "JB-MD")
    assert (said.signatory, said.mandate, said.capacity) == ("Juul Tekenaar", "bestuursbesluit 12", "participant")
    assert {item.agency for item in said.parties} == {*PARTIES, "JB-MD"}


def test_a_wanted_later_day_is_kept() -> None:
    load()
    ask(first_day=clock.today() + timedelta(days=10))
    for key in EVERYBODY:
        agree(key)

    starts = clock.start_of(clock.today() + timedelta(days=10))
    assert party("JB-MD").starts == starts
    assert grade(reader=JB) == "silent"
    with time_machine.travel(starts, tick=False):
        assert grade(reader=JB) == "visible"


def test_a_covenant_may_ask_the_controllers_only() -> None:
    load(more="accession: {consent: controllers}")
    ask()
    with pytest.raises(StepRefused) as refused:
        agree("rosa")
    assert refused.value.why == "not_asked"

    for key in ("hilde", "otto", "carla"):
        agree(key)
    assert party("JB-MD") is not None


def test_one_refusal_stops_it_with_its_reason_and_the_signature_never_stands() -> None:
    load()
    ask()
    agree("hilde")
    with pytest.raises(Invalid):
        answer(visit("otto"), PGA, uid=motion().uid, agrees=False, reason="")

    stopped = answer(visit("otto"), PGA, uid=motion().uid, agrees=False, reason="eerst een DPIA")

    assert stopped.dropped_at is not None
    assert not Signature.objects.filter(agency__code="JB-MD").exists()
    with pytest.raises(StepRefused) as refused:
        agree("carla")
    assert refused.value.why == "motion_closed"
    assert party("JB-MD") is None


def test_only_who_asked_takes_it_back() -> None:
    load()
    uid = ask().uid
    with pytest.raises(StepRefused):
        take_back(visit("hilde"), PGA, uid=uid, reason="x")

    take_back(visit("juul"), PGA, uid=uid, reason="nog niet zover")
    assert motion().dropped_at is not None
    assert not Signature.objects.filter(agency__code="JB-MD").exists()
    with pytest.raises(NotFound):
        take_back(visit("juul"), PGA, uid=uid, reason="x")


def test_who_is_not_named_is_told_that_the_next_version_must_and_in_which_article() -> None:
    load()

    with pytest.raises(StepRefused) as refused:
        ask("hugo")

    assert refused.value.why == "not_named"
    assert "volgende versie moet u noemen" in refused.value.remedy
    assert refused.value.article == "PGA-MD v2, art. 2"
    detail = json.loads(bytes(last_refusal().body))["matter"]["detail"]
    assert detail == {"covenant": PGA, "step": "ask_accession", "why": "not_named"}


@pytest.mark.parametrize("key", ["hilde", "marloes"])
def test_a_party_and_who_does_not_sign_do_not_ask(key: str) -> None:
    load()

    with pytest.raises(StepRefused):
        ask(key)


def test_nobody_asks_twice_or_without_mandate_or_reason_or_for_a_day_that_was() -> None:
    load()
    for wrong in (
        {"mandate": " "},
        {"reason": ""},
        {"first_day": clock.today() - timedelta(days=1)},
        {"first_day": clock.today() + timedelta(days=4000)},
    ):
        with pytest.raises(Invalid):
            ask(**wrong)
    ask()

    with pytest.raises(StepRefused):
        ask()


def test_an_advice_of_the_committee_is_asked_for_where_the_covenant_says_so() -> None:
    load(more="accession: {consent: all, rac_advice: true}")
    with pytest.raises(Invalid) as wrong:
        ask()
    assert wrong.value.field == "advice"

    assert "RAC-2026-7" in ask(advice="RAC-2026-7").reason


def test_a_covenant_that_does_not_rule_is_not_there_for_who_would_accede() -> None:
    with pytest.raises(NotFound):
        ask()


def test_who_leaves_meanwhile_is_no_longer_asked_and_the_asker_carries_it_out() -> None:
    load()
    uid = ask().uid
    for key in ("hilde", "otto", "carla"):
        agree(key)
    withdraw_party(PGA, agency="RCL-MD", by=BY)
    with pytest.raises(StepRefused):
        carry_out(visit("hilde"), PGA, uid=uid)

    carry_out(visit("juul"), PGA, uid=uid)

    assert party("JB-MD") is not None


def test_nothing_is_carried_out_while_an_answer_is_awaited() -> None:
    load()
    uid = ask().uid

    with pytest.raises(StepRefused) as refused:
        carry_out(visit("juul"), PGA, uid=uid)
    assert refused.value.why == "consent_awaited"


def test_a_party_that_returns_keeps_its_first_signature() -> None:
    version = load(parties=(*PARTIES, "JB-MD"))
    first = Signature.objects.get(version=version, agency__code="JB-MD")
    withdraw_party(PGA, agency="JB-MD", by=BY)
    ask()
    for key in EVERYBODY:
        agree(key)

    first.refresh_from_db()
    assert (first.jws, first.signed_on.isoformat()) == ("", "2025-12-16")
    assert Party.objects.filter(agency__code="JB-MD").count() == 2
    assert grade(reader=JB) == "visible"


def test_under_a_next_version_that_was_signed_the_agency_is_a_party_until_it_begins() -> None:
    load()
    ask()
    following = load(number=3, version_starts=30)
    for key in EVERYBODY:
        agree(key)

    assert party("JB-MD").ends == following.starts
    with time_machine.travel(following.starts, tick=False):
        assert grade(reader=JB) == "silent"


def test_when_another_version_rules_the_last_consent_says_to_ask_again() -> None:
    load()
    ask()
    for key in EVERYBODY[:-1]:
        agree(key)
    load(number=3, version_starts=30)

    with time_machine.travel(in_days(31), tick=False), pytest.raises(Invalid) as wrong:
        agree(EVERYBODY[-1])
    assert "andere versie" in wrong.value.sentence
    assert motion().carried_at is None


def test_an_answer_is_given_once() -> None:
    load()
    ask()
    agree("hilde")

    with pytest.raises(StepRefused) as refused:
        agree("hilde")
    assert refused.value.why == "answered_before"


@pytest.mark.parametrize("key", ["zeno", "ruben", "lieke"])
def test_the_bureau_and_who_does_not_sign_do_not_answer(key: str) -> None:
    load()
    ask()

    with pytest.raises(StepRefused):
        agree(key)
