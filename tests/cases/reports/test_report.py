"""The signed report per covenant: what it counts, what it withholds, and that its signature holds."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from asn1crypto.x509 import Certificate
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from agreements.signing import keys
from agreements.signing.certificates import der_of, read_certificate
from audit.exports import commands
from audit.exports.commands import Wish
from audit.exports.kinds import Asked, kinds
from audit.journal.appender import append
from audit.journal.entry import Because, Outcome
from audit.journal.reading import admit
from cases.reports import counts
from foundation import clock
from tests.audit.stand_ins import entry
from tests.cases.desk import visit
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
V2 = ("PGA-MD v2 art. 6.1",)


def log(world: World) -> None:
    """Three days: 24 reads by the police, 12 of them break-glass, 4 by the school, refusals, another covenant."""
    police, school = visit(world, "ruben"), visit(world, "hanneke")
    why, none = Because(code="R3"), Because(code="U")

    def by(who: Any, n: int, **what: Any) -> list[Any]:
        more = {"because": why, "fields": 1, "articles": V2, "purpose": "pga_youth"} | what
        return [entry(actor_ref=who.actor_ref, agency_ref=who.agency_ref, **more) for _ in range(n)]

    days = (
        by(police, 11) + by(school, 4, articles=(*V2, "PGA-MD v2 art. 7")),
        by(police, 12, break_glass=True) + by(police, 30, articles=("PGA-MD2 v1 art. 1",)),
        by(police, 1, because=none) + by(police, 25, outcome=Outcome.REFUSED, articles=(), fields=0),
    )
    for ago, entries in zip((4, 3, 2), days, strict=True):
        with time_machine.travel(clock.now() - timedelta(days=ago)), transaction.atomic():
            append(entries)


def made(world: World, who: str) -> bytes:
    visitor = visit(world, who)
    officer = admit(visitor, route="test")
    since = clock.start_of(clock.today() - timedelta(days=6))
    wish = Wish(kind="covenant_report", since=since, until=clock.start_of(clock.today()), covenant="PGA-MD")
    # The suite's queue does the work at once.
    return b"".join(commands.fetch(officer, commands.order(officer, wish).uid)[1])


def twin(pdf: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PdfReader(BytesIO(pdf)).attachments["cijfers.json"][0])
    return found


def test_the_report_counts_by_agency_article_and_purpose_in_whole_tens_and_its_signature_holds(world: World) -> None:
    log(world)
    police, school = (visit(world, who).agency_ref for who in ("ruben", "hanneke"))

    pdf = made(world, "ineke")

    found = twin(pdf)
    numbers = {row["code"]: row["at_least"] for row in found["agencies"]}
    assert (numbers[police], numbers[school]) == (20, 0)
    assert {row["code"]: row["at_least"] for row in found["articles"]} == {
        "PGA-MD v2 art. 6.1": 20, "PGA-MD v2 art. 7": 0,
    }  # fmt: skip
    assert {row["code"]: row["at_least"] for row in found["purposes"]} == {"pga_youth": 20}
    assert found["break_glass_at_least"] == 10
    assert found["unexplained"] == [{"code": police, "at_least": 0}]
    assert (found["refused_at_least"], found["refused_elsewhere"]) == (0, [{"code": police, "at_least": 20}])
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "minder dan 10" in words
    assert "minstens 20" in words
    undated = re.sub(r"\d{1,2} [a-z]+\.? \d{4}(?:,? (?:om )?\d{1,2}:\d{2})?|\d{1,2}-\d{1,2}-\d{4}", "", words)
    assert not re.search(r"\b(?:24|28|4)\b|PGA-MD2", undated), undated
    assert _holds(pdf)
    assert not _holds(pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1))


def _holds(pdf: bytes) -> bool:
    """Whether the signature is whole and of the key of this installation."""
    root = Certificate.load(der_of(read_certificate(keys.root_pem())))
    trust = ValidationContext(trust_roots=[root], allow_fetching=False)
    status = validate_pdf_signature(PdfFileReader(BytesIO(pdf)).embedded_signatures[0], trust)
    return bool(status.intact and status.valid and status.trusted)


def test_an_officer_of_one_agency_reports_on_own_readers_only(world: World) -> None:
    log(world)

    found = twin(made(world, "dirk"))

    assert [row["code"] for row in found["agencies"]] == [visit(world, "dirk").agency_ref]
    assert found["of_agency"] == visit(world, "dirk").agency_ref


def test_days_are_counted_once_each_also_at_the_ends(world: World) -> None:
    kind = kinds()["covenant_report"]
    since = clock.start_of(clock.today() - timedelta(days=3)) + timedelta(hours=10)
    asked = Asked(agency="", covenant="PGA-MD", since=since, until=since + timedelta(days=2), language="nl")

    places, place = [], ""
    while piece := kind.step(asked, place):
        place = piece.place
        places.append(place)

    assert len(places) == len(set(places)) == counts.days(asked) == kind.total(asked) == 3
