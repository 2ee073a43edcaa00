"""Retention: terms, the destruction calendar, erasure and its certificate."""
