"""Figures taken side by side, on the same work, in one run. Start at README.md; the product never imports this."""
