"""The tables of the audit app, gathered for Django. They live in their rooms."""

from audit.journal.models import Entry, Fieldset, Part

__all__ = ["Entry", "Fieldset", "Part"]
