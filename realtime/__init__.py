"""Street teams live: channels under a covenant, their event log, and who is told what."""
