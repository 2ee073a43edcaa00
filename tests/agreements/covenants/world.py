"""The covenants of the demo as texts that a test can change, and the questions it asks of the policy."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agreements.covenants.commands import Loaded, load_covenant
from agreements.covenants.in_force import current_policy
from agreements.covenants.rules import operator
from agreements.parties.commands import load_parties
from agreements.policy.conditions import condition_bits
from agreements.policy.decide import decide
from agreements.policy.explain import explain
from agreements.policy.question import Actor, Question, Reader, Setting
from foundation import clock

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"
BY = operator("tests")
PGA = "PGA-MD"
OM, GEM, POL, ZVH, RVK = (Actor(code=f"{t}-MD", type=t) for t in ("OM", "GEM", "POL", "ZVH", "RVK"))
BAKEN = Actor(code="OND-BAKEN", type="OND")
ATTENDANCE = "truancy_hours"


@cache
def text(name: str = "pga-md.v2") -> str:
    return (DEMO / "covenants" / f"{name}.yaml").read_text()


def signatures(name: str = "pga-md.v2", **changes: Any) -> dict[str, Any]:
    """The signatures of the demo; changes: version_starts and version_ends, as in the file."""
    return {**yaml.safe_load((DEMO / "covenants" / f"{name}.signatures.yaml").read_text()), **changes}


def without(data: dict[str, Any], agency: str) -> dict[str, Any]:
    return {**data, "signatures": [item for item in data["signatures"] if item["agency"] != agency]}


def unsigned(data: dict[str, Any], agency: str) -> dict[str, Any]:
    """The same file with the place of one party still empty."""
    places = [
        {"agency": agency, "capacity": item["capacity"]} if item["agency"] == agency else item
        for item in data["signatures"]
    ]
    return {**data, "signatures": places}


def version(number: int, source: str | None = None) -> str:
    """The text of PGA-MD with another version number."""
    return (source or text()).replace("  version: 2\n", f"  version: {number}\n")


def attendance_announced(number: int) -> str:
    """A next version in which article 6.4 announces attendance instead of showing it: one line moved."""
    lines = text().splitlines()
    at = next(n for n, line in enumerate(lines) if '{id: "6.4"' in line)
    rule = lines.pop(at)
    under = next(n for n, line in enumerate(lines) if '{id: "6.9"' in line)
    lines.insert(under, rule)
    return version(number, "\n".join(lines) + "\n")


def load(source: str | None = None, data: dict[str, Any] | None = None) -> Loaded:
    return load_covenant(source or text(), signatures() if data is None else data, by=BY)


def house() -> None:
    """Organisations and people of the demo."""
    load_parties(yaml.safe_load((DEMO / "parties.yaml").read_text()))


def question(at: datetime | None = None, *, reader: Actor = OM, purpose: str = "pga_youth") -> Question:
    """A prosecutor (or another) reads what the municipality gave on a minor, in a meeting."""
    return Question(
        reader=Reader(agency=reader, roles=frozenset({"professional"}), purpose=purpose),
        setting=Setting(kind="person", phase="meeting", covenants=frozenset({PGA})),
        source=GEM,
        under=frozenset({PGA}),
        satisfied=condition_bits(["involved", "minor"]),
        at=at or clock.now(),
    )


def grade(at: datetime | None = None, *, field: str = ATTENDANCE, **who: Any) -> str:
    """visible, announced or silent; decide and explain must say the same."""
    policy, asked = current_policy(), question(at, **who)
    decision, bit = decide(policy, asked), 1 << policy.catalogue.by_code[field].bit
    found = "visible" if decision.visible & bit else "announced" if decision.announced & bit else "silent"
    assert explain(policy, asked, field).grade == found
    return found


def days(n: float) -> timedelta:
    return timedelta(days=n)
