"""Figures taken side by side, on the same work, in one run. Start at docs/metingen.md; the product never imports this."""
