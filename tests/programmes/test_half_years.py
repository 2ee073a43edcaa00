"""Reports per half-year: made in the background of what is public, published once, provably unaltered; open data."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from asn1crypto.x509 import Certificate
from django.db import IntegrityError, transaction
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from agreements.models import Professional
from agreements.signing.certificates import der_of, read_certificate
from agreements.signing.keys import root_pem
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.pacts.models import Pledge
from programmes.plans.acting import journal
from programmes.plans.models import Goal, Programme, ProgrammeState
from programmes.reports import commands, open_data, paper, queries, tasks
from programmes.reports.models import HalfYearReport, ReportState
from programmes.reports.rules import HalfYear, ended, half_year
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
AT = f"/wijkprogrammas/{CODE}/halfjaarberichten/"
WORDS = "De voorschool ging open. De werkplekken kwamen later dan beloofd."


def test_a_half_year_has_its_days_and_is_told_of_when_it_is_over() -> None:
    first, second = HalfYear(2026, 1), HalfYear(2026, 2)
    assert (first.first_day, first.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (second.first_day, second.last_day) == (date(2026, 7, 1), date(2026, 12, 31))
    assert first.holds(date(2026, 6, 30))
    assert not first.holds(date(2026, 7, 1))
    assert not first.holds(None)
    assert ended(starts_year=2025, until_year=2040, today=date(2026, 6, 30)) == (HalfYear(2025, 2), HalfYear(2025, 1))
    assert ended(starts_year=2025, until_year=2040, today=date(2026, 7, 1))[0] == first


@pytest.mark.parametrize("text", ["", "2026", "2026-3", "26-1", "2026-1-1", "²026-1", "2026-"])
def test_what_is_no_half_year_is_none(text: str) -> None:
    assert half_year(text) is None
    assert half_year("2026-1") == HalfYear(2026, 1)


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def newest() -> str:
    return queries.shelf(visit("anouk"), CODE).free[0].code


def made(text: str = WORDS) -> HalfYearReport:
    """A report that the worker made: in the suite work is done at once, after the commit."""
    report = commands.ask_half_year(visit("anouk"), CODE, half=newest(), text=text)
    tasks.make_half_year.call(str(report.uid))
    report.refresh_from_db()
    return report


def text_of(report: HalfYearReport) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(report.content or b""))).pages)


def holds(pdf: bytes) -> bool:
    """Whether the seal is whole and of the key of this installation."""
    trust = ValidationContext(
        trust_roots=[Certificate.load(der_of(read_certificate(root_pem())))], allow_fetching=False
    )
    status = validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], trust)
    return bool(status.intact and status.valid and status.trusted)


def test_a_report_is_made_from_what_is_public_and_sealed(programme: Programme) -> None:
    draft = Goal.objects.filter(pillar__programme=programme).first()
    assert draft is not None
    with transaction.atomic(), write_scope(reason="test"):
        Goal.objects.filter(pk=draft.pk).update(decided=False, title="Doel dat nog niemand weet")
        Pledge.objects.filter(programme=programme).update(owner="Zqx Eigenaar", reason="zqx reden")
        _entry()

    report = made()
    text = text_of(report)

    assert report.state == ReportState.DONE
    assert "voorschool ging open" in text
    assert "Doel dat nog niemand weet" not in text
    assert "Zqx" not in text
    assert "zqx" not in text
    pdf = bytes(report.content or b"")
    assert holds(pdf)
    assert not holds(pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    twin = json.loads(PdfReader(io.BytesIO(bytes(report.content or b""))).attachments[paper.NUMBERS][0])
    told = queries.told(CODE)
    assert twin["goals"] == queries.goal_rows(told)
    assert twin["pledges"] == queries.pledge_rows(told)
    assert twin["goals"]
    assert twin["pledges"]


def test_until_it_is_published_only_who_leads_reads_it(programme: Programme) -> None:
    report = made()
    everybody, leader, other = Client(), sign_in(_person("anouk")), sign_in(_person("hilde"))

    def seen(client: Client) -> tuple[bool, int]:
        page = client.get(AT).content.decode()
        return WORDS[:20] in page, client.get(f"{AT}{report.uid}/pdf").status_code

    assert [seen(client) for client in (everybody, leader, other)] == [(False, 404), (True, 200), (False, 404)]
    assert Client().get(f"/api/v1/programmes/{CODE}/half-years").json() == []
    with pytest.raises(Refused):
        commands.publish_half_year(visit("hilde"), CODE, report.uid)

    commands.publish_half_year(visit("anouk"), CODE, report.uid)

    assert [seen(client) for client in (everybody, leader, other)] == [(True, 200)] * 3
    [line] = Client().get(f"/api/v1/programmes/{CODE}/half-years").json()
    assert Client().get(line["url"]).content == bytes(report.content or b"")
    with pytest.raises(Invalid):
        commands.publish_half_year(visit("anouk"), CODE, report.uid)
    assert list(Entry.objects.filter(event_type__startswith="programme.half_year").values_list("outcome", flat=True))


def test_a_published_half_year_is_not_told_again_and_an_unpublished_one_is_made_anew(programme: Programme) -> None:
    first = made()
    again = made("Andere woorden, want dit klopte niet.")
    assert not HalfYearReport.objects.filter(uid=first.uid).exists()
    commands.publish_half_year(visit("anouk"), CODE, again.uid)

    half = f"{again.year}-{again.half}"
    with pytest.raises(Invalid):
        commands.ask_half_year(visit("anouk"), CODE, half=half, text=WORDS)
    assert half not in [one.code for one in queries.shelf(visit("anouk"), CODE).free]


@pytest.mark.parametrize("half", ["2099-1", "1999-2", "x", ""])
def test_a_half_year_that_is_not_over_or_not_of_the_programme_is_refused(programme: Programme, half: str) -> None:
    with pytest.raises(Invalid) as found:
        commands.ask_half_year(visit("anouk"), CODE, half=half, text=WORDS)
    assert found.value.field == "half"


def test_who_does_not_lead_is_refused_and_a_proposal_has_no_report(programme: Programme) -> None:
    with pytest.raises(Refused):
        commands.ask_half_year(visit("hilde"), CODE, half=newest(), text=WORDS)
    with pytest.raises(NotFound):
        queries.report_content(None, CODE, uuid4())
    with transaction.atomic(), write_scope(reason="test"):
        Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.PROPOSED)
        _entry()
    with pytest.raises(Invalid):
        commands.ask_half_year(visit("anouk"), CODE, half="2025-1", text=WORDS)


def test_making_it_twice_at_once_is_refused_and_one_that_was_dropped_can_be_made_again(programme: Programme) -> None:
    report = commands.ask_half_year(visit("anouk"), CODE, half="2025-1", text=WORDS)
    with pytest.raises(Invalid):
        commands.ask_half_year(visit("anouk"), CODE, half="2025-1", text=WORDS)
    with transaction.atomic(), write_scope(reason="test"):
        HalfYearReport.objects.filter(uid=report.uid).update(asked_at=clock.now() - timedelta(hours=1))
        _entry()
    assert commands.ask_half_year(visit("anouk"), CODE, half="2025-1", text=WORDS).uid != report.uid


def test_a_fault_in_making_it_is_said_and_nothing_is_kept(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "told", _broken)
    report = made()
    assert (report.state, report.content) == (ReportState.FAILED, None)
    assert "Mislukt" in sign_in(_person("anouk")).get(AT).content.decode()


def test_a_report_of_nothing_cannot_be_published_past_the_command(programme: Programme) -> None:
    report = commands.ask_half_year(visit("anouk"), CODE, half="2025-1", text=WORDS)
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        HalfYearReport.objects.filter(uid=report.uid).update(published_on=clock.today())


def test_the_page_makes_and_publishes_a_report(programme: Programme) -> None:
    anouk = sign_in(_person("anouk"))
    wrong = anouk.post(f"{AT}nieuw/", {"half": newest(), "text": ""})
    assert wrong.status_code == 422
    assert anouk.post(f"{AT}nieuw/", {"half": newest(), "text": WORDS}).status_code == 302
    report = HalfYearReport.objects.get()
    assert 'hx-trigger="every 1s"' in anouk.get(AT).content.decode()
    tasks.make_half_year.call(str(report.uid))
    part = anouk.get(AT, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Publiceer" in part
    assert anouk.post(f"{AT}{report.uid}/publiceer/").status_code == 302
    assert "gepubliceerd op" in Client().get(AT).content.decode()


def test_open_data_tells_what_the_pages_tell(programme: Programme) -> None:
    with transaction.atomic(), write_scope(reason="test"):
        Pledge.objects.filter(programme=programme).update(owner="Zqx Eigenaar", reason="zqx reden")
        first = Pledge.objects.filter(programme=programme).first()
        assert first is not None
        Pledge.objects.filter(pk=first.pk).update(promise="=1+1")
        _entry()
    text = Client().get("/wijkprogrammas/open-data.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    page = queries.told(CODE).pact

    assert tuple(rows[0]) == open_data.COLUMNS
    assert [row["standing"] for row in rows] == [line.standing for line in page.pledges]
    assert "'=1+1" in [row["promise"] for row in rows]
    found = Client().get("/wijkprogrammas/open-data.json").json()
    [one] = found["hasPart"]
    assert len(one["verbond:pledge"]) == len(rows)
    assert one["verbond:goal"]
    assert "zqx" not in (text + json.dumps(found)).lower()


def _broken(*_: Any) -> None:
    raise RuntimeError("zqx")


def _person(key: str) -> Professional:
    return Professional.objects.get(demo_key=key)


def _entry() -> None:
    journal(visit("anouk"), "programme.moved", programme=CODE)
