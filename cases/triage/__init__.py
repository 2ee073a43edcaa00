"""Triage: the four filters, hit or no hit, the judgement, and the opening of a case."""
