"""Figures taken side by side, on the same work, in one run: see docs/metingen.md. The product never imports this."""
