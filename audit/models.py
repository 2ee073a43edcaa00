"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.journal.models import Entry, Fieldset, Part
from audit.oversight.reviews_models import Judgement, Review

__all__ = ["Entry", "Fieldset", "Judgement", "Part", "Review"]
