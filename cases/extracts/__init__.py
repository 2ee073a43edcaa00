"""Extracts (verstrekking op maat) for third parties, by decision, with a secrecy declaration."""
