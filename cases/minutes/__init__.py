"""Minutes: one set, rendered for each recipient under its rights, approved, with addenda."""
