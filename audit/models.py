"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.models import Explanation, Finding, FindingRead, FindingStep, Mark, Progress

__all__ = [
    "Entry", "Explanation", "Fieldset", "Finding", "FindingRead", "FindingStep", "Mark", "Part", "Progress",
]  # fmt: skip
