"""Prosecution in a programme: nothing about a few, who gives priority, who reads follow-ups, faults by column."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.models import Membership, Professional
from agreements.parties.tokens import issue_token
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_justice import load_demo_justice
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.justice import commands, queries
from programmes.justice.models import FollowUp, FollowUpMeasured, Priority, Throughput
from programmes.justice.plots import plot_of
from programmes.justice.reading_file import COLUMNS
from programmes.justice.rules import Cell, Phase, half_before, phase, protected, span
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/vervolging/"
HEADER = ",".join(COLUMNS)


def cell(cases: int, standing: Cell | None = None, median: int = 140) -> Cell:
    low, high = Decimal(70), Decimal(280)
    return protected(
        cases=cases, low=low, median=Decimal(median), high=high, threshold=10, standing=standing
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cases", "expect"),
    [
        (9, Cell()),
        (10, Cell(cases=10)),
        (19, Cell(cases=20)),
        (20, Cell(cases=20, median=20)),
        (39, Cell(cases=40, median=20)),
        (40, Cell(cases=40, low=10, median=20, high=40)),
    ],
)
def test_every_part_that_a_bound_cuts_off_holds_the_threshold(cases: int, expect: Cell) -> None:
    assert cell(cases) == expect


@pytest.mark.parametrize("truly", range(40, 60))
def test_two_editions_of_a_cell_never_differ_by_a_few_cases(truly: int) -> None:
    standing = cell(truly)
    for later in range(truly - 9, truly + 10):
        assert cell(later, standing, median=77) == standing
    assert cell(truly + 25, standing, median=77).median == 11


def test_a_cell_that_fell_under_the_threshold_after_it_was_shown_stays_out() -> None:
    withdrawn = cell(3, cell(44))
    assert withdrawn == Cell(withdrawn=True)
    assert cell(80, withdrawn) == withdrawn
    assert cell(80, cell(3)).cases == 80  # never shown: there is nothing to compare


def test_half_years_and_phases_by_the_day() -> None:
    assert span(2025, 2) == (date(2025, 7, 1), date(2026, 1, 1))
    assert [half_before(date(2026, 6, 30), n) for n in (1, 2)] == [(2025, 2), (2025, 1)]
    assert half_before(date(2026, 7, 1)) == (2026, 1)
    term: Any = {"starts_on": date(2026, 2, 1), "until_on": date(2026, 2, 3)}
    assert [phase(on=date(2026, 2, 3), **term), phase(on=date(2026, 2, 4), **term)] == [Phase.NOW, Phase.PAST]
    assert phase(on=date(2026, 1, 31), **term) is Phase.COMING


@pytest.fixture
def programme(house: None) -> None:
    load_demo_programmes()


@pytest.fixture
def demo(programme: None) -> None:
    load_demo_justice()
    load_demo_justice()


def om() -> Any:
    return visit("astrid")


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def give(**more: Any) -> Priority:
    given: dict[str, Any] = {
        "offences": "robbery", "reason": "Twee winkels sloten.", "starts_on": clock.today(),
        "until_on": clock.today() + timedelta(days=30),
    } | more  # fmt: skip
    return commands.set_priority(om(), CODE, **given)


def test_only_the_prosecution_that_is_party_gives_priority(programme: None) -> None:
    for who in (visit("margot"), visit("anouk", "signatory"), visit("hilde"), visit("wouter", "team_lead")):
        with pytest.raises(Refused):
            commands.set_priority(
                who, CODE, offences="robbery", reason="x", starts_on=clock.today(), until_on=clock.today()
            )
    assert Entry.objects.filter(event_type="justice.priority_set", outcome="refused").count() == 4
    assert give().agency.code == "OM-MD"
    with pytest.raises(NotFound):
        commands.end_priority(om(), uuid4(), reason="x")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"offences": "zork"}, "offences"),
        ({"reason": " "}, "reason"),
        ({"until_on": date(2020, 1, 1)}, "until_on"),
        ({"starts_on": date(2020, 1, 1), "until_on": date(2020, 2, 1)}, "until_on"),
    ],
)
def test_a_priority_needs_a_group_a_reason_and_days_to_come(programme: None, more: Any, field: str) -> None:
    with pytest.raises(Invalid) as raised:
        give(**more)
    assert raised.value.field == field


def test_a_group_has_priority_once_at_a_time_and_its_end_has_a_reason(programme: None) -> None:
    made = give()
    with pytest.raises(Invalid):
        give(starts_on=made.until_on)
    with pytest.raises(Invalid):
        commands.end_priority(om(), made.uid, reason="")
    commands.end_priority(om(), made.uid, reason="Het aantal daalde.")
    with pytest.raises(Invalid):
        commands.end_priority(om(), made.uid, reason="Nog eens.")
    give(starts_on=clock.today() + timedelta(days=1))
    text = Client(HTTP_HOST="localhost").get(AT).content.decode()
    assert "Het aantal daalde." in text
    assert [one.phase for one in queries.justice_page(None, CODE).priorities] == [Phase.COMING, Phase.PAST]


def lines(*rows: str) -> str:
    return "\n".join((HEADER, *rows))


GOOD = "2024-1,robbery,48,100,150,200,Parket,2024-08-01"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2024-3,robbery,48,1,2,3,Parket,2024-08-01", "period"),
        ("2099-1,robbery,48,1,2,3,Parket,2024-08-01", "period"),
        ("2024-1,alles,48,1,2,3,Parket,2024-08-01", "offences"),
        ("2024-1,robbery,٤٨,1,2,3,Parket,2024-08-01", "cases"),
        ("2024-1,robbery,48,NaN,2,3,Parket,2024-08-01", "q1_days"),
        ("2024-1,robbery,48,1,,3,Parket,2024-08-01", "median_days"),
        ("2024-1,robbery,48,5,4,9,Parket,2024-08-01", "median_days"),
        ("2024-1,robbery,48,1,4,3,Parket,2024-08-01", "q3_days"),
        ("2024-1,robbery,48,1,2,3,,2024-08-01", "source"),
        ("2024-1,robbery,48,1,2,3,Parket,1 mei", "dated"),
        ("2024-1,robbery,48,1,2", "q3_days"),
        (GOOD, "offences"),
    ],
)
def test_a_fault_in_the_file_names_line_and_column_and_nothing_is_kept(programme: None, row: str, column: str) -> None:
    with pytest.raises(Invalid) as raised:
        commands.import_throughput(om(), CODE, file=lines(GOOD, row))
    assert f"regel 3, kolom {column}: " in raised.value.sentence
    assert not Throughput.objects.exists()


def test_a_file_without_its_columns_or_lines_is_refused(programme: None) -> None:
    for text in ("", "a,b,c", HEADER, 'period,"'):
        with pytest.raises(Invalid):
            commands.import_throughput(om(), CODE, file=text)


def test_what_is_about_few_is_nowhere_and_an_edition_with_a_few_more_changes_nothing(programme: None) -> None:
    few = "2024-1,weapons,9,33,133,333,Parket,2024-08-01"
    assert commands.import_throughput(om(), CODE, file="\ufeff" + lines(GOOD, few)) == commands.Kept(kept=1, hidden=1)
    kept = Throughput.objects.get(offences="weapons")
    assert (kept.cases, kept.low, kept.median, kept.high) == (None, None, None, None)
    shown = Throughput.objects.get(offences="robbery")
    assert (shown.cases, shown.low, shown.median, shown.high) == (50, 14, 21, 29)
    commands.import_throughput(om(), CODE, file=lines(GOOD.replace("48,100,150", "53,120,190")))
    assert Throughput.objects.get(offences="robbery").median == 21
    commands.import_throughput(om(), CODE, file=lines(GOOD.replace("48,100,150", "66,120,190")))
    assert Throughput.objects.get(offences="robbery").median == 27
    found = Client(HTTP_HOST="localhost").get(f"/api/v1/programmes/{CODE}/justice").json()["throughput"]
    assert {one["offences"]: one["times"][0]["cases"] for one in found} == {"weapons": None, "robbery": 70}


def test_the_operator_loads_a_file_and_reads_what_is_wrong(programme: None, tmp_path: Path) -> None:
    path = tmp_path / "tijden.csv"
    path.write_text(lines(GOOD), encoding="utf-8")
    out = StringIO()
    call_command("load_throughput", CODE, str(path), stdout=out)
    assert "1 cellen bewaard; 0" in out.getvalue()
    path.write_text(lines(GOOD.replace("48", "veel")), encoding="utf-8")
    for place in (str(path), str(tmp_path / "geen.csv")):
        with pytest.raises(CommandError):
            call_command("load_throughput", CODE, place)
    with pytest.raises(CommandError):
        call_command("load_throughput", "geen", str(path))
    assert Entry.objects.filter(event_type="justice.throughput_loaded").count() == 1


def test_the_picture_sets_the_newest_median_beside_the_newest_norm(programme: None) -> None:
    commands.import_throughput(om(), CODE, file=lines(GOOD))
    for days, weeks in ((20, 20), (10, 21)):
        day = clock.today() - timedelta(days=days)
        commands.agree_norm(visit("anouk"), CODE, offences="robbery", weeks=weeks, agreed_on=day, source="Stuurgroep")
        plot = plot_of(queries.justice_page(None, CODE).groups[0])
        assert (plot.newest, plot.tone) == ("21 weken", "ok" if weeks == 21 else "warn")
    gap = ["2022-2,robbery,44,1,2,3,P,2023-01-01", "2023-1,robbery,4,1,2,3,P,2023-08-01"]
    commands.import_throughput(om(), CODE, file=lines(*gap))
    plot = plot_of(queries.justice_page(None, CODE).groups[0])
    assert len(plot.bands) == len(plot.lines) == len(plot.dots) == 2  # not drawn over the half-year that is left out
    for who, more in ((visit("hilde"), {}), (om(), {"weeks": 0}), (om(), {"source": ""})):
        given = {"offences": "robbery", "weeks": 9, "agreed_on": clock.today(), "source": "x"} | more
        with pytest.raises((Refused, Invalid)):
            commands.agree_norm(who, CODE, **given)


def test_the_demo_shows_gaps_norms_and_what_has_priority_first(demo: None) -> None:
    page = queries.justice_page(None, CODE)
    assert page.groups[0].offences == "street_violence"
    weapons = next(one for one in page.groups if one.offences == "weapons")
    assert [one.cases for one in weapons.times][:3] == [None, None, 10]
    assert page.follow_ups == ()
    assert {plot_of(one).standing for one in page.groups} >= {"binnen de norm", "langer dan de norm"}


def test_follow_ups_are_read_by_partners_and_by_who_agreed_them_and_not_by_the_public(demo: None) -> None:
    both = ("Binnen een week iemand aan tafel", "Toezicht begint in de wijk")
    for client, reads in (
        (client_of("joost"), both), (client_of("wouter"), both[1:]), (client_of("ilse"), ()),
        (Client(HTTP_HOST="localhost"), ()),
    ):  # fmt: skip
        text = client.get(AT).content.decode()
        assert tuple(one for one in both if one in text) == reads
    assert "te weinig mensen om te tonen" in client_of("wouter").get(AT).content.decode()


def test_follow_ups_by_token(demo: None) -> None:
    def answer(key: str) -> Any:
        membership = Membership.objects.select_related("agency").get(professional__demo_key=key)
        headers = {"Authorization": f"Bearer {issue_token(membership, purpose='area_safety').token}"}
        return Client(HTTP_HOST="localhost").get(f"/api/v1/programmes/{CODE}/follow-ups", headers=headers)

    assert answer("ilse").status_code == 403
    assert [one["agency"] for one in answer("wouter").json()] == ["RCL-MD"]
    assert [one["share"] for one in answer("wouter").json()[0]["measured"]] == [63, None, None]
    assert len(answer("joost").json()) == 2


def test_a_measure_is_for_a_half_year_that_passed_under_the_agreement_and_keeps_only_the_share(demo: None) -> None:
    made = FollowUp.objects.get(agency__code="RCL-MD")
    who = visit("wouter", "team_lead")
    year, half = half_before(clock.today())
    good: dict[str, Any] = {"year": year, "half": half, "people": 60, "kept": 30, "source": "RCL"}
    for more, field in (
        ({"year": year + 3}, "half"), ({"year": year - 9}, "half"), ({"kept": 61}, "kept"), ({"people": 0}, "people"),
        ({"source": ""}, "source"), ({"half": 3}, "half"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as raised:
            commands.measure_follow_up(who, made.uid, **good | more)
        assert raised.value.field == field
    assert commands.measure_follow_up(who, made.uid, **good).share == 50
    assert commands.measure_follow_up(who, made.uid, **good | {"kept": 32}).share == 50  # a few more: not told
    for other in (visit("wouter"), visit("marloes", "team_lead"), visit("hilde")):
        with pytest.raises(Refused):
            commands.measure_follow_up(other, made.uid, **good)
    assert not any(field.name in ("people", "kept") for field in FollowUpMeasured._meta.get_fields())


def test_a_follow_up_is_agreed_with_who_follows_up(programme: None) -> None:
    good: dict[str, Any] = {
        "agency": "JB-MD", "title": "Snel", "text": "Binnen een week.", "norm": 90, "starts_on": clock.today(),
        "until_on": clock.today(),
    }  # fmt: skip
    for more, field in (
        ({"agency": "POL-MD"}, "agency"), ({"norm": 101}, "norm"), ({"until_on": date(2020, 1, 1)}, "until_on"),
        ({"title": ""}, "title"), ({"text": ""}, "text"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as raised:
            commands.agree_follow_up(om(), CODE, **good | more)
        assert raised.value.field == field
    with pytest.raises(Refused):
        commands.agree_follow_up(visit("hilde"), CODE, **good)
    assert commands.agree_follow_up(visit("anouk"), CODE, **good).agency.code == "JB-MD"


def test_forms_open_to_who_may_and_keep_what_was_typed(demo: None) -> None:
    astrid, joost, anouk = client_of("astrid"), client_of("joost"), client_of("anouk")
    for part in ("voorrang/", "norm/", "doorlooptijden/", "afspraak/"):
        assert astrid.get(f"{AT}{part}").status_code == 200
        assert joost.get(f"{AT}{part}").status_code == 403
    assert anouk.get(f"{AT}norm/").status_code == 200
    assert anouk.get(f"{AT}voorrang/").status_code == 403
    answer = astrid.post(f"{AT}doorlooptijden/", {"file": lines(GOOD.replace("48", "veel"))})
    assert answer.status_code == 422
    assert "regel 2, kolom cases: veel is geen aantal" in answer.content.decode()
    assert "2024-1,robbery,veel" in answer.content.decode()
    assert astrid.post(f"{AT}doorlooptijden/", {"file": lines(GOOD)}).status_code == 302
    uid = Priority.objects.get(offences="street_violence").uid
    assert astrid.get(f"{AT}voorrang/{uid}/beeindig/").status_code == 200
    assert astrid.post(f"{AT}voorrang/{uid}/beeindig/", {"reason": "Gehaald."}).status_code == 302
    uid = FollowUp.objects.get(agency__code="RCL-MD").uid
    assert anouk.get(f"{AT}afspraak/{uid}/meting/").status_code == 200
    assert joost.get(f"{AT}afspraak/{uid}/meting/").status_code == 403


def test_tables_change_only_in_a_write_scope(demo: None) -> None:
    with pytest.raises(Exception, match=r"write scope|scope"), transaction.atomic():
        Priority.objects.update(reason="anders")
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="tests"):
        Throughput.objects.filter(cases=None).update(median=3)


def test_a_priority_ends_by_the_clock(demo: None) -> None:
    with time_machine.travel(clock.start_of(clock.today() + timedelta(days=166)), tick=False):
        found = {one.offences: one.phase for one in queries.justice_page(None, CODE).priorities}
    assert found == {"street_violence": Phase.PAST, "weapons": Phase.NOW}
