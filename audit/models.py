"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.exports.models import Export, ExportPiece
from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.models import Answer, Finding, FindingRead, FindingStep, Mark, Progress, Question
from audit.reviews.models import Judgement, Review
from audit.sealing.models import Checkpoint, Cosignature, Flaw, Lane, Leaf, Tile

__all__ = [
    "Answer", "Checkpoint", "Cosignature", "Entry", "Export", "ExportPiece", "Fieldset", "Finding", "FindingRead",
    "FindingStep", "Flaw", "Judgement", "Lane", "Leaf", "Mark", "Part", "Progress", "Question", "Review", "Tile",
]  # fmt: skip
