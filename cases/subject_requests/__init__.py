"""Requests of persons concerned: what we hold on them, correcting, erasing, restricting, objecting (AVG art. 12-21)."""
