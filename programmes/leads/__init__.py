"""Who leads a programme, and since when: proposed, accepted, replaced, in public."""
