"""Signals: taken in from professionals and residents, and what becomes of them."""
