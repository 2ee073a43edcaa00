"""What was learned: cards of approaches that worked or failed, without anything about a person."""
