"""A closed case full of a secret, and its destruction. As a program: `SECRET FOLDER` does both.

It prints how often the secret stood in the files of the folder before.
"""

import sys
from datetime import timedelta
from pathlib import Path


def in_files(folder: Path, secret: str) -> int:
    """How many times the secret stands in the files below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.read_bytes().count(secret.encode()) for path in files)


def plant(secret: str) -> None:
    """A case that was closed long ago, with the secret in facts, versions and words."""
    from agreements.models import Agency
    from cases.models import Case
    from cases.plans.models import Closing
    from cases.records.sealed import SealedFacts
    from foundation import clock
    from tests.cases.desk import changing, give, make_case
    from tests.invariants.world import load_house

    load_house()
    case = make_case("B-1", live=("GEM-MD", "ZVH-MD"), began=clock.now() - timedelta(days=500))
    for _ in range(20):
        give(_world(), case, "GEM-MD", full_name=secret)
    at = clock.now() - timedelta(days=400)
    with changing():
        Closing.objects.create(
            case=case, source=Agency.objects.get(code="GEM-MD"), under=case.covenants,
            values=SealedFacts.seal({"evaluation_text": secret}), present="0", given_at=at, step="closed",
            reason="goals_met", decided_at=at,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state="closed", next_step=secret)


def destroy() -> None:
    """Propose, approve by another, carry out, and rewrite the store: what `manage.py erase_due` does at night."""
    from django.core.management import call_command

    from cases.retention import commands
    from tests.cases.desk import reading

    made = commands.propose(reading(_world(), "nadia"), "B-1", scope="case")
    commands.approve(reading(_world(), "carla"), made.uid)
    call_command("erase_due", stdout=sys.stderr)


def _world():  # type: ignore[no-untyped-def]
    from agreements.models import Professional
    from tests.invariants.world import World

    return World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})


if __name__ == "__main__":
    import django

    django.setup()
    plant(sys.argv[1])
    sys.stdout.write(str(in_files(Path(sys.argv[2]), sys.argv[1])))
    destroy()
