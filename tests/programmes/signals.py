"""What the tests of signal patterns work with: signals in a closed quarter, and everything that somebody can get."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client

from agreements.covenants.rules import operator
from agreements.models import Agency, Membership
from agreements.parties.tokens import issue_token
from cases.disclosure.reading import Reading
from cases.intake.commands import Reported, report_signal
from foundation import clock
from programmes.areas.models import Area
from programmes.patterns.closing import close
from programmes.patterns.models import SignalCell, SignalCluster
from programmes.patterns.rules import moments_of, newest_due
from programmes.pulse.rules import Quarter
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

COVENANT, AREA, KIND = "HAV-GEBIED", "bu99990004", "nuisance"
BY = operator("test")
AT = "/signaalpatronen/"


def due() -> Quarter:
    return newest_due(clock.today(), wait=settings.PATTERN_WAIT_DAYS)


def then() -> datetime:
    """In the middle of the newest quarter that may be counted."""
    return moments_of(due())[0] + timedelta(days=40)


def reading(key: str, *, at: datetime | None = None) -> Reading:
    made = Reading.begin(visit(key), route="test", event="patterns.read")
    return replace(made, at=at) if at else made


def report(key: str, n: int = 1, *, area: str = AREA, kind: str = KIND, at: datetime | None = None) -> list[str]:
    what = Reported(
        about="area", kind=kind, seen="Elke avond lawaai", place="Kade 9", reliability="seen", neighbourhood=area
    )
    return [report_signal(reading(key, at=at or then()), what) for _turn in range(n)]


def cell(*, area: str = AREA, kind: str = KIND, quarter: Quarter | None = None) -> int:
    at = quarter or due()
    return SignalCell.objects.get(
        area__code=area, kind=kind, quarter__year=at.year, quarter__quarter=at.number
    ).at_least  # fmt: skip


def browser(key: str) -> Client:
    member = Membership.objects.select_related("professional").get(professional__demo_key=key)
    return sign_in(member.professional, member)


def token(key: str, purpose: str) -> Client:
    member = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    given = issue_token(member, purpose=purpose, case="").token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {given}")


def all_bytes(key: str = "ruben") -> dict[str, bytes]:
    """Everything that somebody can get: every choice of the page, every neighbourhood, the file and the API."""
    one, choices = browser(key), [code for code, _nl, _en in visible_kinds()]
    paths = [AT, f"{AT}aantallen.csv", *(f"{AT}?soort={kind}&kwartaal={due().code}" for kind in choices)]
    paths += [f"{AT}wijk/{code}/" for code in Area.objects.values_list("code", flat=True)]
    found = {path: one.get(path).content for path in paths}
    found["api"] = token(key, "area_safety").get("/api/v1/signal-patterns").content
    return {path: re.sub(rb'value="[A-Za-z0-9]{64}"|nonce-\S+', b"", text) for path, text in found.items()}


def visible_kinds() -> tuple[tuple[str, str, str], ...]:
    return reading("ruben").policy.catalogue.by_code["signal_domain"].choices


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def past(counts: dict[tuple[str, str], int], *, quarters: int = 4) -> None:
    """Closed quarters before the newest one, in which each of three agencies reported a third."""
    sources = list(Agency.objects.values_list("pk", flat=True)[:3])
    at = due()
    for _turn in range(quarters):
        at = at.before
        numbers = {where: dict.fromkeys(sources, n // 3) for where, n in counts.items()}
        close(COVENANT, at, numbers, source="Vroeger", by=BY)


def cluster(town: None) -> SignalCluster:
    past({})
    sources = list(Agency.objects.values_list("pk", flat=True)[:3])
    close(COVENANT, due(), {(AREA, KIND): dict.fromkeys(sources, 12)}, source="Vroeger", by=BY)
    return SignalCluster.objects.get()
