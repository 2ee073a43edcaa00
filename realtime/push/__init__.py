"""Waking phones that do not listen: a push without content to who may know that something is new."""
