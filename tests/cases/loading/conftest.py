"""The parties and covenants of the demo, loaded once per file; what a test adds is rolled back after it."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from agreements.covenants.commands import load_covenant
from agreements.covenants.rules import operator
from agreements.parties.commands import load_parties
from agreements.parties.models import Membership
from agreements.parties.reader import AgencyRef, Visit
from deploy.management.commands.load_demo import FOLDER, covenant_files

EXAMPLE: dict[str, Any] = {
    "format": "verbond-case/1",
    "number": "MD-2026-0999",
    "kind": "person",
    "purpose": "pga_adult",
    "district": "Waterkant",
    "urgency": "high",
    "covenants": ["PGA-MD"],
    "opened": -40,
    "phases": [
        {"phase": "signal", "from": -40, "by": "GEM-MD"},
        {"phase": "plan", "from": -12, "by": "ZVH-MD", "note": "Plan vastgesteld"},
    ],
    "state": "open",
    "subjects": [{"key": "sam", "birth_date": -12400, "role": "subject"}],
    "participations": [
        {"agency": "ZVH-MD", "from": -40, "mode": "live", "people": ["nadia"], "reason": "Regie"},
        {"agency": "GEM-MD", "from": -40, "mode": "live", "reason": "Melder"},
        {"agency": "WON-WATERWEG", "from": -30, "mode": "extract", "reason": "Verhuurder"},
    ],
    "contributions": [
        {
            "key": "naam", "subject": "sam", "agency": "GEM-MD", "under": ["PGA-MD"], "section": "identity",
            "values": {"full_name": "Sam Voorbeeld", "date_of_birth": -12400},
            "kind": "fact", "reliability": 1, "observed_on": -40, "given_on": -40, "by": "sanne", "basis": "WGS-1.5",
        },
        {
            "key": "huur", "subject": "sam", "agency": "WON-WATERWEG", "under": ["PGA-MD"], "section": "housing",
            "values": {"rent_arrears_months": 3, "eviction_date": 9},
            "kind": "fact", "reliability": 2, "observed_on": -30, "given_on": -30, "by": "joost",
            "basis": "AVG-6-1-e-f",
            "corrections": [{"on": -5, "values": {"rent_arrears_months": 4}, "reason": "Weer een maand."}],
            "withdrawn": {"on": -2, "reason": "Alsnog betaald."},
            "contested": {"rent_arrears_months": "Ik heb alles betaald."},
        },
    ],
    "next_step": {"text": "Plan bespreken", "on": 5, "owner": "GEM-MD"},
}  # fmt: skip


@pytest.fixture(scope="module")
def agreed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Organisations, personas and covenants stand; there are no cases."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # As Django's own TestCase does: a durable block inside a test's transaction is meant.
        outer._from_testcase = True
        with outer:
            load_parties(_yaml(FOLDER / "parties.yaml"))
            for path in covenant_files():
                signatures = _yaml(path.with_suffix(".signatures.yaml"))
                load_covenant(path.read_text(encoding="utf-8"), signatures, by=operator("test"))
            yield
            transaction.set_rollback(True)


@pytest.fixture
def store(agreed: None, db: None) -> None:
    """The same, and everything that the test writes goes again: its own transaction is within that of the file."""


@pytest.fixture
def case() -> dict[str, Any]:
    """A case file that is right, to be spoiled."""
    return copy.deepcopy(EXAMPLE)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes case files; returns the path of each."""

    def write(content: Any, name: str = "case.json") -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def visit_of(key: str) -> Visit:
    """A visit of a persona."""
    row = Membership.objects.in_force().select_related("professional", "agency").get(professional__demo_key=key)
    person, agency = row.professional, row.agency
    return Visit(
        professional_id=person.pk,
        professional_uuid=str(person.uuid),
        name=person.name,
        agency=AgencyRef(id=agency.pk, code=agency.code, type=agency.type, oin=agency.oin, name=agency.name),
        roles=frozenset(row.roles),
        strength="demo",
        membership_id=row.pk,
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
