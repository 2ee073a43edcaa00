"""A closed case full of a secret, and its destruction. As a program: `SECRET FOLDER` does both.

It prints how often the secret stood in the files of the folder before, how often the locked bytes of an attachment
did, and those bytes in hex.
"""

import sys
from datetime import timedelta
from pathlib import Path


def in_files(folder: Path, secret: str) -> int:
    """How many times the secret stands in the files below a folder."""
    return bytes_in_files(folder, secret.encode())


def bytes_in_files(folder: Path, sought: bytes) -> int:
    """The same for bytes, such as those of a locked file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.read_bytes().count(sought) for path in files)


def plant(secret: str) -> None:
    """A case that was closed long ago, with the secret in facts, versions and words, and in the indexes of search."""
    from django.core.management import call_command

    from agreements.models import Agency
    from cases.models import Case
    from cases.plans.models import Closing
    from cases.records.sealed import SealedFacts
    from cases.search.models import RoomRow, SearchRow
    from foundation import clock
    from tests.cases.desk import changing, give, make_case
    from tests.invariants.world import load_house

    load_house()
    case = make_case("B-1", live=("GEM-MD", "ZVH-MD"), began=clock.now() - timedelta(days=500))
    for _ in range(20):
        give(_world(), case, "GEM-MD", full_name=secret)
    _attach(case, secret)
    at = clock.now() - timedelta(days=400)
    with changing():
        Closing.objects.create(
            case=case, source=Agency.objects.get(code="GEM-MD"), under=case.covenants,
            values=SealedFacts.seal({"evaluation_text": secret}), present="0", given_at=at, step="closed",
            reason="goals_met", decided_at=at,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state="closed", next_step=secret)
    call_command("reindex", stdout=sys.stderr)
    for index in (SearchRow, RoomRow):
        assert index.objects.filter(words__contains=secret).exists(), "otherwise the indexes prove nothing"


def _attach(case, secret: str) -> None:  # type: ignore[no-untyped-def]
    """A file with the secret in its name and in its bytes, as its giver would add it."""
    from cases.attachments import commands
    from tests.cases.desk import reading

    text = f"{secret}\n".encode() * 3
    giving = commands.Giving(name=f"{secret}.txt", data=text, size=len(text), field="debt_problem")
    commands.add_attachment(reading(_world(), "sanne"), case.number, giving)


def locked_bytes() -> bytes:
    """Of the file in the case, what the store holds of its bytes; empty when it holds none."""
    from cases.attachments.models import AttachmentBytes

    return bytes(AttachmentBytes.objects.values_list("locked", flat=True).first() or b"")


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
    locked = locked_bytes()
    met = bytes_in_files(Path(sys.argv[2]), locked)
    sys.stdout.write(f"{in_files(Path(sys.argv[2]), sys.argv[1])} {met} {locked.hex()}")
    destroy()
