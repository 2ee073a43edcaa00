"""What changes a meeting before and around its running. Each checks the right, writes and journals at once."""
