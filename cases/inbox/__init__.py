"""What changed for a reader and waits for them; escalation to the own leadership."""
