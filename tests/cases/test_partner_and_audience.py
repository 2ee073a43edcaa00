"""What a third party learns of a case beside its copy, and who an agency is told will read what it gives."""

import pytest
from django.test import Client

from agreements.models import Membership
from agreements.parties.tokens import issue_token
from cases.casework import queries
from cases.disclosure.audience import audience
from cases.disclosure.reading import Reading
from tests.invariants.conftest import world

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_the_api_tells_a_third_party_no_phase_partner_or_step_of_a_case_it_does_not_read(world) -> None:
    membership = Membership.objects.select_related("agency", "professional").get(professional=world.people["peter"])
    token = issue_token(membership, purpose="pga_youth").token

    body = Client().get("/api/v1/extracts/MW-4", headers={"Authorization": f"Bearer {token}"}).json()

    assert body["number"] == "MW-4"
    assert (body["phase"], body["partners"], body["next_step"], body["urgency"]) == ("", [], "", "")


def test_the_form_names_readers_for_every_purpose_they_have_not_only_that_of_the_case(world) -> None:
    from agreements.parties.reader import visit_of

    membership = Membership.objects.select_related("agency", "professional").get(professional=world.people["peter"])
    reading = Reading.begin(visit_of(membership, strength="demo", trace_id="0" * 32), route="test", event="test")
    place = queries.place_of(reading, "MW-1")
    bit = reading.policy.catalogue.by_code["school_observation"].bit

    readers = audience(reading, place.case, under=place.under)[bit]

    # The case was opened for pga_youth; youth care reads school's observations for youth_school alone (JS-MD 8.1).
    assert world.cases["MW-1"].purpose == "pga_youth"
    assert "JB" in readers
