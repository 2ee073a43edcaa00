"""The pages of triage, one subject a file."""
