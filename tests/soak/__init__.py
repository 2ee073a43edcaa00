"""Slow campaigns, run by `make soak` and not by `make test`."""
