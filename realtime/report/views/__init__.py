"""The pages of the log and the report."""
