"""Both sides of a neighbourhood on one board: what was seized, what is offered, and what came back to the residents."""
