"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.journal.models import Entry, Fieldset, Part
from audit.sealing.models import Checkpoint, Cosignature, Flaw, Lane, Leaf, Tile

__all__ = ["Checkpoint", "Cosignature", "Entry", "Fieldset", "Flaw", "Lane", "Leaf", "Part", "Tile"]
