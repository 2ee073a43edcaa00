"""Loads case files, all or nothing: read, check against each other and the world, write, journal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agreements.covenants.rules import Author
from audit.journal.scope import write_scope
from cases.casework.loading.case_file import read_case_file
from cases.casework.loading.check import check_case
from cases.casework.loading.check_facts import check_facts
from cases.casework.loading.faults import CaseFilesInvalid, Fault
from cases.casework.loading.people import Staff
from cases.casework.loading.shapes import CaseFile
from cases.casework.loading.world import World, look_around
from cases.casework.loading.write import write_case
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCases:
    """What was loaded: the case numbers in order of the files, and how many rows of facts."""

    numbers: tuple[str, ...]
    contributions: int
    versions: int


def check_case_files(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Everything that is against loading these files together. Leaves no trace."""
    return _read(paths)[2]


@transaction.atomic
def load_case_files(paths: Sequence[Path], *, by: Author) -> LoadedCases:
    """Load case files together, or none of them.

    Raises CaseFilesInvalid with every fault; nothing was written.
    Source: docs/gegevens-inladen.md, section 3.
    """
    files, world, faults = _read(paths)
    if faults:
        raise CaseFilesInvalid(faults)
    with write_scope(reason="load_cases"):
        staff = Staff(world.people, by=by)
        written = [write_case(file, world, staff, by=by) for file in files]
    return LoadedCases(
        numbers=tuple(file.number for file in files),
        contributions=sum(one.contributions for one in written),
        versions=sum(one.versions for one in written),
    )


def _read(paths: Sequence[Path]) -> tuple[list[CaseFile], World, tuple[Fault, ...]]:
    """The files that can be read, the world they are about, and the faults of all."""
    today = clock.today()
    read = [(path, *read_case_file(path, today=today)) for path in paths]
    files = [(path, file) for path, file, _ in read if file is not None]
    world = look_around(
        numbers=[file.number for _, file in files],
        references=[item.subject_ref for _, file in files for item in file.subjects if item.subject_ref],
    )
    faults = [fault for _, _, shape in read for fault in shape]
    for path, file in files:
        said = (*check_case(file, world), *check_facts(file, world))
        faults += [Fault(file=str(path), path=place, sentence=text, remedy=mend) for place, text, mend in said]
    faults += _between(files)
    order = {str(path): position for position, path in enumerate(paths)}
    faults.sort(key=lambda fault: order[fault.file])
    return [file for _, file in files], world, tuple(faults)


def _between(files: Iterable[tuple[Path, CaseFile]]) -> Iterator[Fault]:
    """Faults of files beside each other: a number that is used twice, a person with two birthdays."""
    files = list(files)
    numbers = Counter(file.number for _, file in files)
    born: dict[str, object] = {}
    for path, file in files:
        if numbers[file.number] > 1:
            sentence = f"Nummer {file.number} staat in {numbers[file.number]} bestanden."
            yield Fault(file=str(path), path="number", sentence=sentence, remedy="Geef elke casus een eigen nummer.")
        for index, item in enumerate(file.subjects):
            before = born.setdefault(item.subject_ref, item.birth_date) if item.subject_ref else item.birth_date
            if before != item.birth_date:
                sentence = f"'{item.subject_ref}' heeft in een ander bestand een andere geboortedatum."
                place = f"subjects[{index}].birth_date"
                yield Fault(file=str(path), path=place, sentence=sentence, remedy="Maak ze gelijk.")
