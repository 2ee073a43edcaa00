"""What is wrong with case files, in Dutch: these sentences are read by whoever made the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.errors import Invalid

Said = tuple[str, str, str]
"""Path in the file ("contributions[3].values.bsn"), what is wrong, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend: in which file, where in it, what, and how."""

    file: str
    path: str
    sentence: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.path}" if self.path else self.file
        return f"{place}: {self.sentence} {self.remedy}".rstrip()


class CaseFilesInvalid(Invalid):
    """The files cannot be loaded and nothing was written; `faults` holds everything, in order of the files."""

    code = "case_files_invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            first.sentence,
            errors=tuple((f"{f.file}: {f.path}", f"{f.sentence} {f.remedy}") for f in self.faults),
            field=first.path,
            remedy=first.remedy,
        )


def path_of(parts: Iterable[str | int]) -> str:
    """("contributions", 3, "values", "bsn") as "contributions[3].values.bsn"."""
    found = ""
    for part in parts:
        if isinstance(part, int):
            found += f"[{part}]"
        elif part != "[key]":  # how pydantic marks that the key itself is wrong
            found += f".{part}" if found else part
    return found
