"""SQLite as Django has it, with a fair wait for the turn to write. Its settings stand in deploy/settings."""
