"""What can be wrong with a covenant document. Sentences are Dutch: they are read by its authors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: where (article and line, 1 = first; 0 = not known), what, and how."""

    severity: Severity
    code: str
    article: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self._article(), f"regel {self.line}" if self.line else "") if part)
        return f"{place}: {self.message} {self.remedy}" if place else f"{self.message} {self.remedy}"

    def _article(self) -> str:
        return f"art. {self.article}" if self.article else ""


class DocumentInvalid(Exception):
    """The document cannot be used. `findings` holds everything that is wrong, in order of line."""

    code = "document_invalid"
    status = 422

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.line))
        super().__init__("\n".join(str(finding) for finding in self.findings))
