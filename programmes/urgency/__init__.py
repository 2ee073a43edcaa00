"""Which neighbourhoods go first: urgency argued with figures and words, and a public decision every half-year."""
