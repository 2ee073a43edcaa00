"""The organisations, people and areas of the demo; programmes are made by each test or loaded from the demo."""

from dataclasses import replace

import pytest

from agreements.models import Membership
from agreements.parties.reader import Visit, visit_of
from deploy.demo_areas import load_demo_areas
from tests.agreements.covenants.world import house as load_house


@pytest.fixture
def house(db: None) -> None:
    """Who and where: agencies, personas, areas with numbers."""
    load_house()
    load_demo_areas()


def visit(key: str, *roles: str) -> Visit:
    """The visit of a persona; with other roles than their own when they are given."""
    membership = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    made = visit_of(membership, strength="demo", trace_id="0" * 32)
    return replace(made, roles=frozenset(roles)) if roles else made
