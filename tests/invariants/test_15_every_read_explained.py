"""Every read by every persona has one explanation, of the same transaction; and there is none without its entry."""

import pytest

from agreements.models import Membership
from audit.journal.models import Entry
from audit.journal.reasons import ReasonCode
from tests.invariants.crawl import get, sign_in
from tests.invariants.test_01_marker_crawl import PERSONAS
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/inbox/", "/signalen/", "/overleggen/", "/convenanten/", "/privacy/toezicht/", "/mijn-inzages/",
    "/privacy/toezicht/verloop/", "/privacy/toezicht/tijdlijn/?sort=person&text=MW-2",
)  # fmt: skip
OF_A_CASE = ("", "tijdlijn/", "deelnemers/", "regels/", "plan/", "relaties/", "bijdrage/")


@pytest.mark.parametrize("key", PERSONAS)
def test_every_read_has_one_explanation_and_no_explanation_is_without_a_read(world: World, key: str) -> None:
    walked = 0
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        urls = [*PAGES, *(f"/casus/{number}/{part}" for number in world.cases for part in OF_A_CASE)]
        for url in [*urls, *(f"/verstrekkingen/{number}/" for number in world.cases)]:
            get(world, client, url)
            walked += 1

    reads = Entry.objects.filter(action="R", outcome="ok")
    about = {row.uid: row for row in reads if row.case_ref or "subject" in bytes(row.body).decode()}
    explained = {row.uid: row for row in Entry.objects.filter(reason_code__isnull=False)}
    assert walked > 20
    assert set(about) == set(explained)
    assert {row.reason_code for row in explained.values()} <= {code.value for code in ReasonCode}
    # R1 alone never explains that fields of one opened case were shown.
    opened = {uid for uid, row in about.items() if row.event_type == "case.read" and row.fields_0 + row.fields_1}
    assert not {uid for uid in opened if explained[uid].reason_code == ReasonCode.OPEN_PARTICIPATION}
