"""What changes a channel: one function, one transaction each."""
