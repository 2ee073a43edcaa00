"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.exports.models import Export, ExportPiece
from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.models import Explanation, Finding, FindingRead, FindingStep, Mark, Progress
from audit.reviews.models import Judgement, Review
from audit.sealing.models import Checkpoint, Cosignature, Flaw, Lane, Leaf, Tile

__all__ = [
    "Checkpoint", "Cosignature", "Entry", "Explanation", "Export", "ExportPiece", "Fieldset", "Finding",
    "FindingRead", "FindingStep", "Flaw", "Judgement", "Lane", "Leaf", "Mark", "Part", "Progress", "Review",
    "Tile",
]  # fmt: skip
