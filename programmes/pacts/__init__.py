"""The pact of a programme, which is a covenant without rules, and what its parties pledge in it."""
