"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.integrity.models import Bundle, Verification
from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.models import Explanation, Finding, FindingRead, FindingStep, Mark, Progress
from audit.pruning.models import PruneBatch, PruneRun
from audit.reviews.models import Judgement, Review
from audit.sealing.models import Checkpoint, Contact, Cosignature, Flaw, Lane, Leaf, Tile

__all__ = [
    "Bundle", "Checkpoint", "Contact", "Cosignature", "Entry", "Explanation", "Fieldset", "Finding", "FindingRead",
    "FindingStep", "Flaw", "Judgement", "Lane", "Leaf", "Mark", "Part", "Progress", "PruneBatch", "PruneRun", "Review",
    "Tile", "Verification",
]  # fmt: skip
