"""The pulse: answered once, nobody's answer to be found, low scores on the agenda of the next board."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from agreements.covenants.rules import operator
from agreements.models import Agency, Professional
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_programmes, load_demo_pulse
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.plans.models import Programme, ProgrammeState
from programmes.pulse import commands, queries
from programmes.pulse.models import AgendaPoint, Criterion, PulseCount, PulseVoice, PulseWords
from programmes.pulse.rules import NONE, Quarter, mean, quarter_of, shown
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/samenwerking/"
FOUR: Mapping[str, int] = dict.fromkeys(Criterion.values, 4)
TWO: Mapping[str, int] = dict.fromkeys(Criterion.values, 2)


def test_a_quarter_has_its_days() -> None:
    assert quarter_of(date(2026, 3, 31)) == Quarter(2026, 1)
    assert quarter_of(date(2026, 4, 1)) == Quarter(2026, 2)
    assert Quarter(2026, 1).before == Quarter(2025, 4)


def test_no_score_of_too_few_answers_is_seen_and_none_by_taking_away() -> None:
    found = shown({"A": (0, 0, 0, 4, 0), "B": (3, 0, 0, 0, 0)}, fewest=4)
    assert found.partners == {"A": (0, 0, 0, 4, 0)}
    assert found.others == NONE
    assert found.total == (0, 0, 0, 4, 0)

    found = shown({"A": (0, 0, 0, 4, 0), "B": (3, 0, 0, 0, 0), "C": (0, 1, 0, 0, 0)}, fewest=4)
    assert found.others == (3, 1, 0, 0, 0)
    assert found.total == (3, 1, 0, 4, 0)
    assert mean(found.others) == 1.2
    assert mean(NONE) is None


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def last() -> Quarter:
    return quarter_of(clock.today()).before


def count(
    programme: Programme, agency: str, scores: Mapping[str, int], n: int, *, texts: list[str] | None = None
) -> None:
    commands.count_paper(
        programme, Agency.objects.get(code=agency), last(), answers=[scores] * n, texts=texts or [],
        by=operator("test"),
    )  # fmt: skip


def page(programme: Programme) -> queries.PulsePage:
    return queries.pulse_page(visit("hilde"), programme)


def test_somebody_answers_once_and_the_answer_is_in_no_row_or_entry_of_theirs(programme: Programme) -> None:
    hilde = visit("hilde")
    commands.answer(hilde, CODE, scores=FOUR | {"room": 1}, text="zqx woorden")

    with pytest.raises(Invalid):
        commands.answer(hilde, CODE, scores=TWO)
    commands.answer(visit("anouk"), CODE, scores=TWO, text="Andere woorden")

    row = PulseCount.objects.get(agency__code="POL-MD")
    assert row.counts["room"] == [1, 0, 0, 0, 0]
    assert row.counts["lead"] == [0, 0, 0, 1, 0]
    assert PulseWords.objects.get().texts == ["Andere woorden", "zqx woorden"]
    assert PulseVoice.objects.filter(actor_ref=hilde.actor_ref).count() == 1
    names = {field.name for model in (PulseCount, PulseWords) for field in model._meta.get_fields()}
    assert not {"actor_ref", "created_at", "professional"} & names
    entry = Entry.objects.get(event_type="programme.pulse_answered", actor_ref=hilde.actor_ref, outcome="ok")
    assert json.loads(bytes(entry.body))["matter"]["detail"] == {
        "programme": CODE,
        "quarter": quarter_of(clock.today()).code,
    }


def test_a_quarter_is_seen_when_it_is_over_and_enough_people_answered(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    count(programme, "POL-MD", FOUR, 4, texts=["zqx gezegd"])
    count(programme, "GEM-MD", TWO, 3)
    commands.answer(visit("hilde"), CODE, scores=TWO, text="zqx te vroeg")

    found = page(programme)
    assert found.quarters == (last(),)
    assert [one.scores[0].mean for one in found.totals] == [4.0] * 7
    means = {name: lines[0].scores[0] for name, lines in found.partners}
    police, town = (Agency.objects.get(code=code).name for code in ("POL-MD", "GEM-MD"))
    assert (means[police].mean, means[police].n) == (4.0, 4)
    assert (means[town].mean, means[town].n) == (None, None)
    assert found.texts == ((last(), ("zqx gezegd",)),)
    assert not found.may_answer

    after = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: after)
    later = page(programme)
    assert len(later.quarters) == 2
    assert later.totals[0].scores[1].mean is None
    assert "zqx te vroeg" not in str(later.texts)
    assert later.may_answer


@pytest.mark.parametrize("wrong", [{}, FOUR | {"room": 6}, FOUR | {"lead": 0}, {"room": 3}])
def test_each_criterion_takes_a_score(programme: Programme, wrong: Mapping[str, int]) -> None:
    with pytest.raises(Invalid) as found:
        commands.answer(visit("hilde"), CODE, scores=wrong)
    assert found.value.field in Criterion.values
    assert not PulseVoice.objects.exists()


def test_who_is_no_partner_is_refused_and_a_programme_that_ended_asks_nothing(programme: Programme) -> None:
    with pytest.raises(Refused):
        commands.answer(visit("hanneke"), CODE, scores=FOUR)
    assert Entry.objects.filter(event_type="programme.pulse_answered", outcome="refused").count() == 1
    with transaction.atomic(), write_scope(reason="test"):
        Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.ENDED)
        commands.journal(visit("anouk"), "programme.moved", programme=CODE)
    with pytest.raises(Invalid):
        commands.answer(visit("hilde"), CODE, scores=FOUR)


def test_what_scores_low_goes_on_the_agenda_once_and_is_settled(programme: Programme) -> None:
    count(programme, "POL-MD", FOUR | {"lines": 2}, 4)
    count(programme, "WON-WATERWEG", FOUR, 4)
    count(programme, "GEM-MD", TWO, 3)
    call_command("raise_pulse_points", verbosity=0)
    call_command("raise_pulse_points", verbosity=0)

    point = AgendaPoint.objects.get()
    assert (point.criterion, point.where) == ("lines", Agency.objects.get(code="POL-MD").name)
    with pytest.raises(Refused):
        commands.own_point(visit("hilde"), CODE, point.uid, owner="Iemand")
    with pytest.raises(Invalid):
        commands.settle_point(visit("anouk"), CODE, point.uid, how="Besproken")
    with pytest.raises(NotFound):
        commands.own_point(visit("anouk"), CODE, uuid4(), owner="Iemand")
    commands.own_point(visit("anouk"), CODE, point.uid, owner="De wethouder")
    done = commands.settle_point(visit("anouk"), CODE, point.uid, how="Elke week een half uur.")
    assert done.settled_on == clock.today()
    with pytest.raises(Invalid):
        commands.own_point(visit("anouk"), CODE, point.uid, owner="Een ander")


def test_a_point_is_not_settled_past_the_command(programme: Programme) -> None:
    count(programme, "POL-MD", TWO, 4)
    commands.raise_points(by=operator("test"))
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        AgendaPoint.objects.update(settled_on=clock.today())


def test_the_pages_answer_and_settle(programme: Programme) -> None:
    load_demo_pulse()
    load_demo_pulse()
    hilde, anouk = (sign_in(Professional.objects.get(demo_key=key)) for key in ("hilde", "anouk"))
    wrong = hilde.post(f"{AT}antwoord/", {"urgency": "3", "text": "zqx blijft staan"})
    assert wrong.status_code == 422
    assert "zqx blijft staan" in wrong.content.decode()
    assert hilde.post(f"{AT}antwoord/", {**FOUR, "text": ""}).status_code == 302
    assert "Antwoord in een minuut" not in hilde.get(AT).content.decode()

    seen = anouk.get(AT).content.decode()
    assert "Eigenaar noemen" in seen
    assert "Eigenaar noemen" not in hilde.get(AT).content.decode()
    assert "te weinig antwoorden" in seen
    point = AgendaPoint.objects.first()
    assert point is not None
    assert anouk.post(f"{AT}agenda/{point.uid}/eigenaar/", {"owner": "De wethouder"}).status_code == 302
    assert anouk.post(f"{AT}agenda/{point.uid}/handel-af/", {"how": "Zqx afspraak"}).status_code == 302
    assert "Zqx afspraak" in hilde.get(AT).content.decode()
    outsider, partner = (sign_in(Professional.objects.get(demo_key=key)) for key in ("hanneke", "hilde"))
    assert outsider.get(AT).status_code == 403
    page = AT.removesuffix("samenwerking/")
    for path in (page, f"{page}pact/", f"{page}vervolging/", f"{page}bemiddeling/", f"{page}halfjaarberichten/"):
        assert AT not in outsider.get(path).content.decode(), "a way to where nobody lets them in"
        assert AT in partner.get(path).content.decode()


def test_who_is_under_the_threshold_is_on_no_page(programme: Programme) -> None:
    count(programme, "GEM-MD", TWO, 3, texts=["zqx alleen"])
    seen = sign_in(Professional.objects.get(demo_key="hilde")).get(AT).content.decode()
    assert "zqx alleen" not in seen
    assert "2,0" not in seen


def test_a_moment_is_of_the_quarter_in_the_netherlands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    assert quarter_of(clock.today()) == Quarter(2026, 2)
