"""Invariant 1 for words beside the catalogue: why an agency takes part, notes on phases, the next step.

No article grants them, so only their author reads them; the next step also its owner and the lead.
"""

import re

import pytest

from agreements.models import Membership
from tests.invariants.crawl import sign_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

PLANTED = re.compile(r"zq(?:reason|note)-[A-Z-]+|zqstep")
PAGES = (
    "/", "/casus/MW-1/", "/casus/MW-1/tijdlijn/", "/casus/MW-1/deelnemers/", "/casus/MW-1/regels/",
    "/casus/MW-1/?als=POL-MD", "/casus/MW-1/?als=GEM-MD", "/verstrekkingen/MW-4/", "/verstrekkingen/MW-1/",
)  # fmt: skip


@pytest.mark.parametrize("key", ["nadia", "ruben", "peter", "sanne", "joost", "marloes"])
def test_nobody_reads_the_free_text_of_another_agency(world: World, key: str) -> None:
    agency = Membership.objects.select_related("agency").get(professional=world.people[key]).agency
    allowed = {f"zqreason-{agency.code}", f"zqnote-{agency.code}"}
    allowed |= {"zqstep"} if agency.type in ("GEM", "ZVH") else set()
    client = sign_in(world.people[key])

    seen = {url: set(PLANTED.findall(client.get(url).content.decode())) for url in PAGES}

    assert {url: words - allowed for url, words in seen.items() if words - allowed} == {}
    assert "zqstep" not in seen["/casus/MW-1/?als=POL-MD"]


def test_who_must_take_the_step_and_the_lead_read_it(world: World) -> None:
    for key in ("nadia", "sanne"):
        assert "zqstep" in sign_in(world.people[key]).get("/casus/MW-1/").content.decode()


def test_an_agency_reads_why_it_takes_part_itself(world: World) -> None:
    page = sign_in(world.people["peter"]).get("/casus/MW-1/deelnemers/").content.decode()

    assert "zqreason-OND-BAKEN" in page
