"""Questions between partners (bevraging): who is asked what, why, by when, and what came of it."""
