"""The organisations, people and areas of the demo; programmes are made by each test or loaded from the demo."""

from dataclasses import replace

import pytest

from agreements.covenants.rules import operator
from agreements.models import Membership
from agreements.parties.reader import Visit, visit_of
from deploy.demo_areas import load_demo_areas
from tests.agreements.covenants.world import DEMO, load_covenant, signatures
from tests.agreements.covenants.world import house as load_house
from tests.stores.kept import standing_for_files


def _who_and_where() -> None:
    load_house()
    load_demo_areas()


house_stands = standing_for_files("areas", _who_and_where)


@pytest.fixture
def house(house_stands: bool, db: None) -> None:
    """Who and where: agencies, personas, areas with numbers."""
    if not house_stands:
        _who_and_where()


@pytest.fixture
def town(house: None) -> None:
    """A covenant of an area and one of persons are in force."""
    for name in ("hav-gebied.v1", "pga-md.v1", "pga-md.v2"):
        load_covenant((DEMO / "covenants" / f"{name}.yaml").read_text(), signatures(name), by=operator("tests"))


def visit(key: str, *roles: str) -> Visit:
    """The visit of a persona; with other roles than their own when they are given."""
    membership = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    made = visit_of(membership, strength="demo", trace_id="0" * 32)
    return replace(made, roles=frozenset(roles)) if roles else made
