"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.exports.models import Export, ExportPiece
from audit.integrity.models import Bundle, Verification
from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.models import Answer, Finding, FindingRead, FindingStep, Mark, Progress, Question
from audit.pruning.models import PruneBatch, PruneRun
from audit.reviews.models import Judgement, Review
from audit.sealing.models import Checkpoint, Contact, Cosignature, Flaw, Lane, Leaf, Tile

__all__ = [
    "Answer", "Bundle", "Checkpoint", "Contact", "Cosignature", "Entry", "Export", "ExportPiece", "Fieldset", "Finding",
    "FindingRead", "FindingStep", "Flaw", "Judgement", "Lane", "Leaf", "Mark", "Part", "Progress", "PruneBatch",
    "PruneRun", "Question", "Review", "Tile", "Verification",
]  # fmt: skip
